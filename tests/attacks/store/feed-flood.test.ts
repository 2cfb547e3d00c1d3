import { expect, test } from "vitest";
import { Activity } from "../../../src/entities/index.js";
import { createFeedRecords, insertRows, type NewRow } from "../../../src/store/index.js";
import { seedPortal } from "../../support/database.js";
import { describeEachDatabase } from "../../support/each-database.js";

describeEachDatabase("the action filter", (subject) => {
  test("still offers what staff and integrations did after a widget made up a thousand names", async () => {
    const { communityId, subscriptionId } = await seedPortal(subject.database);
    const row = (action: string, source: Activity["source"]): NewRow<Activity> => ({
      communityId,
      subscriptionId,
      actorKind: "customer",
      actorName: "Ada",
      source,
      action,
      description: "",
      changes: {},
      metadata: {},
    });
    const flood = Array.from({ length: 1_100 }, (_, index) => row(`widget_a${String(index).padStart(5, "0")}`, "widget"));
    await insertRows<Activity>(subject.database, Activity, [...flood, row("zendesk_ticket", "integration"), row("xml_import", "panel")]);
    for (const scope of [undefined, subscriptionId]) {
      const actions = await createFeedRecords(subject.database).listActions(scope);
      expect(actions.integrations.map(({ action }) => action)).toEqual(["zendesk_ticket"]);
      expect(actions.other.map(({ action }) => action)).toEqual(["xml_import"]);
      expect(actions.widgets.length).toBeLessThanOrEqual(1_000);
    }
  });
});
