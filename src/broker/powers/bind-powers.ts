import type { BrokerWrites, Powers, VerifiedImage } from "../../contracts/index.js";
import { VitrineError } from "../../contracts/index.js";
import { auditEntityChange } from "./audit-entity-change.js";
import { nameAction } from "./name-action.js";
import { nameMedia } from "./name-media.js";
import type { Entities } from "./remember-entities.js";

export interface BoundPowers {
  readonly powers: Powers;
  /** After this every power fails: a capability that runs on after its answer or its deadline writes nothing. */
  readonly revoke: () => void;
}

/** Broker's own action, outside `widget_`: no widget can log an entry that looks like it. */
const updatedAction = "entity_updated";

/**
 * The functions a capability gets: bound to one customer, subscription, widget and transaction. Ownership is in the store's WHERE
 * clauses; a foreign thing and an absent one give the same NOT_FOUND. Changes of entities are audited here, in the same
 * transaction, so that no capability can forget to.
 */
export function bindPowers(options: {
  readonly entities: Entities;
  readonly writes: BrokerWrites;
  readonly widgetName: string;
  readonly requestId: string;
  readonly mediaUrl: (key: string) => string;
  /** The image of this call, when it has one. */
  readonly image?: VerifiedImage | undefined;
}): BoundPowers {
  const { entities, writes, requestId } = options;
  let open = true;

  function assertOpen(): void {
    if (!open) throw new Error("A capability used its powers after its call had ended");
  }

  const powers: Powers = {
    async findEntity(id) {
      assertOpen();
      return entities.find(id);
    },
    async replaceEntityAttributes(id, attributes) {
      const entity = await entities.find(id);
      assertOpen();
      if (entity === undefined) throw new VitrineError("NOT_FOUND");
      // Somebody else wrote (or removed) it since it was read: the customer agreed to another change than this one would be.
      if (!(await writes.replaceEntityAttributes(id, attributes, entity.revision)))
        throw new VitrineError("CONFLICT", { reason: "changed" });
      entities.forget(id);
      await writes.appendActivity({
        action: updatedAction,
        description: `${options.widgetName} updated ${entity.name}`.slice(0, 1000),
        changes: auditEntityChange(entity.attributes, attributes),
        metadata: { entityId: id },
        requestId,
      });
    },
    async appendActivity(entry) {
      assertOpen();
      const action = nameAction(entry.action);
      if (action === undefined) {
        throw new VitrineError("INVALID_PARAMS", { issues: [{ path: "action", message: "Needs at least one letter or digit" }] });
      }
      // Named one by one: what else a capability puts into its entry, an actor or another subscription, is dropped.
      const { description, changes, metadata } = entry;
      return writes.appendActivity({ action, description, changes, metadata, requestId });
    },
    async publishImage(image) {
      assertOpen();
      // The very one: a digest of the capability's choice would give any stored blob a public address.
      if (image !== options.image) throw new Error("A capability published an image that is not its call's");
      const key = nameMedia(image.contentType);
      await writes.recordMedia(key, image);
      return { url: options.mediaUrl(key) };
    },
  };
  return {
    powers,
    revoke() {
      open = false;
    },
  };
}
