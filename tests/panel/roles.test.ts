import type { Agent } from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Role, roles } from "../../src/contracts/index.js";
import { type ActionName, actionShapes, mayDo, policy, type ResourceId, resourceIds } from "../../src/resources/index.js";
import { type StartedPanel, signIn, startForRequests, unknownId } from "./start-panel.js";

let panel: StartedPanel;
const agents = {} as Record<Role, Agent>;
const allRoles = Object.keys(roles) as Role[];
beforeAll(async () => {
  panel = await startForRequests();
  for (const role of allRoles) agents[role] = await signIn(panel, role);
});
afterAll(() => panel.close());

/** Calls an action on a record that is not there: what a role may do answers 400, 404 or 422, what it may not 403. */
async function status(role: Role, resource: ResourceId, action: ActionName): Promise<number> {
  const shape = actionShapes[action];
  const path =
    shape.on === "resource"
      ? `actions/${action}`
      : shape.on === "record"
        ? `records/${unknownId()}/${action}`
        : `bulk/${action}?recordIds=${unknownId()}`;
  const address = `/admin/api/resources/${resource}/${path}`;
  return (await (shape.post ? agents[role].post(address).send({}) : agents[role].get(address))).status;
}

describe.each(allRoles)("a %s", (role) => {
  it.each([...resourceIds])("may do with %s exactly what the policy names", async (resource) => {
    for (const action of Object.keys(actionShapes) as ActionName[]) {
      const got = await status(role, resource, action);
      const context = `${role} ${resource} ${action}`;
      if (mayDo(role, resource, action)) expect([200, 400, 404, 422], context).toContain(got);
      else expect(got, context).toBe(403);
    }
  });
});

describe("the policy", () => {
  const changing = (Object.keys(actionShapes) as ActionName[]).filter((action) => actionShapes[action].post);

  it("lets viewers change nothing", () => {
    for (const resource of resourceIds) for (const action of changing) expect(mayDo("viewer", resource, action)).toBe(false);
  });

  it("lets developers upload bundles and choose versions, and change nothing else", () => {
    const may = resourceIds.flatMap((resource) =>
      changing.filter((action) => mayDo("developer", resource, action)).map((action) => `${resource}.${action}`),
    );
    expect(may).toEqual(["widgets.replaceBundle", "widgets.activateVersion"]);
  });

  it("keeps customers' data from developers", () => {
    for (const resource of ["customers", "subscriptions", "entities", "lines", "media", "activities"] as const)
      for (const action of Object.keys(actionShapes) as ActionName[]) expect(mayDo("developer", resource, action)).toBe(false);
  });

  it("keeps staff and settings for admins", () => {
    for (const resource of ["users", "account-settings"] as const)
      for (const who of Object.values(policy[resource])) expect(who).toEqual(["admin"]);
  });

  it("has no action that changes a version or an activity entry", () => {
    for (const resource of ["widget-versions", "activities"] as const)
      for (const action of changing) expect(policy[resource]).not.toHaveProperty(action);
  });

  it.each([undefined, "root", "__proto__"])("denies everything to the role %s", (role) => {
    for (const resource of resourceIds) expect(mayDo(role as Role, resource, "list")).toBe(false);
  });
});

describe("GET", () => {
  it.each([
    ["widgets", "delete"],
    ["widgets", "activateVersion"],
    ["widgets", "switchActive"],
    ["customers", "delete"],
  ])("never runs %s.%s", async (resource, action) => {
    const answer = await agents.admin.get(`/admin/api/resources/${resource}/records/${panel.portal.widgetId}/${action}`);
    expect(answer.status).toBe(405);
    expect(answer.headers["allow"]).toBe("POST");
  });

  it("never deletes in bulk or makes a record", async () => {
    expect((await agents.admin.get(`/admin/api/resources/widgets/bulk/bulkDelete?recordIds=${panel.portal.widgetId}`)).status).toBe(405);
    expect((await agents.admin.get("/admin/api/resources/communities/actions/new?name=x")).status).toBe(405);
    expect((await agents.admin.get(`/admin/api/resources/widgets/records/${panel.portal.widgetId}/show`)).status).toBe(200);
  });

  it.each(["put", "patch", "delete"] as const)("and POST are the only methods: %s is refused", async (method) => {
    expect((await agents.admin[method](`/admin/api/resources/widgets/records/${panel.portal.widgetId}/edit`)).status).toBe(405);
  });
});

describe("the page", () => {
  it("tells a developer only of what a developer may open", async () => {
    const { text } = await agents.developer.get("/admin/");
    expect(text).toContain('"id":"widgets"');
    for (const hidden of ["customers", "users", "account-settings", "activities"]) expect(text).not.toContain(`"id":"${hidden}"`);
  });
});
