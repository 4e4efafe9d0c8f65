import { OperatingError } from "../../app/errors.ts";
import { completeSetup, isSetupLinkOpen, type Newcomer } from "../../app/people/people.ts";
import { beginEnrolment, confirmEnrolment } from "../../app/people/second-factor.ts";
import { type Credentials, enterCode, signIn, signOut } from "../../app/people/sign-in.ts";
import { formBody, type Route } from "../http/route.ts";
import { EMAIL, ID, PASSWORD, text } from "../http/schemas.ts";
import { beginSession, endSession, provenByCode } from "../http/session.ts";
import { after } from "./after.ts";
import { setupPage, signInPage } from "./entrance-pages.ts";
import { codePage, enrolmentPage, factorPage, recoveryPage } from "./factor-pages.ts";
import { emptyState, layout } from "./layout.ts";
import { MOVED, PAGE, sayable, TAG, viewerOf } from "./viewer.ts";

const CODE = text(40);

/** The way in and out. */
export const ENTRANCE_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/sign-in",
    summary: "The form to sign in",
    tag: TAG,
    access: "public",
    query: { next: text(300) },
    answer: PAGE,
    async handler({ query, person, organization }) {
      if (person !== undefined) return { redirect: "/" };
      const next = query.next === undefined ? {} : { next: String(query.next) };
      return { html: signInPage({ ...next, organization: organization !== undefined }) };
    },
  },
  {
    method: "post",
    path: "/sign-in",
    summary: "Sign in",
    tag: TAG,
    access: "public",
    limit: "sign-in",
    body: formBody({ email: EMAIL, password: PASSWORD, next: text(300) }, ["email", "password"]),
    answer: MOVED,
    async handler({ app, request, requestId, secondFactor, organization, body }) {
      const { next = "/", ...credentials } = body as Credentials & { next?: string };
      try {
        const origin = { requestId, source: "http" } as const;
        const entry = await signIn(app, credentials, origin, secondFactor);
        await beginSession(request, entry, app.now().getTime());
        return { redirect: after(entry, next) };
      } catch (thrown) {
        const error = sayable(thrown, "unauthenticated");
        const said = { error, email: credentials.email, next };
        const isOffered = organization !== undefined;
        return { status: 401, html: signInPage({ ...said, organization: isOffered }) };
      }
    },
  },
  {
    method: "get",
    path: "/sign-in/code",
    summary: "The form for the code of the second factor",
    tag: TAG,
    access: "entrance",
    query: { next: text(300) },
    answer: PAGE,
    async handler(call) {
      const { owes, query } = call;
      if (owes !== "code") return { redirect: owes === undefined ? "/" : "/second-factor" };
      return { html: codePage(viewerOf(call), { next: String(query.next ?? "/") }) };
    },
  },
  {
    method: "post",
    path: "/sign-in/code",
    summary: "Give the code of the second factor",
    tag: TAG,
    access: "entrance",
    limit: "sign-in",
    body: formBody({ code: CODE, next: text(300) }, ["code"]),
    answer: MOVED,
    async handler(call) {
      const { app, request, requestId, person, owes } = call;
      const { code, next = "/" } = call.body as { code: string; next?: string };
      if (person === undefined || owes !== "code") return { redirect: "/" };
      try {
        const entry = await enterCode(app, person, code, { requestId, source: "http" });
        const now = app.now().getTime();
        const provenAt = provenByCode(request, now);
        await beginSession(request, { ...entry, provenAt }, now);
        return { redirect: after(entry, next) };
      } catch (thrown) {
        const error = sayable(thrown, "unauthenticated");
        return { status: 401, html: codePage(viewerOf(call), { error, next }) };
      }
    },
  },
  {
    method: "get",
    path: "/second-factor",
    summary: "What a second factor is, and a button to set one up",
    tag: TAG,
    access: "entrance",
    answer: PAGE,
    async handler(call) {
      if (call.owes === "code") return { redirect: "/sign-in/code" };
      return { html: factorPage(viewerOf(call)) };
    },
  },
  {
    method: "post",
    path: "/second-factor",
    summary: "A new secret for the authenticator app",
    tag: TAG,
    access: "entrance",
    body: formBody({}, []),
    answer: PAGE,
    async handler(call) {
      const { app, actor, owes } = call;
      if (owes === "code") return { redirect: "/sign-in/code" };
      return {
        html: enrolmentPage(viewerOf(call), { enrolment: await beginEnrolment(app, actor) }),
      };
    },
  },
  {
    method: "post",
    path: "/second-factor/confirm",
    summary: "Put the second factor to use, by a code of it",
    tag: TAG,
    access: "entrance",
    limit: "sign-in",
    body: formBody({ code: CODE }, ["code"]),
    answer: PAGE,
    async handler(call) {
      const { app, actor, person, owes, request } = call;
      const { code } = call.body as { code: string };
      if (person === undefined || owes === "code") return { redirect: "/sign-in/code" };
      try {
        const { recoveryCodes } = await confirmEnrolment(app, actor, code);
        const now = app.now().getTime();
        const provenAt = provenByCode(request, now);
        await beginSession(request, { person, owes: null, provenAt }, now);
        const { owes: _paid, ...entered } = call;
        return { html: recoveryPage(viewerOf(entered), recoveryCodes) };
      } catch (thrown) {
        const error = sayable(thrown, "invalid");
        return { status: 422, html: enrolmentPage(viewerOf(call), { error }) };
      }
    },
  },
  {
    method: "get",
    path: "/setup/:token",
    summary: "The form by which the person whom a link invites becomes a user",
    tag: TAG,
    access: "public",
    limit: "sign-in",
    params: { token: ID },
    answer: PAGE,
    async handler({ app, params }) {
      const token = params.token ?? "";
      if (await isSetupLinkOpen(app, token)) return { html: setupPage(token, {}) };
      throw new OperatingError("not-found", "The setup link is unknown, was used, or is too old.");
    },
  },
  {
    method: "post",
    path: "/setup/:token",
    summary: "Become a user",
    tag: TAG,
    access: "public",
    limit: "sign-in",
    params: { token: ID },
    body: formBody({ email: EMAIL, name: text(100), password: PASSWORD }, [
      "email",
      "name",
      "password",
    ]),
    answer: MOVED,
    async handler({ app, request, requestId, secondFactor, params, body }) {
      const token = params.token ?? "";
      const newcomer = body as Newcomer;
      try {
        const person = await completeSetup(app, token, newcomer, { requestId, source: "http" });
        await beginSession(request, { person, owes: null }, app.now().getTime());
        return { redirect: secondFactor === "required" ? "/second-factor" : "/" };
      } catch (thrown) {
        const error = sayable(thrown, "invalid", "state");
        const { email, name } = newcomer;
        return { status: 422, html: setupPage(token, { error, email, name }) };
      }
    },
  },
  {
    method: "post",
    path: "/sign-out",
    summary: "Sign out",
    tag: TAG,
    access: "entrance",
    body: formBody({}, []),
    answer: MOVED,
    async handler({ app, actor, request }) {
      await signOut(app, actor);
      await endSession(request);
      return { redirect: "/sign-in" };
    },
  },
  {
    method: "get",
    path: "/",
    summary: "The first room that the person may enter",
    tag: TAG,
    access: "session",
    answer: MOVED,
    async handler(call) {
      const viewer = viewerOf(call);
      const [first] = viewer.rooms;
      if (first !== undefined) return { redirect: first.path };
      const meaning = "Your roles show no claims or money.";
      const next = "Users and keys are managed by the API, see /api/docs.";
      return { html: layout({ title: "Welcome", viewer }, emptyState(meaning, next)) };
    },
  },
];
