import { Media } from "../entities/index.js";
import { defineResource } from "./definition.js";

/** Images that customers uploaded through widgets. Their bytes are immutable; staff may only take one away. */
export const media = defineResource({
  id: "media",
  model: Media,
  one: "Image",
  many: "Media",
  group: "Content",
  icon: "Image",
  empty: "Photos that customers upload through widgets appear here.",
  title: "originalName",
  sort: { by: "createdAt", direction: "desc" },
  columns: [
    { name: "url", label: "Image", kind: "image", on: ["list", "show"], derived: true },
    { name: "originalName", label: "Name", kind: "text", on: ["list", "show"], filter: true, sort: true },
    { name: "contentType", label: "Type", kind: "code", on: ["list", "show"], filter: true },
    { name: "size", label: "Size", kind: "bytes", on: ["list", "show"], sort: true },
    { name: "width", label: "Width", kind: "number", on: ["show"] },
    { name: "height", label: "Height", kind: "number", on: ["show"] },
    { name: "customerId", label: "Customer", kind: "reference", reference: "customers", on: ["list", "show"], filter: true },
    { name: "widgetId", label: "Widget", kind: "reference", reference: "widgets", on: ["list", "show"], filter: true },
    { name: "communityId", label: "Community", kind: "reference", reference: "communities", on: ["show"], filter: true },
    { name: "digest", label: "Digest", kind: "digest", on: ["show"], filter: true },
    { name: "createdAt", label: "Uploaded", kind: "time", on: ["list", "show"], sort: true, filter: true },
  ],
  fields: [],
  deleteEffect: "The image disappears wherever it is shown, feeds included.",
  owner: (row) => ({ communityId: row["communityId"], widgetId: row["widgetId"] }),
  async derive(rows, services) {
    return rows.map((row) => ({ url: services.addresses.mediaUrl(String(row["key"])) }));
  },
});
