import { randomUUID } from "node:crypto";
import { z } from "zod";
import { AccountSettings, Community, Customer, Media, Widget } from "../entities/index.js";
import { type Column, defineResource } from "./definition.js";
import { line } from "./forms/field-schemas.js";

const hex = z.string("Choose a colour.").regex(/^#[0-9a-fA-F]{6}$/, "A colour such as #3355ff.");
const fontFamily = line(200).regex(/^[\p{L}\p{N} ,'"_-]+$/u, "Font names, separated by commas.");
const cssLength = line(12).regex(/^\d{1,3}(\.\d{1,2})?(px|rem|em|%)$/, "A length such as 8px or 0.5rem.");
const locale = line(20).refine((tag) => {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}, "A language tag such as en or pt-BR.");
const logoUrl = z.preprocess(
  (value) => (value === "" || value === undefined ? null : value),
  z
    .url({ protocol: /^https$/, error: "An address that starts with https://." })
    .max(500)
    .nullable(),
);

const columns: readonly Column[] = [
  { name: "name", label: "Name", kind: "text", on: ["list", "show"], filter: true, sort: true },
  { name: "slug", label: "Short name", kind: "code", on: ["list", "show"], filter: true, sort: true },
  { name: "locale", label: "Language", kind: "text", on: ["list", "show"], filter: true },
  { name: "branding", label: "Branding", kind: "json", on: ["show"] },
  { name: "createdAt", label: "Created", kind: "time", on: ["list", "show"], sort: true, filter: true },
  { name: "updatedAt", label: "Changed", kind: "time", on: ["show"], sort: true },
];

export const community = defineResource({
  id: "communities",
  model: Community,
  one: "Community",
  many: "Communities",
  group: "Content",
  icon: "Globe",
  empty: "A community is a company's portal with its own look. Create the first one.",
  title: "name",
  sort: { by: "name", direction: "asc" },
  columns,
  unique: { field: "slug", message: "Another community has this short name." },
  dependants: [
    { model: Customer, column: "communityId", one: "customer", many: "customers" },
    { model: Widget, column: "communityId", one: "widget", many: "widgets" },
    { model: Media, column: "communityId", one: "image", many: "images" },
  ],
  fields: [
    { name: "name", label: "Name", input: "text", on: ["new", "edit"], schema: line(120), required: true },
    {
      name: "slug",
      label: "Short name",
      input: "text",
      on: ["new", "edit"],
      schema: line(60).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Small letters, digits and single dashes."),
      required: true,
      help: "Used in addresses: small letters, digits and dashes.",
    },
    {
      name: "locale",
      label: "Language",
      input: "text",
      on: ["new", "edit"],
      schema: locale,
      required: true,
      initial: "en",
      help: "A language tag such as en or pt-BR.",
    },
    {
      name: "branding.primary_color",
      label: "Main colour",
      input: "color",
      on: ["new", "edit"],
      schema: hex,
      initial: "#3556d8",
      group: "Branding",
    },
    {
      name: "branding.font_family",
      label: "Font",
      input: "text",
      on: ["new", "edit"],
      schema: fontFamily,
      initial: "system-ui, sans-serif",
      group: "Branding",
    },
    {
      name: "branding.border_radius",
      label: "Corner radius",
      input: "text",
      on: ["new", "edit"],
      schema: cssLength,
      initial: "8px",
      group: "Branding",
    },
    {
      name: "branding.logo_url",
      label: "Logo address",
      input: "text",
      on: ["new", "edit"],
      schema: logoUrl,
      initial: null,
      placeholder: "https://",
      group: "Branding",
    },
  ],
  owner: (row) => ({ communityId: row["id"] }),
  hooks: {
    async afterNew({ manager }, row) {
      await manager.insert(AccountSettings, {
        id: randomUUID(),
        communityId: String(row["id"]),
        disabledCapabilities: [],
        storefrontOrigins: [],
        updatedAt: new Date(),
      });
    },
    aftermath: async ({ row }) => ({ changes: [{ kind: "settings", communityId: String(row["id"]) }] }),
  },
});
