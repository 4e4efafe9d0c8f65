import type { SecondFactorRule } from "../../app/people/sign-in.ts";
import type { Organization } from "../../app/people/sign-on.ts";
import type { PerMinute } from "./limits.ts";

/** What the http face is told at start. */
export interface HttpConfig {
  /** Signs session cookies; at least 32 random bytes. Several while one is being replaced, newest first. */
  readonly sessionSecrets: readonly string[];
  /** True behind TLS: cookies are then `Secure` and `__Host-`. */
  readonly secureCookies: boolean;
  /** Whether who has no second factor has to set one up at sign-in. */
  readonly secondFactor: SecondFactorRule;
  /** By whose provider people may sign in beside their passwords. */
  readonly organization?: Organization | undefined;
  /** Where browsers reach the service, `https://claims.example.org`; without it, as they say themselves. */
  readonly publicUrl?: string | undefined;
  /** How many proxies stand before us and are believed when they name the client. */
  readonly trustedProxies: number;
  /** The program's version, for the API document. */
  readonly version: string;
  /** Requests a minute and address: in general, and to sign in. */
  readonly requestsPerMinute?: number;
  readonly signInsPerMinute?: number;
  /** Limits other than the usual ones. */
  readonly perMinute?: PerMinute;
}
