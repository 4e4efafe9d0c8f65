import type { CookieOptions, Request } from "express";
import { OperatingError } from "../../app/errors.ts";
import { beginSignOn, completeSignOn, type Organization } from "../../app/people/sign-on.ts";
import type { Call, Route } from "../http/route.ts";
import { text, word } from "../http/schemas.ts";
import { beginSession } from "../http/session.ts";
import { after } from "./after.ts";
import { onwardPage, signInPage } from "./entrance-pages.ts";
import { PAGE, sayable, TAG } from "./viewer.ts";

const CALLBACK = "/sign-in/organization/callback";
const COOKIE = "claimwright-sign-on";
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** `not-found` where no provider is configured. */
function organizationIn({ organization }: Call): Organization {
  if (organization === undefined) throw new OperatingError("not-found");
  return organization;
}

/** The registered address of the way back. */
function redirectUri({ publicUrl, request }: Call): string {
  return `${publicUrl ?? `${request.protocol}://${request.host}`}${CALLBACK}`;
}

function cookieName({ secureCookies }: Call): string {
  return secureCookies ? `__Host-${COOKIE}` : COOKIE;
}

/** Lax: the provider's site leads the browser back, and Strict cookies stay at home then. */
function cookieOptions({ secureCookies }: Call): CookieOptions {
  return { httpOnly: true, sameSite: "lax", secure: secureCookies, path: "/" };
}

function secretIn(request: Request, name: string): string | undefined {
  const cookies = (request.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  const value = cookies.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  return value !== undefined && SECRET.test(value) ? value : undefined;
}

/** The way in by the organization's own provider (OpenID Connect, authorization code with PKCE). */
export const SIGN_ON_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/sign-in/organization",
    summary: "Sign in with your organization: leads to its provider",
    tag: TAG,
    access: "public",
    limit: "sign-in",
    query: { next: text(300), fresh: word("1") },
    answer: { status: 303, meaning: "The provider's page" },
    async handler(call) {
      const { app, query, response } = call;
      const next = String(query.next ?? "/");
      const wanted = { next, redirectUri: redirectUri(call), fresh: query.fresh === "1" };
      try {
        const { url, secret } = await beginSignOn(app, organizationIn(call), wanted);
        response.cookie(cookieName(call), secret, cookieOptions(call));
        return { redirect: url };
      } catch (thrown) {
        const error = sayable(thrown, "sign-on-unavailable");
        return { status: 503, html: signInPage({ error, next, organization: true }) };
      }
    },
  },
  {
    method: "get",
    path: CALLBACK,
    summary: "The way back from the provider",
    tag: TAG,
    access: "public",
    limit: "sign-in",
    isQueryOpen: true,
    answer: PAGE,
    async handler(call) {
      const { app, request, requestId, response, secondFactor } = call;
      const organization = organizationIn(call);
      const name = cookieName(call);
      const search = new URL(request.originalUrl, "http://localhost").search;
      const answer = { search, secret: secretIn(request, name) };
      response.clearCookie(name, cookieOptions(call));
      try {
        const origin = { requestId, source: "http" } as const;
        const { entry, next } = await completeSignOn(
          app,
          organization,
          answer,
          origin,
          secondFactor,
        );
        await beginSession(request, entry, app.now().getTime());
        return { html: onwardPage(after(entry, next)) };
      } catch (thrown) {
        const error = sayable(thrown, "unauthenticated", "sign-on-unavailable");
        return { status: 401, html: signInPage({ error, organization: true }) };
      }
    },
  },
];
