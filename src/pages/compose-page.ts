import {
  type ComposedPage,
  type Condition,
  destinations,
  type PageComposer,
  type PageRecords,
  type PlacedWidget,
  type Slot,
} from "../contracts/index.js";
import { decideVisibility } from "./decide-visibility.js";

const isSlot = (destination: string): destination is Slot => destination !== "new_tab" && Object.hasOwn(destinations, destination);

const byName = (a: PlacedWidget, b: PlacedWidget) => a.name.localeCompare(b.name, "en") || (a.id < b.id ? -1 : 1);

/** COMPOSE: placements and visibility conditions to what a subscription's page shows. */
export function createPageComposer(options: {
  readonly records: PageRecords;
  readonly conditions: ReadonlyMap<string, Condition>;
}): PageComposer {
  const { records, conditions } = options;
  const isShown: PageComposer["isShown"] = (widget, subject) => decideVisibility(conditions, widget, subject).allow;
  return {
    isShown,
    async compose(communityId, subject) {
      const active = await records.listActiveWidgets(communityId);
      const shown = active.filter((widget) => widget.communityId === communityId && isShown(widget, subject)).sort(byName);
      const slots: Partial<Record<Slot, PlacedWidget[]>> = {};
      const tabs: PlacedWidget[] = [];
      for (const widget of shown) {
        if (widget.destination === "new_tab") tabs.push(widget);
        // A destination that this version does not know has no place on the page.
        else if (isSlot(widget.destination)) (slots[widget.destination] ??= []).push(widget);
      }
      return { slots, tabs } satisfies ComposedPage;
    },
  };
}
