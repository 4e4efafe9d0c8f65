import { randomUUID } from "node:crypto";
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import helmet from "helmet";
import { OperatingError } from "../../app/errors.ts";
import { problemPage } from "../web/index.ts";
import { ALL_USE_CASES } from "./all-use-cases.ts";
import type { HttpConfig } from "./config.ts";
import { refuseCrossSite } from "./csrf.ts";
import { isByAddress, limiters, type PerMinute } from "./limits.ts";
import { refuseMethod } from "./methods.ts";
import { narrowed } from "./patient-fields.ts";
import { problemOf } from "./problem.ts";
import { API_ROUTES, PAGE_ROUTES } from "./route-table.ts";
import { type Ground, isApi, serve } from "./serve.ts";
import { sessionStore, sessions } from "./session.ts";
import type { UseCases } from "./use-cases.ts";
import { routeChecker } from "./validate.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What the server is made of. Tests put other use cases in, and watch the face alone. */
interface HttpParts extends Omit<Ground, "useCases" | "limits"> {
  readonly useCases?: UseCases;
}

/** The server: the programming interface and the pages, ready to listen. */
export function createHttp(parts: HttpParts): Express {
  const { app, config } = parts;
  const server = express();
  server.disable("x-powered-by");
  server.disable("etag");
  server.set("trust proxy", config.trustedProxies);
  server.set("query parser", "simple");
  server.use(identify(parts));
  server.use(headers(config));
  const limits = limiters(limitsOf(config), app.now);
  server.use(limits.address);
  server.use((request, response, next) => {
    refuseMethod(request, response);
    refuseCrossSite(request);
    next();
  });
  server.use(sessions(sessionStore(app), config));
  const checksOf = routeChecker();
  const ground = { app, config, limits, useCases: narrowed(parts.useCases ?? ALL_USE_CASES) };
  for (const route of [...API_ROUTES, ...PAGE_ROUTES]) {
    const { limit } = route;
    const before = limit !== undefined && isByAddress(limit) ? [limits[limit]] : [];
    server[route.method](route.path, ...before, serve(route, checksOf(route), ground));
  }
  server.use(() => {
    throw new OperatingError("not-found");
  });
  server.use(answerError(parts));
  return server;
}

function limitsOf({ requestsPerMinute, signInsPerMinute, perMinute }: HttpConfig): PerMinute {
  return {
    ...(requestsPerMinute === undefined ? {} : { address: requestsPerMinute }),
    ...(signInsPerMinute === undefined ? {} : { "sign-in": signInsPerMinute }),
    ...perMinute,
  };
}

/** Gives the request its id (the caller's, where it is a UUID) and writes one line about it at its end. */
function identify({ app }: HttpParts): RequestHandler {
  return (request, response, next) => {
    const start = process.hrtime.bigint();
    const given = request.get("x-request-id")?.toLowerCase() ?? "";
    const requestId = UUID.test(given) ? given : randomUUID();
    response.locals.requestId = requestId;
    response.set("X-Request-Id", requestId);
    response.once("finish", () => {
      const { route, actor } = response.locals;
      app.log.info("request-done", {
        requestId,
        method: request.method,
        route,
        status: response.statusCode,
        durationMs: Number(process.hrtime.bigint() - start) / 1e6,
        practiceId: actor?.practiceId,
        actorId: actor?.id,
        actorKind: actor?.kind,
      });
    });
    next();
  };
}

/** Headers that keep browsers strict, and everything but our own style sheet out of every cache. */
function headers(config: HttpConfig): RequestHandler {
  const strict = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        ...(config.secureCookies ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: config.secureCookies ? { maxAge: 31_536_000 } : false,
    // Under no-referrer, browsers send `Origin: null` with our own forms too.
    referrerPolicy: { policy: "same-origin" },
    xFrameOptions: { action: "deny" },
  });
  return (request, response, next) => {
    response.set("Cache-Control", "no-store");
    response.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    strict(request, response, next);
  };
}

/** Answers every error: problem+json to programs, a page to people; only our own faults reach the log. */
function answerError({ app }: HttpParts): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const { requestId, route } = response.locals;
    const problem = problemOf(error, requestId);
    if (problem.status >= 500) app.log.error("request-failed", { requestId, route, error });
    response.status(problem.status);
    if (isApi(request)) {
      if (problem.status === 401) response.set("WWW-Authenticate", "Bearer");
      return void response.type("application/problem+json").send(JSON.stringify(problem));
    }
    if (problem.status === 401 && request.method === "GET") {
      const door = problem.code === "second-factor" ? "/sign-in/code" : "/sign-in";
      return response.redirect(303, `${door}?next=${encodeURIComponent(request.path)}`);
    }
    response.type("html").send(problemPage(problem));
  };
}
