import { In } from "typeorm";
import type { Report } from "../contracts/index.js";
import { Widget, WidgetVersion } from "../entities/index.js";
import { defineResource } from "./definition.js";

const verdicts = [
  { value: "publish", label: "Accepted", tone: "success" },
  { value: "reject", label: "Rejected", tone: "danger" },
] as const;

/** Immutable: there is no form, and the policy has no action that writes it. New ones come from publishing. */
export const widgetVersion = defineResource({
  id: "widget-versions",
  model: WidgetVersion,
  one: "Version",
  many: "Versions",
  group: "Publishing",
  icon: "Package",
  empty: "Each uploaded bundle becomes a version, accepted or rejected.",
  title: "label",
  searchIn: "fileName",
  sort: { by: "createdAt", direction: "desc" },
  columns: [
    { name: "label", label: "Version", kind: "text", on: ["list", "show"], derived: true },
    { name: "widgetId", label: "Widget", kind: "reference", reference: "widgets", on: ["list", "show"], filter: true },
    { name: "number", label: "Number", kind: "number", on: [], filter: true, sort: true },
    { name: "verdict", label: "Verdict", kind: "choice", choices: verdicts, on: ["list", "show"], filter: true, sort: true },
    { name: "live", label: "Live", kind: "flag", on: ["list", "show"], derived: true },
    { name: "findings", label: "Findings", kind: "findings", on: ["list", "show"], derived: true },
    { name: "digest", label: "Digest", kind: "digest", on: ["list", "show"], filter: true },
    { name: "size", label: "Size", kind: "bytes", on: ["list", "show"], sort: true },
    { name: "fileName", label: "File", kind: "code", on: ["show"], filter: true },
    { name: "format", label: "Format", kind: "text", on: ["show"] },
    { name: "createdById", label: "Uploaded by", kind: "reference", reference: "users", on: ["list", "show"] },
    { name: "createdAt", label: "Uploaded", kind: "time", on: ["list", "show"], sort: true, filter: true },
  ],
  fields: [],
  async derive(rows) {
    const widgets = await Widget.find({
      where: { id: In(rows.map((row) => String(row["widgetId"]))) },
      select: { id: true, name: true, activeVersionId: true, active: true },
    });
    return rows.map((row) => {
      const widget = widgets.find((candidate) => candidate.id === row["widgetId"]);
      return {
        label: `${widget?.name ?? "Widget"} #${String(row["number"])}`,
        live: widget?.active === true && widget.activeVersionId === row["id"],
        findings: countFindings(row["report"] as Report | undefined),
      };
    });
  },
});

export function countFindings(report: Report | undefined): { readonly block: number; readonly warn: number; readonly note: number } {
  const count = { block: 0, warn: 0, note: 0 };
  for (const finding of report?.findings ?? []) count[finding.severity] += 1;
  return count;
}
