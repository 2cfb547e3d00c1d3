import type { SubscriptionDetail } from "../contracts/index.js";

/** What previews show: made up, the same for everybody, and of the shape that the widget documentation uses. */
export function createSample(now: Date = new Date()): SubscriptionDetail {
  return {
    id: "sample-subscription",
    title: "Puppy Club",
    status: "active",
    nextDate: new Date(now.getTime() + 6 * 24 * 60 * 60 * 1000),
    entityNames: ["Fluffy"],
    lines: [
      { id: "sample-line-1", productTitle: "Puppy Club", variantTitle: "Small breeds · 2 kg", quantity: 1, priceCents: 2490 },
      { id: "sample-line-2", productTitle: "Puppy Club treats", variantTitle: "Chicken", quantity: 2, priceCents: 590 },
    ],
    context: {
      subscription: { id: "sample-subscription", status: "active" },
      entities: [
        {
          id: "sample-entity",
          name: "Fluffy",
          entity_type: "dog",
          attributes: { breed: "Cavapoo", weight: 12.4, birthday: "2025-02-14", neutered: false },
        },
      ],
      lines: [
        { id: "sample-line-1", product_title: "Puppy Club", variant_title: "Small breeds · 2 kg" },
        { id: "sample-line-2", product_title: "Puppy Club treats", variant_title: "Chicken" },
      ],
    },
  };
}
