import type { RateLimiter, Role, SessionStore } from "../../../contracts/index.js";
import type { PanelServices } from "../../../resources/index.js";

/** A staff account as the sign-in and the gate need it. */
export interface StaffAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly active: boolean;
  readonly sessionEpoch: number;
  readonly passwordHash: string;
}

export interface StaffAccounts {
  /** Also finds accounts that are switched off: the sign-in decides, after the password. */
  findByEmail(email: string): Promise<StaffAccount | undefined>;
  findById(id: string): Promise<StaffAccount | undefined>;
  touchSignIn(id: string): Promise<void>;
}

export interface PanelOptions {
  /** Where the panel is mounted: `/admin`. */
  readonly rootPath: string;
  /** The address bar's origin: what `Origin` must be on requests that change something. */
  readonly appOrigin: string;
  /** The folder that `scripts/build-panel.mjs` wrote. */
  readonly assetsFolder: string;
  readonly production: boolean;
  readonly services: Omit<PanelServices, "sessions" | "production"> & {
    readonly sessions: SessionStore;
    readonly limiter: RateLimiter;
    readonly staff: StaffAccounts;
  };
}
