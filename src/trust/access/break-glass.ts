import { mayAny, type Permission } from "./matrix.ts";
import type { Role } from "./role.ts";

/** What emergency access lends beyond one's roles: seeing patients, and nothing that changes anything. */
export const LENT: readonly Permission[] = [
  "patients:read",
  "claims:read",
  "exceptions:read",
  "remittances:read",
  "denials:read",
];

/** For how long emergency access runs, in minutes: when nothing is said, and at most. */
export const GLASS_MINUTES = { usual: 60, most: 240 } as const;

/** Emergency access as far as its policy goes. */
interface GlassTerm {
  readonly endsAt: Date;
  /** When it was ended by hand; null while nobody has. */
  readonly endedAt: Date | null;
}

/** Whether emergency access runs at this instant; it ends by itself. */
export function isRunning({ endsAt, endedAt }: GlassTerm, now: Date): boolean {
  return endedAt === null && now < endsAt;
}

/** Whether the roles see less than emergency access would show; who sees it anyway has no glass to break. */
export function needsGlass(roles: readonly Role[]): boolean {
  return !LENT.every((permission) => mayAny(roles, permission));
}
