import type { EntitySchemaColumnOptions } from "typeorm";

export type Dialect = "sqlite" | "postgres";

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const lowerCase = (value: unknown) => (typeof value === "string" ? value.trim().toLowerCase() : value);

type Shape = Readonly<Record<string, EntitySchemaColumnOptions>>;

/**
 * Column definitions that mean the same on SQLite and PostgreSQL: ids are UUID text made by the application, times have
 * milliseconds and a zone, JSON is text on SQLite and jsonb on PostgreSQL. Column names are the snake_case of the property.
 */
export function createColumnTypes(dialect: Dialect) {
  const time = dialect === "postgres" ? ("timestamptz" as const) : ("datetime" as const);
  const json = dialect === "postgres" ? ("jsonb" as const) : ("simple-json" as const);
  return {
    id: { type: "varchar", length: 36, primary: true } satisfies EntitySchemaColumnOptions,
    reference: { type: "varchar", length: 36 } satisfies EntitySchemaColumnOptions,
    text: (length = 200): EntitySchemaColumnOptions => ({ type: "varchar", length }),
    /** Kept in lower case, so that one person is one row. */
    email: {
      type: "varchar",
      length: 254,
      transformer: { to: lowerCase, from: (value: unknown) => value },
    } satisfies EntitySchemaColumnOptions,
    longText: { type: "text" } satisfies EntitySchemaColumnOptions,
    integer: { type: "integer" } satisfies EntitySchemaColumnOptions,
    flag: { type: "boolean" } satisfies EntitySchemaColumnOptions,
    time: { type: time } satisfies EntitySchemaColumnOptions,
    json: { type: json } satisfies EntitySchemaColumnOptions,
    optional: (column: EntitySchemaColumnOptions): EntitySchemaColumnOptions => ({ ...column, nullable: true }),
    /** A named foreign key to another entity's id. Entities are named by text: widgets and versions point at each other. */
    foreignKey: (name: string, column: string, target: string, onDelete: "CASCADE" | "RESTRICT" | "SET NULL") => ({
      name,
      target,
      columnNames: [column],
      referencedColumnNames: ["id"],
      onDelete,
    }),
    /** Gives each property its snake_case column name. */
    columns: <S extends Shape>(shape: S): S =>
      Object.fromEntries(Object.entries(shape).map(([property, options]) => [property, { name: snake(property), ...options }])) as S,
  };
}

export type ColumnTypes = ReturnType<typeof createColumnTypes>;
