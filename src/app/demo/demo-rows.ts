import { randomUUID } from "node:crypto";
import type { Branding, JsonObject } from "../../../sdk/src/protocol/index.js";
import type { Role } from "../../contracts/index.js";

const day = 86_400_000;

export interface DemoCommunity {
  readonly slug: string;
  readonly name: string;
  readonly locale: string;
  readonly branding: Branding;
  readonly customers: readonly {
    readonly name: string;
    readonly email: string;
    readonly subscriptions: readonly {
      readonly title: string;
      readonly status: "active" | "paused" | "cancelled";
      readonly inDays: number | null;
      readonly lines: readonly { readonly product: string; readonly variant: string; readonly quantity: number; readonly cents: number }[];
      readonly entities: readonly { readonly name: string; readonly type: string; readonly attributes: JsonObject }[];
    }[];
  }[];
}

export const demoCommunities: readonly DemoCommunity[] = [
  {
    slug: "pawsome",
    name: "Pawsome Box",
    locale: "en-GB",
    branding: { primary_color: "#0f766e", font_family: "system-ui, sans-serif", border_radius: "10px", logo_url: null },
    customers: [
      {
        name: "Maya Lindqvist",
        email: "maya@customer.example",
        subscriptions: [
          {
            title: "Puppy Club",
            status: "active",
            inDays: 6,
            lines: [
              { product: "Puppy Club Starter Box", variant: "Medium breed", quantity: 1, cents: 3490 },
              { product: "Training treats", variant: "Chicken, 200 g", quantity: 2, cents: 590 },
            ],
            entities: [
              { name: "Fluffy", type: "dog", attributes: { breed: "Labrador", weight: 12.4, birthday: "2026-05-02", neutered: false } },
            ],
          },
          {
            title: "Cat Corner",
            status: "paused",
            inDays: null,
            lines: [{ product: "Grain-free kibble", variant: "Salmon, 2 kg", quantity: 1, cents: 2190 }],
            entities: [{ name: "Misha", type: "cat", attributes: { breed: "Siberian", weight: 5.1, indoor: true } }],
          },
        ],
      },
      {
        name: "Oliver Grant",
        email: "oliver@customer.example",
        subscriptions: [
          {
            title: "Puppy Club",
            status: "active",
            inDays: 12,
            lines: [{ product: "Puppy Club Starter Box", variant: "Small breed", quantity: 1, cents: 2990 }],
            entities: [{ name: "Biscuit", type: "dog", attributes: { breed: "Dachshund", weight: 4.2 } }],
          },
        ],
      },
    ],
  },
  {
    slug: "beanstalk",
    name: "Beanstalk Coffee",
    locale: "en-US",
    branding: { primary_color: "#9a3412", font_family: "Georgia, serif", border_radius: "4px", logo_url: null },
    customers: [
      {
        name: "Noor Haddad",
        email: "noor@customer.example",
        subscriptions: [
          {
            title: "Roaster's Choice",
            status: "active",
            inDays: 3,
            lines: [{ product: "Roaster's Choice", variant: "Espresso grind, 500 g", quantity: 2, cents: 1650 }],
            entities: [{ name: "Kitchen machine", type: "machine", attributes: { model: "Lever 2", grind: "fine" } }],
          },
        ],
      },
    ],
  },
];

/** Staff of the demo beside the first administrator: one of each other role. */
export const demoStaff: readonly { readonly email: string; readonly name: string; readonly role: Role }[] = [
  { email: "manager@vitrine.example", name: "Mara Manager", role: "manager" },
  { email: "developer@vitrine.example", name: "Dev Okafor", role: "developer" },
  { email: "viewer@vitrine.example", name: "Vera Viewer", role: "viewer" },
];

export interface DemoWidget {
  readonly community: string;
  readonly file: string;
  readonly name: string;
  readonly description: string;
  readonly destination: "detail.main.bottom" | "detail.sidebar.top" | "detail.sidebar.bottom" | "new_tab";
  readonly conditionId: string;
  readonly conditionOptions: JsonObject;
  readonly scopes: readonly string[];
}

/** Published through the same pipeline as everybody's. `file` is below examples/. */
export const demoWidgets: readonly DemoWidget[] = [
  {
    community: "pawsome",
    file: "puppy-check-in/widget.js",
    name: "Puppy check-in",
    description: "Weekly weight, meals and a photo, kept with the subscription.",
    destination: "detail.main.bottom",
    conditionId: "product-title-contains",
    conditionOptions: { text: "Puppy" },
    scopes: ["entity.update", "subscription.activity_log", "media.upload"],
  },
  {
    community: "pawsome",
    file: "weight-from-docs/widget.js",
    name: "Weight",
    description: "The documentation's worked example: edit the weight of the first entity.",
    destination: "detail.sidebar.bottom",
    conditionId: "entity-type-equals",
    conditionOptions: { type: "cat" },
    scopes: ["entity.update", "subscription.activity_log"],
  },
  {
    community: "pawsome",
    file: "feedback-form/widget.js",
    name: "Feedback",
    description: "Stars and a comment about the last box.",
    destination: "new_tab",
    conditionId: "always",
    conditionOptions: {},
    scopes: ["subscription.activity_log"],
  },
  {
    community: "beanstalk",
    file: "feedback-form/widget.js",
    name: "How was the roast?",
    description: "Stars and a comment about the last delivery.",
    destination: "detail.sidebar.top",
    conditionId: "always",
    conditionOptions: {},
    scopes: ["subscription.activity_log"],
  },
];

/** Rows of a community, ready to insert: fresh ids, dates relative to `now`. */
export function createCommunityRows(demo: DemoCommunity, now: Date) {
  const communityId = randomUUID();
  const customers = demo.customers.map((customer) => ({ ...customer, id: randomUUID() }));
  const subscriptions = customers.flatMap((customer) =>
    customer.subscriptions.map((subscription) => ({ ...subscription, id: randomUUID(), customerId: customer.id })),
  );
  return {
    community: { id: communityId, name: demo.name, slug: demo.slug, branding: demo.branding, locale: demo.locale },
    settings: { communityId, disabledCapabilities: [], storefrontOrigins: [] },
    customers: customers.map(({ id, name, email }) => ({ id, communityId, name, email, active: true })),
    subscriptions: subscriptions.map(({ id, customerId, title, status, inDays }) => ({
      id,
      communityId,
      customerId,
      title,
      status,
      nextDate: inDays === null ? null : new Date(now.getTime() + inDays * day),
    })),
    lines: subscriptions.flatMap(({ id, lines }) =>
      lines.map(({ product, variant, quantity, cents }) => ({
        subscriptionId: id,
        productTitle: product,
        variantTitle: variant,
        quantity,
        priceCents: cents,
      })),
    ),
    entities: subscriptions.flatMap(({ id, entities }) =>
      entities.map(({ name, type, attributes }) => ({ communityId, subscriptionId: id, name, entityType: type, attributes })),
    ),
  };
}
