import type { JsonObject, WidgetContext } from "../../sdk/src/protocol/index.js";
import type { SubscriptionDetail } from "../contracts/index.js";
import type { Dialect } from "../entities/index.js";
import { jsonList } from "./json-list.js";
import type { Row } from "./statements.js";
import { readJson, readText } from "./values.js";

/** Entities and lines of `subscriptions s` as two JSON columns; read them with `readContext` and `readLines`. */
export const childColumns = (dialect: Dialect): string => `
  ${jsonList(dialect, {
    fields: { id: "e.id", name: "e.name", entity_type: "e.entity_type", attributes: "e.attributes" },
    json: ["attributes"],
    from: "entities e WHERE e.subscription_id = s.id",
    orderBy: "e.created_at, e.id",
  })} AS subscription_entities,
  ${jsonList(dialect, {
    fields: {
      id: "l.id",
      productTitle: "l.product_title",
      variantTitle: "l.variant_title",
      quantity: "l.quantity",
      priceCents: "l.price_cents",
    },
    from: "lines l WHERE l.subscription_id = s.id",
    orderBy: "l.created_at, l.id",
  })} AS subscription_lines`;

interface EntityChild {
  readonly id: string;
  readonly name: string;
  readonly entity_type: string;
  readonly attributes: JsonObject;
}

export const readLines = (row: Row) => readJson(row["subscription_lines"]) as SubscriptionDetail["lines"];

/** What a widget is told about a subscription: nothing that is not in the seed API's context. */
export function readContext(row: Row): WidgetContext {
  return {
    subscription: { id: readText(row["subscription_id"]), status: readText(row["subscription_status"]) },
    entities: readJson(row["subscription_entities"]) as EntityChild[],
    lines: readLines(row).map((line) => ({ id: line.id, product_title: line.productTitle, variant_title: line.variantTitle })),
  };
}
