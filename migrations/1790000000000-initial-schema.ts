import { type MigrationInterface, type QueryRunner, Table, TableForeignKey, type TableOptions } from "typeorm";

type Column = NonNullable<TableOptions["columns"]>[number];
type Index = NonNullable<TableOptions["indices"]>[number];
type ForeignKey = NonNullable<TableOptions["foreignKeys"]>[number];

/** The first schema. Types are chosen per database; every index and key has a name, so both databases drift from the entities by nothing. */
export class InitialSchema1790000000000 implements MigrationInterface {
  readonly name = "InitialSchema1790000000000";

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables(runner)) await runner.createTable(new Table(table));
    // Widgets and versions point at each other: this key can only be made when both tables are there.
    await runner.createForeignKey(
      "widgets",
      new TableForeignKey(key("fk_widgets_active_version", "active_version_id", "widget_versions", "SET NULL")),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropForeignKey("widgets", "fk_widgets_active_version");
    for (const table of tables(runner).toReversed()) await runner.dropTable(table.name);
  }
}

const key = (name: string, column: string, table: string, onDelete: string): ForeignKey => ({
  name,
  columnNames: [column],
  referencedTableName: table,
  referencedColumnNames: ["id"],
  onDelete,
});
const index = (name: string, ...columnNames: string[]): Index => ({ name, columnNames });
const unique = (name: string, ...columnNames: string[]): Index => ({ name, columnNames, isUnique: true });

function columnsFor(runner: QueryRunner) {
  const postgres = runner.connection.options.type === "postgres";
  const column =
    (type: string, length?: number) =>
    (name: string): Column => ({ name, type, ...(length ? { length: String(length) } : {}) });
  const reference = column("varchar", 36);
  const time = column(postgres ? "timestamptz" : "datetime");
  return {
    id: { ...reference("id"), isPrimary: true },
    reference,
    time,
    text: (name: string, length: number) => column("varchar", length)(name),
    integer: column("integer"),
    flag: column("boolean"),
    json: column(postgres ? "jsonb" : "text"),
    optional: (one: Column): Column => ({ ...one, isNullable: true }),
    stamps: [time("created_at"), time("updated_at")],
  };
}

