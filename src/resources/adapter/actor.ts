import { type ActionContext, ForbiddenError } from "adminjs";
import { type Role, roles, type StaffActor } from "../../contracts/index.js";

/** The person of a request, as the gate loaded them. Throws when there is none: nothing runs for nobody. */
export function actorOf(context: Pick<ActionContext, "currentAdmin"> | undefined): StaffActor {
  const admin = context?.currentAdmin;
  const role: unknown = admin?.["role"];
  if (!admin?.id || typeof role !== "string" || !Object.hasOwn(roles, role)) throw new ForbiddenError("You are not signed in.");
  return { kind: "staff", id: admin.id, name: admin.title ?? admin.email, email: admin.email, role: role as Role };
}
