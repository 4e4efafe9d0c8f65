import { actorMay, type Permission } from "../../app/access.ts";
import { OperatingError } from "../../app/errors.ts";
import { csrfToken } from "../http/csrf.ts";
import type { ActorCall } from "../http/route.ts";
import type { Room, Viewer } from "./layout.ts";

/** What every page route says of itself. */
export const TAG = "pages";
export const PAGE = { status: 200, meaning: "HTML" } as const;
export const MOVED = { status: 303, meaning: "The page to look at next" } as const;

const ROOMS: readonly (Room & { readonly permission: Permission })[] = [
  { path: "/queue", name: "Queue", permission: "denials:read" },
  { path: "/exchange", name: "Exchange", permission: "exchange:fetch" },
  { path: "/people", name: "People", permission: "users:manage" },
];

/** Pages are for people: a key opens none (`forbidden`). */
export function viewerOf({ actor, person, owes, request }: ActorCall): Viewer {
  if (person === undefined) throw new OperatingError("forbidden");
  const rooms =
    owes === undefined ? ROOMS.filter(({ permission }) => actorMay(actor, permission)) : [];
  return { name: person.name, csrfToken: csrfToken(request), rooms };
}

/** The message of an error that the person can do something about; others go on to the one who answers errors. */
export function sayable(thrown: unknown, ...codes: readonly string[]): string {
  if (thrown instanceof OperatingError && codes.includes(thrown.code)) return thrown.message;
  throw thrown;
}
