import { BaseEntity, EntitySchema } from "typeorm";
import type { Role } from "../contracts/index.js";
import type { ColumnTypes } from "./column-types.js";

/** A staff member. `sessionEpoch` grows when all their sessions must end. */
export class User extends BaseEntity {
  declare id: string;
  declare email: string;
  declare name: string;
  declare passwordHash: string;
  declare role: Role;
  declare active: boolean;
  declare sessionEpoch: number;
  declare lastSignInAt: Date | null;
  declare createdAt: Date;
  declare updatedAt: Date;
}

export const userSchema = (t: ColumnTypes) =>
  new EntitySchema<User>({
    name: "User",
    tableName: "users",
    target: User,
    columns: t.columns({
      id: t.id,
      email: t.email,
      name: t.text(120),
      passwordHash: t.text(255),
      role: t.text(20),
      active: t.flag,
      sessionEpoch: t.integer,
      lastSignInAt: t.optional(t.time),
      createdAt: t.time,
      updatedAt: t.time,
    }),
    indices: [{ name: "uq_users_email", columns: ["email"], unique: true }],
  });
