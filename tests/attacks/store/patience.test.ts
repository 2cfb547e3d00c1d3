import { expect, test } from "vitest";
import { openDatabase } from "../../../src/store/index.js";
import { describeEachDatabase } from "../../support/each-database.js";

describeEachDatabase("a database that is busy", (subject) => {
  test("asks callers to come again when no connection gets free, and serves them when one does", async () => {
    const database = await openDatabase({ url: subject.url, patience: { queueMs: 300 } });
    try {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      // As many as the pool has; on SQLite the first one holds the queue.
      let begun = 0;
      const holders = Array.from({ length: 10 }, () =>
        database.transaction(async () => {
          begun += 1;
          await held;
        }),
      );
      const outcomes = Promise.allSettled(holders);
      await expect.poll(() => begun).toBe(database.dialect === "postgres" ? 10 : 1);
      await expect(database.transaction(async () => "late")).rejects.toMatchObject({ code: "RATE_LIMITED" });
      await expect(database.execute("UPDATE users SET name = $1 WHERE id = $2", ["x", "none"])).rejects.toMatchObject({
        code: "RATE_LIMITED",
      });
      release();
      await outcomes;
      expect(await database.transaction(async () => "served")).toBe("served");
    } finally {
      await database.close();
    }
  });
});
