import { Equal, Not } from "typeorm";
import { type Role, roles } from "../contracts/index.js";
import { User } from "../entities/index.js";
import { choicesOf, defineResource, FormError, type Row, type Values, type WriteContext } from "./definition.js";
import { email, flag, keepOrPassword, line, oneOf, password } from "./forms/field-schemas.js";
import { toColumns } from "./forms/parse-form.js";

const roleChoices = choicesOf(roles);

/** Staff. Nobody changes their own role or access, and one active admin always remains. */
export const user = defineResource({
  id: "users",
  model: User,
  one: "Staff member",
  many: "Staff",
  group: "Security",
  icon: "Users",
  empty: "Staff members sign in to this panel.",
  title: "name",
  sort: { by: "name", direction: "asc" },
  // passwordHash and sessionEpoch are no columns: they cannot be read, filtered, sorted or searched.
  columns: [
    { name: "name", label: "Name", kind: "text", on: ["list", "show"], filter: true, sort: true },
    { name: "email", label: "E-mail", kind: "text", on: ["list", "show"], filter: true, sort: true },
    { name: "role", label: "Role", kind: "choice", choices: roleChoices, on: ["list", "show"], filter: true, sort: true },
    { name: "active", label: "Active", kind: "flag", on: ["list", "show"], filter: true },
    { name: "lastSignInAt", label: "Last sign-in", kind: "time", on: ["list", "show"], sort: true },
    { name: "createdAt", label: "Created", kind: "time", on: ["show"], sort: true, filter: true },
    { name: "updatedAt", label: "Changed", kind: "time", on: ["show"] },
  ],
  unique: { field: "email", message: "Another staff member has this e-mail address." },
  deleteEffect: "They are signed out at once. What they did stays in the activity record.",
  fields: [
    { name: "name", label: "Name", input: "text", on: ["new", "edit"], schema: line(120), required: true },
    { name: "email", label: "E-mail", input: "email", on: ["new", "edit"], schema: email, required: true },
    {
      name: "role",
      label: "Role",
      input: "choice",
      on: ["new", "edit"],
      schema: oneOf(roles),
      choices: roleChoices,
      initial: "viewer",
      required: true,
      help: "Viewers change nothing, developers upload bundles, managers run the content, admins also staff and settings.",
    },
    { name: "active", label: "May sign in", input: "flag", on: ["new", "edit"], schema: flag, initial: true },
    {
      name: "password",
      label: "Password",
      input: "password",
      on: ["new"],
      schema: password,
      required: true,
      transient: true,
      help: "At least 10 characters.",
    },
    {
      name: "password",
      label: "New password",
      input: "password",
      on: ["edit"],
      schema: keepOrPassword,
      transient: true,
      help: "Leave empty to keep the present one. A new one ends all their sessions.",
    },
  ],
  hooks: {
    async beforeNew({ services }, values) {
      const passwordHash = await services.passwords.hash(String(values["password"]));
      return { ...toColumns(user, values), passwordHash, sessionEpoch: 0, lastSignInAt: null };
    },
    async beforeEdit(context, row, values) {
      await refuseSelfChange(context, row, values);
      await keepOneAdmin(context, row, values);
      const columns = toColumns(user, values, row);
      const secret = values["password"];
      if (typeof secret === "string") columns["passwordHash"] = await context.services.passwords.hash(secret);
      if (typeof secret === "string" || values["active"] === false) columns["sessionEpoch"] = Number(row["sessionEpoch"]) + 1;
      return columns;
    },
    async beforeDelete(context, row) {
      if (row["id"] === context.actor.id) throw new FormError({ form: "You cannot delete yourself." });
      await keepOneAdmin(context, row, { active: false });
    },
    async aftermath({ kind, row, values }) {
      const ends = kind === "delete" || typeof values["password"] === "string" || values["active"] === false;
      return ends ? { endSessions: [{ kind: "staff", userId: String(row["id"]) }] } : {};
    },
  },
});

async function refuseSelfChange({ actor }: WriteContext, row: Row, values: Values): Promise<void> {
  if (row["id"] !== actor.id) return;
  if (values["role"] !== undefined && values["role"] !== row["role"]) throw new FormError({ role: "You cannot change your own role." });
  if (values["active"] === false) throw new FormError({ active: "You cannot lock yourself out." });
}

async function keepOneAdmin({ manager }: WriteContext, row: Row, values: Values): Promise<void> {
  const wasAdmin = row["role"] === ("admin" satisfies Role) && row["active"] === true;
  const staysAdmin = (values["role"] ?? row["role"]) === "admin" && (values["active"] ?? row["active"]) === true;
  if (!wasAdmin || staysAdmin) return;
  // Locked on PostgreSQL: two admins who demote each other at the same moment must not both succeed.
  const lock = manager.connection.options.type === "postgres" ? { lock: { mode: "pessimistic_write" as const } } : {};
  const others = await manager.find(User, {
    where: { role: Equal("admin"), active: Equal(true), id: Not(Equal(String(row["id"]))) },
    ...lock,
  });
  if (others.length === 0) throw new FormError({ role: "This is the last active admin. Make somebody else an admin first." });
}
