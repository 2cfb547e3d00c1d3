import type { ActionContext, ActionRequest } from "adminjs";
import { z } from "zod";
import { type ActivityItem, VitrineError } from "../../contracts/index.js";
import { type ActivitySource, activitySources } from "../../entities/index.js";
import { invalid } from "../adapter/where.js";
import type { PanelServices } from "../services.js";
import { type Answer, recordOf, secureOf } from "./answer.js";
import { mediaIn } from "./media-in.js";
import { listEverything, type WholeFeedItem } from "./whole-feed.js";

const pageSize = 50;
const querySchema = z.object({
  action: z.string().min(1).max(80).optional(),
  source: z.enum(Object.keys(activitySources) as [ActivitySource]).optional(),
  before: z.string().min(1).max(200).optional(),
});

/** The feed of one subscription. */
export async function subscriptionFeed(request: ActionRequest, _response: unknown, context: ActionContext): Promise<Answer> {
  const record = recordOf(context).toJSON(context.currentAdmin);
  const { services } = secureOf(context);
  const filter = { ...readQuery(request.query), limit: pageSize };
  const page = await services.feed.list(record.id, filter).catch(refuseCursor);
  return { record, feed: { ...present(page.items, services), next: page.next, groups: await listGroups(services, record.id) } };
}

/** Everything that happened, newest first. */
export async function wholeFeed(request: ActionRequest, _response: unknown, context: ActionContext) {
  const { services } = secureOf(context);
  const page = await listEverything({ ...readQuery(request.query), limit: pageSize });
  return { feed: { ...present(page.items, services), next: page.next, groups: await listGroups(services) } };
}

function readQuery(given: unknown) {
  const query = querySchema.safeParse(given ?? {});
  if (!query.success) throw invalid({ [String(query.error.issues[0]?.path[0] ?? "filter")]: "This filter does not fit." });
  return query.data;
}

function refuseCursor(error: unknown): never {
  if (error instanceof VitrineError && error.code === "INVALID_PARAMS") throw invalid({ before: "There is no such page." });
  throw error;
}

function present(items: readonly (ActivityItem & Partial<WholeFeedItem>)[], services: PanelServices) {
  return {
    items: items.map(
      ({
        id,
        createdAt,
        actorKind,
        actorName,
        source,
        widgetName,
        action,
        description,
        changes,
        metadata,
        subscriptionId,
        subscriptionTitle,
      }) => ({
        id,
        createdAt: createdAt.toISOString(),
        actorKind,
        actorName,
        source,
        widgetName,
        action,
        description,
        changes,
        metadata,
        images: mediaIn(services.addresses, metadata),
        subscriptionId: subscriptionId ?? null,
        subscriptionTitle: subscriptionTitle ?? null,
      }),
    ),
  };
}

/** The filter's groups: what widgets logged, without their prefix; what integrations did; everything else. */
async function listGroups(services: PanelServices, subscriptionId?: string) {
  const { widgets, integrations, other } = await services.feed.listActions(subscriptionId);
  const options = (actions: typeof widgets) => actions.map(({ action, label }) => ({ value: action, label: words(label) }));
  return [
    { label: "Widgets", options: options(widgets) },
    { label: "Integrations", options: options(integrations) },
    { label: "Other", options: options(other) },
  ];
}

const words = (name: string): string =>
  name
    .replace(/^panel_/, "")
    .replace(/[_.-]+/g, " ")
    .trim() || name;
