/** What the portal gives its host, with a rate limit that a measurement does not reach. */
export const hostOptions = {
  workerUrl: "/host-worker.js",
  callUrl: "/call",
  csrfToken: "csrf",
  subscriptionId: "subscription",
  context: {
    subscription: { id: "subscription", status: "active" },
    entities: [{ id: "entity", name: "Fluffy", entity_type: "dog", attributes: { weight: 12.4 } }],
    lines: [{ id: "line", product_title: "Puppy box", variant_title: "Small" }],
  },
  branding: { primary_color: "#0a7", font_family: "Georgia", border_radius: "8px", logo_url: null },
  locale: "en-GB",
  colorScheme: "light",
  isPreview: false,
  capabilities: [
    {
      method: "activity.log",
      scope: "subscription.activity_log",
      confirms: false,
      takesImage: false,
      rateLimit: { calls: 1_000_000, perSeconds: 1 },
    },
  ],
  disabledScopes: [],
};
