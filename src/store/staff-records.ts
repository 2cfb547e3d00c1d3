import type { Role } from "../contracts/index.js";
import { User } from "../entities/index.js";
import type { Database } from "./database.js";
import { insertRows } from "./insert-rows.js";
import { type Row, select } from "./statements.js";
import { readFlag, readNumber, readOptionalTime, readText } from "./values.js";

export interface StaffMember {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly active: boolean;
  /** A staff session is valid while it holds the same number. */
  readonly sessionEpoch: number;
  readonly lastSignInAt: Date | null;
  readonly passwordHash: string;
}

export interface StaffRecords {
  /** Also finds members who are switched off: the caller decides, after the password. */
  findByEmail(email: string): Promise<StaffMember | undefined>;
  findById(id: string): Promise<StaffMember | undefined>;
  count(): Promise<number>;
  /** Gives the id. Throws CONFLICT when the address is taken. */
  create(member: { email: string; name: string; role: Role; passwordHash: string }): Promise<string>;
  touchSignIn(id: string): Promise<void>;
  /** Ends all sessions of a member. */
  bumpSessionEpoch(id: string): Promise<void>;
  /** Changes the password and ends all sessions. */
  setPassword(id: string, passwordHash: string): Promise<void>;
}

/** Staff accounts. Addresses are kept and compared in lower case. */
export function createStaffRecords(database: Database): StaffRecords {
  const find = async (where: string, value: string) => {
    const [row] = await select(
      database.read,
      `SELECT id, email, name, role, active, session_epoch, last_sign_in_at, password_hash FROM users WHERE ${where} = $1`,
      [value],
    );
    return row && readMember(row);
  };
  return {
    findByEmail: (email) => find("email", email.trim().toLowerCase()),
    findById: (id) => find("id", id),
    async count() {
      const [row] = await select(database.read, "SELECT count(*) AS total FROM users", []);
      return readNumber(row?.["total"]);
    },
    async create({ email, name, role, passwordHash }) {
      const [id] = await insertRows(database, User, [{ email: email.trim(), name, role, passwordHash, active: true }]);
      return id as string;
    },
    async touchSignIn(id) {
      await database.execute("UPDATE users SET last_sign_in_at = $1 WHERE id = $2", [new Date(), id]);
    },
    async bumpSessionEpoch(id) {
      await database.execute("UPDATE users SET session_epoch = session_epoch + 1, updated_at = $1 WHERE id = $2", [new Date(), id]);
    },
    async setPassword(id, passwordHash) {
      await database.execute("UPDATE users SET password_hash = $1, session_epoch = session_epoch + 1, updated_at = $2 WHERE id = $3", [
        passwordHash,
        new Date(),
        id,
      ]);
    },
  };
}

function readMember(row: Row): StaffMember {
  return {
    id: readText(row["id"]),
    email: readText(row["email"]),
    name: readText(row["name"]),
    role: readText(row["role"]) as Role,
    active: readFlag(row["active"]),
    sessionEpoch: readNumber(row["session_epoch"]),
    lastSignInAt: readOptionalTime(row["last_sign_in_at"]),
    passwordHash: readText(row["password_hash"]),
  };
}