function tables(runner: QueryRunner): (TableOptions & { name: string })[] {
  const { id, reference, time, text, integer, flag, json, optional, stamps } = columnsFor(runner);
  return [
    {
      name: "users",
      columns: [
        id,
        text("email", 254),
        text("name", 120),
        text("password_hash", 255),
        text("role", 20),
        flag("active"),
        integer("session_epoch"),
        optional(time("last_sign_in_at")),
        ...stamps,
      ],
      indices: [unique("uq_users_email", "email")],
    },
    {
      name: "communities",
      columns: [id, text("name", 120), text("slug", 60), json("branding"), text("locale", 20), ...stamps],
      indices: [unique("uq_communities_slug", "slug")],
    },
    {
      name: "account_settings",
      columns: [id, reference("community_id"), json("disabled_capabilities"), json("storefront_origins"), time("updated_at")],
      indices: [unique("uq_account_settings_community", "community_id")],
      foreignKeys: [key("fk_account_settings_community", "community_id", "communities", "CASCADE")],
    },
    {
      name: "customers",
      columns: [
        id,
        reference("community_id"),
        text("email", 254),
        text("name", 120),
        optional(text("password_hash", 255)),
        flag("active"),
        ...stamps,
      ],
      indices: [unique("uq_customers_community_email", "community_id", "email"), index("ix_customers_email", "email")],
      foreignKeys: [key("fk_customers_community", "community_id", "communities", "RESTRICT")],
    },
    {
      name: "subscriptions",
      columns: [
        id,
        reference("community_id"),
        reference("customer_id"),
        text("title", 200),
        text("status", 20),
        optional(time("next_date")),
        ...stamps,
      ],
      indices: [index("ix_subscriptions_customer", "customer_id"), index("ix_subscriptions_community", "community_id")],
      foreignKeys: [
        key("fk_subscriptions_community", "community_id", "communities", "RESTRICT"),
        key("fk_subscriptions_customer", "customer_id", "customers", "CASCADE"),
      ],
    },
    {
      name: "entities",
      columns: [
        id,
        reference("community_id"),
        reference("subscription_id"),
        text("name", 120),
        text("entity_type", 60),
        json("attributes"),
        integer("revision"),
        ...stamps,
      ],
      indices: [index("ix_entities_subscription", "subscription_id")],
      foreignKeys: [
        key("fk_entities_community", "community_id", "communities", "RESTRICT"),
        key("fk_entities_subscription", "subscription_id", "subscriptions", "CASCADE"),
      ],
    },
    {
      name: "lines",
      columns: [
        id,
        reference("subscription_id"),
        text("product_title", 200),
        text("variant_title", 200),
        integer("quantity"),
        integer("price_cents"),
        ...stamps,
      ],
      indices: [index("ix_lines_subscription", "subscription_id")],
      foreignKeys: [key("fk_lines_subscription", "subscription_id", "subscriptions", "CASCADE")],
    },
    {
      name: "widgets",
      columns: [
        id,
        reference("community_id"),
        text("name", 80),
        text("description", 500),
        text("runtime", 20),
        text("destination", 40),
        text("condition_id", 80),
        json("condition_options"),
        flag("active"),
        optional(reference("active_version_id")),
        optional(reference("created_by_id")),
        ...stamps,
      ],
      indices: [index("ix_widgets_community", "community_id", "active")],
      foreignKeys: [
        key("fk_widgets_community", "community_id", "communities", "RESTRICT"),
        key("fk_widgets_created_by", "created_by_id", "users", "SET NULL"),
      ],
    },
    {
      name: "widget_versions",
      columns: [
        id,
        reference("widget_id"),
        integer("number"),
        text("digest", 64),
        integer("size"),
        text("file_name", 200),
        text("format", 10),
        text("verdict", 10),
        json("report"),
        optional(reference("created_by_id")),
        time("created_at"),
      ],
      indices: [unique("uq_widget_versions_number", "widget_id", "number"), index("ix_widget_versions_digest", "digest")],
      foreignKeys: [
        key("fk_widget_versions_widget", "widget_id", "widgets", "CASCADE"),
        key("fk_widget_versions_created_by", "created_by_id", "users", "SET NULL"),
      ],
    },
    {
      name: "scopes",
      columns: [
        id,
        text("name", 80),
        text("title", 120),
        text("allows", 500),
        flag("confirms"),
        integer("rate_limit_calls"),
        integer("rate_limit_seconds"),
        flag("enabled"),
        flag("registered"),
        time("updated_at"),
      ],
      indices: [unique("uq_scopes_name", "name")],
    },
    {
      name: "grants",
      columns: [id, reference("widget_id"), text("scope_name", 80), optional(reference("created_by_id")), time("created_at")],
      indices: [unique("uq_grants_widget_scope", "widget_id", "scope_name")],
      foreignKeys: [
        key("fk_grants_widget", "widget_id", "widgets", "CASCADE"),
        key("fk_grants_created_by", "created_by_id", "users", "SET NULL"),
      ],
    },
    {
      // No foreign keys: the record of what happened outlives what it happened to.
      name: "activities",
      columns: [
        id,
        optional(reference("community_id")),
        optional(reference("subscription_id")),
        text("actor_kind", 20),
        optional(reference("actor_id")),
        text("actor_name", 120),
        text("source", 20),
        optional(reference("widget_id")),
        text("action", 80),
        text("description", 1000),
        json("changes"),
        json("metadata"),
        optional(text("request_id", 64)),
        time("created_at"),
      ],
      indices: [
        index("ix_activities_subscription", "subscription_id", "created_at"),
        index("ix_activities_action", "action", "source"),
        index("ix_activities_created", "created_at"),
      ],
    },
    {
      name: "media",
      columns: [
        id,
        text("key", 80),
        reference("community_id"),
        optional(reference("customer_id")),
        optional(reference("widget_id")),
        text("original_name", 200),
        text("content_type", 40),
        integer("size"),
        integer("width"),
        integer("height"),
        text("digest", 64),
        time("created_at"),
      ],
      indices: [unique("uq_media_key", "key"), index("ix_media_customer", "customer_id", "created_at")],
      foreignKeys: [
        key("fk_media_community", "community_id", "communities", "RESTRICT"),
        key("fk_media_customer", "customer_id", "customers", "SET NULL"),
        key("fk_media_widget", "widget_id", "widgets", "SET NULL"),
      ],
    },
    {
      // No foreign keys: each write would look the customer and the widget up again, and rows live for a day.
      name: "idempotency_records",
      columns: [
        id,
        reference("customer_id"),
        reference("widget_id"),
        text("key", 100),
        text("request_digest", 64),
        optional(json("response")),
        time("created_at"),
      ],
      indices: [unique("uq_idempotency_key", "customer_id", "widget_id", "key"), index("ix_idempotency_created", "created_at")],
    },
    {
      name: "sessions",
      columns: [
        id,
        text("digest", 64),
        text("kind", 10),
        optional(reference("user_id")),
        json("data"),
        time("expires_at"),
        time("created_at"),
      ],
      indices: [unique("uq_sessions_digest", "digest"), index("ix_sessions_user", "user_id"), index("ix_sessions_expires", "expires_at")],
    },
  ];
}
