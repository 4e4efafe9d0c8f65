import type { Request } from "express";
import type { Actor, App } from "../../app/context.ts";
import { OperatingError } from "../../app/errors.ts";
import { authenticateKey } from "../../app/people/api-keys.ts";
import { glassOf } from "../../app/people/break-glass.ts";
import { actorOf, findPerson, type Owed, type Person } from "../../app/people/sign-in.ts";
import type { Route } from "./route.ts";
import { endSession, isLive } from "./session.ts";

const BEARER = /^Bearer (\S{1,200})$/i;

/** Who sends the request; empty for nobody. */
export interface Caller {
  readonly actor?: Actor;
  /** Where it is a person in a session, and not a machine with a key. */
  readonly person?: Person;
  /** What the person still has to do at the entrance. */
  readonly owes?: Owed;
}

/**
 * The machine of an API key or the person of a session, with the roles held now. A key that is sent and does not hold is
 * refused (`unauthenticated`) and never falls back to a session.
 */
export async function authenticate(
  app: App,
  request: Request,
  requestId: string,
  route: Pick<Route, "method" | "path">,
): Promise<Caller> {
  const origin = { requestId, source: "http" } as const;
  const header = request.get("authorization");
  if (header !== undefined) {
    const use = `${route.method.toUpperCase()} ${route.path}`;
    const key = BEARER.exec(header)?.[1];
    const actor = key === undefined ? undefined : await authenticateKey(app, key, use, origin);
    if (actor === undefined) throw new OperatingError("unauthenticated");
    return { actor };
  }
  const { userId, practiceId, owes } = request.session;
  if (userId === undefined || practiceId === undefined) return {};
  if (!isLive(request.session, app.now().getTime())) {
    await endSession(request);
    return {};
  }
  const person = await findPerson(app, practiceId, userId);
  if (person === undefined || person.generation !== (request.session.generation ?? 0)) {
    await endSession(request);
    return {};
  }
  const breakGlass = await glassOf(app, person);
  const caller = { actor: { ...actorOf(person, origin), breakGlass }, person };
  return owes === undefined ? caller : { ...caller, owes };
}
