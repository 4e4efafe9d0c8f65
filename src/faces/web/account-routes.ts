import {
  changePassword,
  endAllSessions,
  type Proof,
  proveAgain,
} from "../../app/people/own-account.ts";
import { type ActorCall, formBody, type Reply, type Route } from "../http/route.ts";
import { PASSWORD, text } from "../http/schemas.ts";
import { beginSession, endSession, sessionsOf } from "../http/session.ts";
import { accountPage, proofPage } from "./account-pages.ts";
import { after } from "./after.ts";
import { MOVED, PAGE, sayable, TAG, viewerOf } from "./viewer.ts";

const CODE = text(40);
const REFUSED = 422;

async function account(call: ActorCall, error?: string): Promise<Reply> {
  const { app, actor, request } = call;
  const viewer = viewerOf(call);
  const lent = (actor.lent ?? []).map(({ role }) => role);
  const roles = actor.roles.filter((role) => !lent.includes(role));
  const sessions = await sessionsOf(app, request);
  const view = { roles, lent, sessions, ...(error !== undefined && { error }) };
  return { status: error === undefined ? 200 : REFUSED, html: accountPage(viewer, view) };
}

/** What people do about their own accounts without a program. */
export const ACCOUNT_PAGE_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/account",
    summary: "One's own account: roles, sessions, password",
    tag: TAG,
    access: "session",
    answer: PAGE,
    handler: (call) => account(call),
  },
  {
    method: "post",
    path: "/account/password",
    summary: "Change one's own password; every other session ends",
    tag: TAG,
    access: "session",
    limit: "sign-in",
    body: formBody({ password: PASSWORD, code: CODE, newPassword: PASSWORD }, [
      "password",
      "newPassword",
    ]),
    answer: MOVED,
    async handler(call) {
      const { app, actor, request } = call;
      const { password, code, newPassword } = call.body as Proof & { newPassword: string };
      try {
        const person = await changePassword(app, actor, { password, code }, newPassword);
        await beginSession(request, { person, owes: null }, app.now().getTime());
        return { redirect: "/account" };
      } catch (thrown) {
        return account(call, sayable(thrown, "invalid"));
      }
    },
  },
  {
    method: "post",
    path: "/account/sign-out-everywhere",
    summary: "Sign out everywhere",
    tag: TAG,
    access: "session",
    body: formBody({}, []),
    answer: MOVED,
    async handler({ app, actor, request }) {
      await endAllSessions(app, actor);
      await endSession(request);
      return { redirect: "/sign-in" };
    },
  },
  {
    method: "get",
    path: "/account/proof",
    summary: "The form by which somebody proves again who he or she is",
    tag: TAG,
    access: "session",
    query: { next: text(300) },
    answer: PAGE,
    async handler(call) {
      const next = String(call.query.next ?? "/account");
      const organization = call.organization !== undefined;
      return { html: proofPage(viewerOf(call), { next, organization }) };
    },
  },
  {
    method: "post",
    path: "/account/proof",
    summary: "Prove again who one is; holds for five minutes",
    tag: TAG,
    access: "session",
    limit: "sign-in",
    body: formBody({ password: PASSWORD, code: CODE, next: text(300) }, ["password"]),
    answer: MOVED,
    async handler(call) {
      const { app, actor, request } = call;
      const { password, code, next = "/account" } = call.body as Proof & { next?: string };
      try {
        await proveAgain(app, actor, { password, code });
        request.session.provenAt = app.now().getTime();
        return { redirect: after({ owes: null }, next) };
      } catch (thrown) {
        const error = sayable(thrown, "invalid");
        const organization = call.organization !== undefined;
        const html = proofPage(viewerOf(call), { next, organization, error });
        return { status: REFUSED, html };
      }
    },
  },
];
