import { Equal } from "typeorm";
import { z } from "zod";
import { AccountSettings, Community } from "../entities/index.js";
import { defineResource, FormError } from "./definition.js";
import { id, textList } from "./forms/field-schemas.js";

/** `https://shop.example.com`, exactly as browsers send it in `Origin`; plain HTTP only for the own machine. */
const storefrontOrigin = z
  .string()
  .trim()
  .max(255)
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const url = new URL(text);
    const local = url.hostname === "localhost" || url.hostname === "127.0.0.1";
    return url.origin === text && (url.protocol === "https:" || (url.protocol === "http:" && local)) && !/[*;,\s'"]/.test(text);
  }, "An origin such as https://shop.example.com, without a path.");

const capabilityId = z
  .string()
  .max(80)
  .regex(/^[a-z][a-z0-9_.]*$/, "The id of a capability.");

export const accountSettings = defineResource({
  id: "account-settings",
  model: AccountSettings,
  one: "Account settings",
  many: "Account settings",
  group: "Settings",
  icon: "Settings",
  empty: "Each community has its settings from the start.",
  title: "communityId",
  sort: { by: "updatedAt", direction: "desc" },
  columns: [
    { name: "communityId", label: "Community", kind: "reference", reference: "communities", on: ["list", "show"], filter: true },
    { name: "disabledCapabilities", label: "Switched-off capabilities", kind: "list", on: ["list", "show"] },
    { name: "storefrontOrigins", label: "Storefronts that may embed widgets", kind: "list", on: ["list", "show"] },
    { name: "updatedAt", label: "Changed", kind: "time", on: ["list", "show"], sort: true },
  ],
  unique: { field: "communityId", message: "This community has its settings already." },
  fields: [
    { name: "communityId", label: "Community", input: "reference", reference: "communities", on: ["new"], schema: id, required: true },
    {
      name: "disabledCapabilities",
      label: "Switched-off capabilities",
      input: "checks",
      on: ["new", "edit"],
      schema: textList(capabilityId, 100),
      initial: [],
      help: "No widget of this community can use these, whatever it was granted.",
    },
    {
      name: "storefrontOrigins",
      label: "Storefronts that may embed widgets",
      input: "lines",
      on: ["new", "edit"],
      schema: textList(storefrontOrigin, 50),
      initial: [],
      placeholder: "https://shop.example.com",
      help: "One origin on each line.",
    },
  ],
  owner: (row) => ({ communityId: row["communityId"] }),
  hooks: {
    async beforeNew({ manager, services }, values) {
      if (!(await manager.existsBy(Community, { id: Equal(String(values["communityId"])) })))
        throw new FormError({ communityId: "This community is gone." });
      refuseUnknown(values["disabledCapabilities"], services.capabilities);
      return values;
    },
    async beforeEdit({ services }, row, values) {
      const kept = new Set(row["disabledCapabilities"] as string[]);
      const added = ((values["disabledCapabilities"] as string[] | undefined) ?? []).filter((name) => !kept.has(name));
      refuseUnknown(added, services.capabilities);
      return values;
    },
    aftermath: async ({ row }) => ({ changes: [{ kind: "settings", communityId: String(row["communityId"]) }] }),
  },
});

/** A capability by its id, or by the scope that it belongs to: the broker takes both. */
function refuseUnknown(names: unknown, capabilities: readonly { readonly id: string; readonly scope: { readonly name: string } }[]): void {
  const known = new Set(capabilities.flatMap(({ id: capability, scope }) => [capability, scope.name]));
  const unknown = (names as readonly string[]).find((name) => !known.has(name));
  if (unknown !== undefined) throw new FormError({ disabledCapabilities: `There is no capability ${unknown}.` });
}
