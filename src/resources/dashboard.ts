import { In, IsNull, MoreThan, Not } from "typeorm";
import type { StaffActor } from "../contracts/index.js";
import { Community, Customer, Entity, Subscription, Widget, WidgetVersion } from "../entities/index.js";
import { listEverything } from "./actions/whole-feed.js";
import { mayDo } from "./policy.js";
import { countFindings } from "./widget-version.js";

const week = 7 * 24 * 60 * 60 * 1000;

/** What needs attention, counts, and what happened last; only what this person may open. */
export async function readDashboard(actor: StaffActor) {
  const [attention, counts, recent] = await Promise.all([listAttention(), listCounts(actor), listRecent(actor)]);
  return { attention, counts, recent };
}

async function listAttention() {
  const [rejected, inactive] = await Promise.all([
    WidgetVersion.find({
      where: { verdict: "reject", createdAt: MoreThan(new Date(Date.now() - week)) },
      order: { createdAt: "desc" },
      take: 20,
    }),
    Widget.find({ where: { active: false }, order: { updatedAt: "desc" }, take: 10 }),
  ]);
  const widgets = await Widget.find({ where: { id: In(rejected.map((version) => version.widgetId)) } });
  const latest = await WidgetVersion.find({
    where: { widgetId: In(widgets.map((widget) => widget.id)), verdict: "publish" },
    select: { widgetId: true, number: true },
  });
  // A rejection that a later accepted version answered needs nobody any more.
  const open = rejected.filter(
    (version, index) =>
      !latest.some((good) => good.widgetId === version.widgetId && good.number > version.number) &&
      rejected.findIndex((other) => other.widgetId === version.widgetId) === index,
  );
  return [
    ...open.map((version) => ({
      kind: "rejected" as const,
      title: widgets.find((widget) => widget.id === version.widgetId)?.name ?? "A widget",
      detail: `Version ${version.number} was rejected: ${countFindings(version.report).block} blocking findings`,
      at: version.createdAt.toISOString(),
      resource: "widget-versions",
      id: version.id,
    })),
    ...inactive.map((widget) => ({
      kind: "inactive" as const,
      title: widget.name,
      detail: widget.activeVersionId === null ? "Has no accepted version yet" : "Is switched off",
      at: widget.updatedAt.toISOString(),
      resource: "widgets",
      id: widget.id,
    })),
  ];
}

async function listCounts(actor: StaffActor) {
  const all = [
    { resource: "widgets", label: "Live widgets", count: () => Widget.count({ where: { active: true, activeVersionId: Not(IsNull()) } }) },
    {
      resource: "widget-versions",
      label: "Versions this week",
      count: () => WidgetVersion.count({ where: { createdAt: MoreThan(new Date(Date.now() - week)) } }),
    },
    { resource: "communities", label: "Communities", count: () => Community.count() },
    { resource: "customers", label: "Customers", count: () => Customer.count({ where: { active: true } }) },
    { resource: "subscriptions", label: "Active subscriptions", count: () => Subscription.count({ where: { status: "active" } }) },
    { resource: "entities", label: "Entities", count: () => Entity.count() },
  ] as const;
  const visible = all.filter(({ resource }) => mayDo(actor.role, resource, "list"));
  return await Promise.all(visible.map(async ({ resource, label, count }) => ({ resource, label, value: await count() })));
}

async function listRecent(actor: StaffActor) {
  if (!mayDo(actor.role, "activities", "feedAll")) return [];
  const { items } = await listEverything({ limit: 8 });
  return items.map(({ id, createdAt, actorName, actorKind, source, widgetName, action, description }) => ({
    id,
    createdAt: createdAt.toISOString(),
    actorName,
    actorKind,
    source,
    widgetName,
    action,
    description,
  }));
}
