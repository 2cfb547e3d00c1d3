import { BaseEntity, EntitySchema } from "typeorm";
import type { ColumnTypes } from "./column-types.js";

/** What a community allows: capabilities switched off, storefront origins that may embed its widgets. */
export class AccountSettings extends BaseEntity {
  declare id: string;
  declare communityId: string;
  declare disabledCapabilities: string[];
  declare storefrontOrigins: string[];
  declare updatedAt: Date;
}

export const accountSettingsSchema = (t: ColumnTypes) =>
  new EntitySchema<AccountSettings>({
    name: "AccountSettings",
    tableName: "account_settings",
    target: AccountSettings,
    columns: t.columns({
      id: t.id,
      communityId: t.reference,
      disabledCapabilities: t.json,
      storefrontOrigins: t.json,
      updatedAt: t.time,
    }),
    indices: [{ name: "uq_account_settings_community", columns: ["communityId"], unique: true }],
    foreignKeys: [t.foreignKey("fk_account_settings_community", "communityId", "Community", "CASCADE")],
  });
