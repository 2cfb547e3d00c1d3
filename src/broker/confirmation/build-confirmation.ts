import { z } from "zod";
import type { Capability, Confirmation, Powers } from "../../contracts/index.js";
import { digestJson } from "../digest-json.js";

const row = z.object({ label: z.string().max(200), was: z.string().max(200).nullable(), now: z.string().max(200).nullable() });
/** What a capability may ask. More rows than a person can read, or longer ones, are that plugin's bug: it fails closed. */
const shape = z.object({ subject: z.string().min(1).max(200), action: z.string().min(1).max(100), changes: z.array(row).max(50) });

/**
 * What the customer is asked, and a digest of it together with every record that it was made from. Cut texts and hidden fields
 * are in the digest too, so a "yes" to one state cannot be spent on another.
 */
export async function buildConfirmation(
  capability: Capability,
  findEntity: Powers["findEntity"],
  params: unknown,
): Promise<{ confirmation: Confirmation; state: string }> {
  if (capability.confirm === undefined) throw new Error(`Capability ${capability.id} confirms but does not say what is asked`);
  const seen: unknown[] = [];
  const recording: Pick<Powers, "findEntity"> = {
    async findEntity(id) {
      const entity = await findEntity(id);
      seen.push([id, entity ?? null]);
      return entity;
    },
  };
  const asked = await capability.confirm(recording, params);
  const confirmation = shape.parse({ ...asked, subject: asked.subject.slice(0, 200) || "?" });
  return { confirmation, state: digestJson([confirmation, seen]) };
}
