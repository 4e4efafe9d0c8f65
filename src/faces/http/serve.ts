import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Request, RequestHandler, Response } from "express";
import { actorMay, PURPOSES } from "../../app/access.ts";
import { recordAudit } from "../../app/audit/audit.ts";
import type { Actor, App } from "../../app/context.ts";
import { OperatingError } from "../../app/errors.ts";
import { authenticate, type Caller } from "./authenticate.ts";
import type { HttpConfig } from "./config.ts";
import { requireCsrfToken } from "./csrf.ts";
import { isByAddress, type limiters, pass } from "./limits.ts";
import { bodyReader } from "./read-body.ts";
import { type Call, isPermission, type Reply, type Route } from "./route.ts";
import { isProven } from "./session.ts";
import type { UseCases } from "./use-cases.ts";
import type { RouteChecks } from "./validate.ts";

declare module "express-serve-static-core" {
  interface Locals {
    requestId: string;
    /** For the log: the route's pattern, and who called. */
    route?: string;
    actor?: Actor;
  }
}

/** What every handler stands on. */
export interface Ground {
  readonly app: App;
  readonly useCases: UseCases;
  readonly config: HttpConfig;
  readonly limits: ReturnType<typeof limiters>;
}

/**
 * One line of the route table as express runs it: who is it, may he, is the form ours, does it have the right shape;
 * then the handler. A body is read only for somebody who may send it.
 */
export function serve(route: Route, checks: RouteChecks, ground: Ground): RequestHandler {
  const { config } = ground;
  const readBody = route.body === undefined ? undefined : bodyReader(route.body);
  return async (request, response) => {
    const { requestId } = response.locals;
    response.locals.route = route.path;
    const known = await authenticate(ground.app, request, requestId, route);
    const caller = withPurpose(known, request);
    if (caller.actor !== undefined) response.locals.actor = caller.actor;
    if (caller.actor !== undefined) await limitAccount(route, ground, request, response);
    await guard(route, caller, ground.app);
    const now = ground.app.now().getTime();
    if (route.reauthenticate && caller.person !== undefined && !isProven(request.session, now)) {
      throw new OperatingError("reauthenticate");
    }
    const body = await readBody?.(request, response);
    if (caller.person !== undefined && route.access !== "public") requireCsrfToken(request);
    const call: Call = {
      app: ground.app,
      useCases: ground.useCases,
      version: config.version,
      secondFactor: config.secondFactor,
      secureCookies: config.secureCookies,
      ...(config.organization && { organization: config.organization }),
      ...(config.publicUrl && { publicUrl: config.publicUrl }),
      requestId,
      request,
      response,
      ...caller,
      params: checks.params(request.params),
      query: checks.query(request.query),
      body: checks.body(body),
    };
    const reply = await handle(route, call).catch((error) => noteMissing(error, route, call));
    await send(response, reply);
  };
}

/** For what the caller says that records are read: `invalid` where that is none of the purposes. */
function withPurpose(caller: Caller, request: Request): Caller {
  const said = request.get("x-purpose-of-use");
  if (said === undefined || caller.actor === undefined) return caller;
  const purpose = PURPOSES.find((one) => one === said);
  if (purpose === undefined) {
    throw new OperatingError("invalid", `X-Purpose-Of-Use is one of ${PURPOSES.join(", ")}.`);
  }
  return { ...caller, actor: { ...caller.actor, purpose } };
}

/** Counts the request against what an account may send; whoever comes from many addresses is one account still. */
async function limitAccount(
  { limit }: Route,
  { limits }: Ground,
  request: Request,
  response: Response,
): Promise<void> {
  await pass(limits.account, request, response);
  if (limit !== undefined && !isByAddress(limit)) await pass(limits[limit], request, response);
}

/**
 * Refuses who is unknown (`unauthenticated`), not wholly in (`second-factor`) or may not (`forbidden`); the last goes into
 * the audit trail. Pages are for people: a key opens none.
 */
async function guard(route: Route, { actor, person, owes }: Caller, app: App): Promise<void> {
  const { access } = route;
  if (access === "public") return;
  if (actor === undefined) throw new OperatingError("unauthenticated");
  if (owes !== undefined && access !== "entrance") throw new OperatingError("second-factor");
  const fits = person !== undefined || isApiPath(route.path);
  const may = isPermission(access) ? actorMay(actor, access) : person !== undefined;
  if (fits && may) return;
  await recordAudit(app, actor, refusalAt(route, "permission"));
  throw new OperatingError("forbidden");
}

/**
 * Whoever asks for what the practice does not have is on record for it (45 CFR 164.312(b)), whether another practice has
 * it or nobody: neither answer nor record tells which.
 */
async function noteMissing(error: unknown, route: Route, { app, actor }: Call): Promise<never> {
  const isMissing = error instanceof OperatingError && error.code === "not-found";
  if (isMissing && actor !== undefined && route.access !== "public") {
    await recordAudit(app, actor, refusalAt(route, "not-found"));
  }
  throw error;
}

function refusalAt(route: Route, reason: "permission" | "not-found") {
  return {
    action: "access.refuse",
    entity: { type: "route", id: `${route.method.toUpperCase()} ${route.path}` },
    purpose: "operations",
    outcome: "denied",
    detail: { reason },
  } as const;
}

function handle(route: Route, call: Call): Promise<Reply> {
  if (route.access === "public") return route.handler(call);
  if (call.actor === undefined) throw new Error("a guarded route has an actor");
  return route.handler({ ...call, actor: call.actor });
}

async function send(response: Response, reply: Reply): Promise<void> {
  if ("json" in reply) response.status(reply.status ?? 200).json(reply.json);
  else if ("html" in reply)
    response
      .status(reply.status ?? 200)
      .type("html")
      .send(reply.html);
  else if ("redirect" in reply) response.redirect(303, reply.redirect);
  else if ("asset" in reply) {
    const keep = reply.isForEver ? "max-age=31536000, immutable" : "max-age=3600";
    response.set("Cache-Control", `public, ${keep}`);
    response.type(reply.mediaType).send(reply.asset);
  } else if ("bytes" in reply) {
    response.attachment(reply.fileName).type(reply.mediaType);
    response.send(Buffer.from(reply.bytes));
  } else if ("lines" in reply) {
    response.attachment(reply.fileName).type(reply.mediaType);
    await pipeline(Readable.from(ended(reply.lines)), response);
  } else response.status(reply.status).end();
}

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

/** Whether the request is one of the programming interface rather than of a page. */
export function isApi(request: Request): boolean {
  return isApiPath(request.path);
}

function isApiPath(path: string): boolean {
  return path === "/api" || path.startsWith("/api/");
}
