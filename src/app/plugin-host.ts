import { type Capability, type Condition, type Plugin, pluginContractVersion, type Rule, type SignInMethod } from "../contracts/index.js";

export interface LoadedPlugins {
  readonly capabilities: ReadonlyMap<string, Capability>;
  readonly conditions: ReadonlyMap<string, Condition>;
  readonly signInMethods: ReadonlyMap<string, SignInMethod>;
  readonly rules: ReadonlyMap<string, Rule>;
}

const dotted = /^[a-z][a-z0-9]*(\.[a-z][a-z0-9_]*)+$/;
const dashed = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

function refuse(plugin: Plugin, reason: string): never {
  throw new Error(`Plugin ${plugin.name}: ${reason}`);
}

/** Adds contributions of one kind under their ids; remembers who gave each, to name both sides of a clash. */
function createRegister<Item>(kind: string, pattern: RegExp, idOf: (item: Item) => string) {
  const items = new Map<string, Item>();
  const givers = new Map<string, string>();
  return {
    items,
    add(plugin: Plugin, item: Item) {
      const id = idOf(item);
      if (!pattern.test(id)) refuse(plugin, `the ${kind} id ${JSON.stringify(id)} is malformed (expected ${pattern.source}).`);
      const giver = givers.get(id);
      if (giver !== undefined) refuse(plugin, `the ${kind} ${id} was already given by plugin ${giver}.`);
      items.set(id, item);
      givers.set(id, plugin.name);
    },
  };
}

const isCount = (value: number) => Number.isInteger(value) && value > 0;

function checkCapability(plugin: Plugin, capability: Capability): void {
  const { id, scope, rateLimit } = capability;
  if (!dotted.test(scope.name)) refuse(plugin, `the scope name ${JSON.stringify(scope.name)} of ${id} is malformed.`);
  if (scope.title === "" || scope.allows === "") refuse(plugin, `the scope of ${id} needs a title and a sentence on what it allows.`);
  if (!isCount(rateLimit.calls) || !isCount(rateLimit.perSeconds)) {
    refuse(plugin, `the rate limit of ${id} must be a positive number of calls per positive number of seconds.`);
  }
  if (capability.confirms && capability.confirm === undefined) refuse(plugin, `${id} needs a confirmation but does not say what is asked.`);
  if (capability.confirms && capability.takesImage === true) refuse(plugin, `${id} cannot both take an image and need a confirmation.`);
}

/** One scope may cover several capabilities of one plugin, but the catalogue can describe it only once. */
function checkScopes(plugin: Plugin, capability: Capability, scopes: Map<string, { plugin: string; capability: Capability }>): void {
  const known = scopes.get(capability.scope.name);
  if (known === undefined) {
    scopes.set(capability.scope.name, { plugin: plugin.name, capability });
    return;
  }
  const { scope } = known.capability;
  const same = scope.title === capability.scope.title && scope.allows === capability.scope.allows;
  if (known.plugin !== plugin.name || !same || known.capability.confirms !== capability.confirms) {
    refuse(plugin, `the scope ${scope.name} of ${capability.id} was already given by plugin ${known.plugin}.`);
  }
}

/**
 * Collects what plugins give. Throws, naming the plugin and the reason, for another contract version, a repeated plugin, a need
 * that is not loaded, a malformed or repeated id, or a capability that contradicts itself.
 */
export function loadPlugins(plugins: readonly Plugin[]): LoadedPlugins {
  const names = new Set<string>();
  for (const plugin of plugins) {
    if (plugin.contract !== pluginContractVersion) {
      refuse(plugin, `written for contract ${plugin.contract}; this version of Vitrine has contract ${pluginContractVersion}.`);
    }
    if (names.has(plugin.name)) refuse(plugin, "loaded twice, or two plugins share this name.");
    names.add(plugin.name);
  }
  const capabilities = createRegister<Capability>("capability", dotted, (capability) => capability.id);
  const conditions = createRegister<Condition>("condition", dashed, (condition) => condition.id);
  const signInMethods = createRegister<SignInMethod>("sign-in method", dashed, (method) => method.id);
  const rules = createRegister<Rule>("rule", /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/, (rule) => rule.meta.id);
  const scopes = new Map<string, { plugin: string; capability: Capability }>();
  for (const plugin of plugins) {
    for (const need of plugin.needs ?? []) if (!names.has(need)) refuse(plugin, `needs plugin ${need}, which is not loaded.`);
    for (const capability of plugin.capabilities ?? []) {
      checkCapability(plugin, capability);
      checkScopes(plugin, capability, scopes);
      capabilities.add(plugin, capability);
    }
    for (const condition of plugin.conditions ?? []) conditions.add(plugin, condition);
    for (const method of plugin.signInMethods ?? []) signInMethods.add(plugin, method);
    for (const rule of plugin.rules ?? []) rules.add(plugin, rule);
  }
  return { capabilities: capabilities.items, conditions: conditions.items, signInMethods: signInMethods.items, rules: rules.items };
}
