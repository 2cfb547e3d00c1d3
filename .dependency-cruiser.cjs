// Who may import whom (docs/architecture.md). Deny by default: a room that is not named in `may` may not be imported.
// The panel's components are TSX, which this parser does not read: .oxlintrc.json holds their part of the table.
const rooms = {
  "sdk/src/protocol": [],
  "sdk/src/frame": ["sdk/src/protocol"],
  "sdk/src/host": ["sdk/src/protocol"],
  "src/contracts": ["sdk/src/protocol"],
  "src/config": ["src/contracts"],
  "src/entities": ["src/contracts", "sdk/src/protocol"],
  "src/store": ["src/entities", "src/contracts", "sdk/src/protocol", "migrations"],
  migrations: ["src/entities"],
  "src/pipeline": ["src/contracts", "sdk/src/protocol"],
  "src/publishing": ["src/contracts", "sdk/src/protocol"],
  "src/sandbox": ["src/contracts", "sdk/src/protocol"],
  "src/broker": ["src/contracts", "sdk/src/protocol"],
  "src/connectors": ["src/contracts", "sdk/src/protocol"],
  "src/pages": ["src/contracts", "sdk/src/protocol"],
  "src/portal/client": ["sdk/src/protocol", "sdk/src/host"],
  "src/portal": ["src/contracts", "sdk/src/protocol"],
  "src/resources": ["src/contracts", "src/entities", "sdk/src/protocol"],
};
const escape = (text) => text.replace(/[/.]/g, "\\$&");
const roomRules = Object.entries(rooms).map(([room, may]) => ({
  name: `${room.replaceAll("/", "-")}-imports-only-its-neighbours`,
  severity: "error",
  comment: `${room} may import ${may.length ? may.join(", ") : "no other room"}.`,
  from: { path: `^${escape(room)}/`, ...(room === "src/portal" ? { pathNot: "^src/portal/client/" } : {}) },
  to: {
    path: "^(src|sdk|admin-components|migrations)/",
    pathNot: [room, ...may].map((target) => `^${escape(target)}/`),
  },
}));

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    ...roomRules,
    {
      name: "plugins-import-contracts-only",
      severity: "error",
      comment: "A plugin knows the contracts, never an engine, the store or another plugin.",
      from: { path: "^src/plugins/([^/]+)/" },
      to: { path: "^(src|admin-components|migrations)/", pathNot: ["^src/contracts/", "^src/plugins/$1/"] },
    },
    {
      name: "across-rooms-through-the-door",
      severity: "error",
      comment: "Another room is imported through its index.ts.",
      from: { path: "^(src/[^/]+|sdk/src/[^/]+)/" },
      to: { path: "^(src/[^/]+|sdk/src/[^/]+)/.+", pathNot: ["^$1/", "/index\\.ts$", "^src/plugins/", "^src/app/"] },
    },
    {
      name: "app-and-cli-are-not-imported",
      severity: "error",
      from: { path: "^(src|sdk)/", pathNot: ["^src/(app|cli)/", "^src/main\\.ts$"] },
      to: { path: "^src/(app|cli)/" },
    },
    {
      name: "express-only-in-routes",
      severity: "error",
      from: { path: "^src/", pathNot: ["/routes\\.ts$", "^src/app/"] },
      to: { path: "node_modules/express/" },
    },
    {
      name: "sdk-has-no-dependencies",
      severity: "error",
      from: { path: "^sdk/src/" },
      to: { dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer", "core"] },
    },
    {
      name: "engines-without-database-or-panel",
      severity: "error",
      from: { path: "^src/(contracts|pipeline|publishing|sandbox|broker|connectors|pages|portal|plugins)/" },
      to: { path: "node_modules/(typeorm|adminjs|@adminjs|sqlite3|pg)/" },
    },
    {
      name: "components-without-node",
      severity: "error",
      from: { path: "^src/portal/client/" },
      to: { dependencyTypes: ["core"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|fixtures)/" },
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js"],
      mainFields: ["module", "main", "types"],
    },
  },
};
