import { csrfSync } from "csrf-sync";
import type { Request } from "express";
import { HttpError } from "./problem.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

const { generateToken, isRequestValid } = csrfSync({
  getTokenFromRequest: (request) => request.get("x-csrf-token") ?? tokenInForm(request.body),
});

/** The token that a session's forms and scripts send along; made at the first call. */
export function csrfToken(request: Request): string {
  return generateToken(request);
}

/** Refuses (`form-expired`) a change asked for in a session without its token. Bearer keys need none. */
export function requireCsrfToken(request: Request): void {
  if (SAFE_METHODS.has(request.method) || isRequestValid(request)) return;
  throw new HttpError("form-expired");
}

const OWN_SITE = new Set(["same-origin", "none"]);

/**
 * Refuses (`cross-site`) a change that a browser says another site asked for; signing in is guarded so too.
 * Sec-Fetch-Site says it; Origin where an older browser, or one without TLS, does not send that.
 */
export function refuseCrossSite(request: Request): void {
  if (SAFE_METHODS.has(request.method)) return;
  const [site, origin] = [request.get("sec-fetch-site"), request.get("origin")];
  const own =
    site === undefined
      ? origin === undefined || hostOf(origin) === request.host
      : OWN_SITE.has(site);
  if (!own) throw new HttpError("cross-site");
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function tokenInForm(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("_csrf" in body)) return undefined;
  return typeof body._csrf === "string" ? body._csrf : undefined;
}
