/** Where a widget appears: in-page slots of the subscription detail, or a tab of its own. */
export const destinations = {
  "detail.left.top": "Detail · Left · Top",
  "detail.left.bottom": "Detail · Left · Bottom",
  "detail.main.top": "Detail · Main · Top",
  "detail.main.bottom": "Detail · Main · Bottom",
  "detail.sidebar.top": "Detail · Sidebar · Top",
  "detail.sidebar.bottom": "Detail · Sidebar · Bottom",
  new_tab: "New tab",
} as const;

export type Destination = keyof typeof destinations;
export type Slot = Exclude<Destination, "new_tab">;

/** How a widget's code is packed. `bundle` is a single JavaScript file. */
export const runtimes = { bundle: "JavaScript bundle" } as const;
export type Runtime = keyof typeof runtimes;

export const roles = { admin: "Admin", manager: "Manager", developer: "Developer", viewer: "Viewer" } as const;
export type Role = keyof typeof roles;

/** The staff member a request acts for; reloaded from the database on each request. */
export interface StaffActor {
  readonly kind: "staff";
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

/** The customer a request acts for. */
export interface CustomerActor {
  readonly kind: "customer";
  readonly id: string;
  readonly name: string;
  readonly communityId: string;
}
