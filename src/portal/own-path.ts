/** Pages that a sign-in may lead to. An allow list of shapes, so no parser difference (`//`, `\`, `@`, encodings) matters. */
const ownPage = /^\/portal(?:\/subscriptions\/[A-Za-z0-9_-]{1,64}(?:\?tab=[A-Za-z0-9_-]{1,64})?)?$/;

/** The path to go to after sign-in: the asked one when it is a page of the portal, else the start page. */
export function ownPath(asked: unknown): string {
  return typeof asked === "string" && ownPage.test(asked) ? asked : "/portal";
}
