// What the widget finds in the frame. Every secret-like value is unique, so that the host recognises it wherever it turns up.
export const canaries = {
  "the subscription's id": "sub_k4n8r2t6w1",
  "an entity's id": "ent_q7v3x9z5b2",
  "an entity's name": "Fluffyk7vq Barkw3x",
  "a line's id": "lin_m5c8d1f4g9",
  "a cookie": "sessQ9c00k1ek4n4ry",
  "local storage": "tokW7l0c4lk4n4ry",
  "typed text": "qzxjkv7w31",
} as const;

export const context = {
  subscription: { id: canaries["the subscription's id"], status: "active" },
  entities: [
    {
      id: canaries["an entity's id"],
      name: canaries["an entity's name"],
      entity_type: "dog",
      attributes: { weight: 12.4, breed: "Labrador", birthday: "2023-04-01", neutered: true, meals_per_day: "2", notes: null },
    },
    { id: "ent_second0001", name: "Whiskers", entity_type: "cat", attributes: { weight: 4.2 } },
  ],
  lines: [
    { id: canaries["a line's id"], product_title: "Puppy Club Box", variant_title: "Large" },
    { id: "lin_second0001", product_title: "Dental Chews", variant_title: "Monthly" },
  ],
};

export const branding = {
  primary_color: "#2f6f4f",
  font_family: "Inter, system-ui, sans-serif",
  border_radius: "8px",
  logo_url: "http://127.0.0.1/sample-logo.png",
};

export const scopes = ["entity.update", "subscription.activity_log", "media.upload"];

export const sampleMedia = "http://127.0.0.1/media/sample.png";
