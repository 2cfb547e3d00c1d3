import { createBrokerRecords, openDatabase } from "../../../src/store/index.js";

/** Writes an entity and its activity in one transaction for ever and names each key after the commit. Killed by its parent. */
const [url, owner, entityId] = process.argv.slice(2) as [string, string, string];
const records = createBrokerRecords(await openDatabase({ url }));
for (let count = 1; ; count += 1) {
  const key = `${process.pid}-${count}`;
  await records.write(JSON.parse(owner), key, "d".repeat(64), async (writes) => {
    const changed = await writes.replaceEntityAttributes(entityId, { key }, count);
    const { id } = await writes.appendActivity({ action: "widget_crash", description: key, changes: {}, metadata: {}, requestId: key });
    return { id, changed };
  });
  process.stdout.write(`${key}\n`);
}
