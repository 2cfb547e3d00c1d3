import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../sdk/src/protocol/index.js";
import { type BrokerRecords, type CallOwner, type CallSubject, type VerifiedImage, VitrineError } from "../../src/contracts/index.js";

export interface StoredEntity {
  readonly id: string;
  readonly subscriptionId: string;
  name: string;
  entityType: string;
  attributes: JsonObject;
  revision: number;
}
export interface StoredSubscription {
  readonly id: string;
  readonly customerId: string;
  readonly communityId: string;
  lines: { id: string; product_title: string; variant_title: string }[];
}
export interface StoredWidget {
  widget: CallSubject["widget"];
  grantedScopes: string[];
}

/** The broker's port over plain maps: transactions roll back, keys are claimed once. */
export function createMemoryRecords() {
  const state = {
    subscriptions: new Map<string, StoredSubscription>(),
    widgets: new Map<string, StoredWidget>(),
    entities: new Map<string, StoredEntity>(),
    disabledScopes: [] as string[],
    sessionsFail: false,
    activities: [] as (JsonObject & { action: string })[],
    media: [] as { key: string; image: VerifiedImage; customerId: string }[],
    replies: new Map<string, { digest: string; reply: JsonObject }>(),
  };
  let queue: Promise<unknown> = Promise.resolve();

  const owns = (owner: CallOwner, entity: StoredEntity) =>
    entity.subscriptionId === owner.subscriptionId && state.subscriptions.get(owner.subscriptionId)?.customerId === owner.customerId;
  const replyKey = (owner: CallOwner, key: string) => JSON.stringify([owner.customerId, owner.widgetId, key]);
  const readReply = (owner: CallOwner, key: string, digest: string) => {
    const found = state.replies.get(replyKey(owner, key));
    if (found !== undefined && found.digest !== digest) throw new VitrineError("CONFLICT");
    return found?.reply;
  };

  async function transact(owner: CallOwner, key: string, digest: string, work: Parameters<BrokerRecords["write"]>[3]) {
    const earlier = readReply(owner, key, digest);
    if (earlier !== undefined) return { reply: earlier, replayed: true };
    const undo: (() => void)[] = [];
    try {
      const reply = await work({
        findEntity: (id) => records.findEntity(owner, id),
        async replaceEntityAttributes(id, attributes, ifRevision) {
          const entity = state.entities.get(id);
          if (entity === undefined || !owns(owner, entity) || entity.revision !== ifRevision) return false;
          const { attributes: was, revision } = entity;
          undo.push(() => Object.assign(entity, { attributes: was, revision }));
          Object.assign(entity, { attributes, revision: revision + 1 });
          return true;
        },
        async appendActivity(entry) {
          const id = randomUUID();
          const { length } = state.activities;
          undo.push(() => void state.activities.splice(length));
          const actor = { actorKind: "customer", actorId: owner.customerId, actorName: owner.customerName, source: "widget" };
          state.activities.push({ id, ...actor, subscriptionId: owner.subscriptionId, widgetId: owner.widgetId, ...entry });
          return { id };
        },
        async recordMedia(key, image) {
          const { length } = state.media;
          undo.push(() => void state.media.splice(length));
          state.media.push({ key, image, customerId: owner.customerId });
        },
      });
      state.replies.set(replyKey(owner, key), { digest, reply });
      return { reply, replayed: false };
    } catch (error) {
      for (const step of undo.toReversed()) step();
      throw error;
    }
  }

  const records: BrokerRecords = {
    async findCallSubject(customerId, subscriptionId, widgetId) {
      const subscription = state.subscriptions.get(subscriptionId);
      const stored = state.widgets.get(widgetId);
      if (subscription?.customerId !== customerId || stored?.widget.communityId !== subscription.communityId) return undefined;
      const entities = [...state.entities.values()].filter((entity) => entity.subscriptionId === subscriptionId);
      return {
        widget: stored.widget,
        grantedScopes: stored.grantedScopes,
        disabledScopes: state.disabledScopes,
        context: {
          subscription: { id: subscriptionId, status: "active" },
          entities: entities.map(({ id, name, entityType, attributes }) => ({ id, name, entity_type: entityType, attributes })),
          lines: subscription.lines,
        },
      };
    },
    async findEntity(owner, entityId) {
      const entity = state.entities.get(entityId);
      if (entity === undefined || !owns(owner, entity)) return undefined;
      const { id, name, entityType, attributes, revision } = entity;
      return { id, name, entityType, attributes, revision };
    },
    findReply: async (owner, key, digest) => readReply(owner, key, digest),
    async write(owner, key, digest, work) {
      const turn = queue.then(() => transact(owner, key, digest, work));
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
  return { records, state };
}
