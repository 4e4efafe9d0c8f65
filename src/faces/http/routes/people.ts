import { HUMAN_ROLES, type Role } from "../../../app/access.ts";
import { OperatingError } from "../../../app/errors.ts";
import {
  changePassword,
  endAllSessions,
  type Proof,
  proveAgain,
} from "../../../app/people/own-account.ts";
import {
  changeRoles,
  completeSetup,
  createSetupLink,
  disableUser,
  listUsers,
  type Newcomer,
} from "../../../app/people/people.ts";
import {
  beginEnrolment,
  confirmEnrolment,
  resetFactor,
} from "../../../app/people/second-factor.ts";
import {
  type Credentials,
  type Entry,
  enterCode,
  type Owed,
  type Person,
  signIn,
  signOut,
} from "../../../app/people/sign-in.ts";
import { unlinkUser } from "../../../app/people/sign-on.ts";
import { csrfToken } from "../csrf.ts";
import { type ActorCall, type Call, jsonBody, type Route } from "../route.ts";
import { answer, EMAIL, ID, INSTANT, list, PASSWORD, STRING, text, word } from "../schemas.ts";
import { beginSession, endSession, provenByCode, sessionsOf } from "../session.ts";
import { permissionsOf } from "./words.ts";

const SESSION = answer({
  person: answer({}),
  owes: {
    enum: ["code", "enrolment", null],
    description: "What opens the rest: a code, or setting up a second factor first.",
  },
  csrfToken: STRING,
  permissions: { ...list(STRING), description: "What the person may do." },
});
const CODE = text(40);
const ROLES_OF_PEOPLE = {
  ...list(word(...HUMAN_ROLES)),
  minItems: 1,
  maxItems: HUMAN_ROLES.length,
  uniqueItems: true,
};
const USER = answer({ id: STRING, name: STRING, email: STRING, roles: list(STRING) });

/** Begins the person's session and answers with it, and with the token that its changes must carry. */
async function enter({ app, request }: Call, entry: Entry) {
  await beginSession(request, entry, app.now().getTime());
  const { person, owes } = entry;
  return { status: 201, json: { person, owes, csrfToken: csrfToken(request) } };
}

/** The person whose session owes this; `state` where it does not. */
function owing(call: ActorCall, owed: Owed): Person {
  if (call.owes !== owed) throw new OperatingError("state", "The session owes no code.");
  return signedIn(call);
}

/** `second-factor` where the session still owes this. */
function refuseOwing({ owes }: ActorCall, owed: Owed): void {
  if (owes === owed) throw new OperatingError("second-factor");
}

function signedIn({ person }: ActorCall): Person {
  if (person === undefined) throw new OperatingError("forbidden");
  return person;
}

/** Routes by which people come in and go. */
export const SESSION_ROUTES: readonly Route[] = [
  {
    method: "post",
    path: "/api/v1/session",
    summary: "Sign in; the answer sets the session cookie",
    tag: "people",
    access: "public",
    limit: "sign-in",
    body: jsonBody({ email: EMAIL, password: PASSWORD, practiceId: ID, code: CODE }, [
      "email",
      "password",
    ]),
    answer: {
      status: 201,
      meaning: "Send csrfToken as X-CSRF-Token with changes",
      schema: SESSION,
    },
    async handler(call) {
      const origin = { requestId: call.requestId, source: "http" } as const;
      const { app, body, secondFactor } = call;
      return enter(call, await signIn(app, body as Credentials, origin, secondFactor));
    },
  },
  {
    method: "post",
    path: "/api/v1/session/code",
    summary: "Give the code that the session owes: of the authenticator app, or a recovery code",
    tag: "people",
    access: "entrance",
    limit: "sign-in",
    body: jsonBody({ code: CODE }, ["code"]),
    answer: { status: 201, meaning: "The session, under a new id", schema: SESSION },
    async handler(call) {
      const { app, requestId } = call;
      const { code } = call.body as { code: string };
      const person = owing(call, "code");
      const entry = await enterCode(app, person, code, { requestId, source: "http" });
      const provenAt = provenByCode(call.request, app.now().getTime());
      return enter(call, { ...entry, provenAt });
    },
  },
  {
    method: "get",
    path: "/api/v1/session",
    summary: "Who is signed in",
    tag: "people",
    access: "entrance",
    answer: { status: 200, meaning: "The person, and the token for changes", schema: SESSION },
    async handler(call) {
      const { person, owes = null, request } = call;
      const permissions = owes === null ? permissionsOf(call) : [];
      return { json: { person, owes, permissions, csrfToken: csrfToken(request) } };
    },
  },
  {
    method: "delete",
    path: "/api/v1/session",
    summary: "Sign out",
    tag: "people",
    access: "entrance",
    answer: { status: 204, meaning: "The session is no more" },
    async handler({ app, actor, request }) {
      await signOut(app, actor);
      await endSession(request);
      return { status: 204 };
    },
  },
  {
    method: "post",
    path: "/api/v1/setup",
    summary: "Become the user whom a setup link invites",
    tag: "people",
    access: "public",
    limit: "sign-in",
    body: jsonBody({ token: text(100), email: EMAIL, name: text(100), password: PASSWORD }, [
      "token",
      "email",
      "name",
      "password",
    ]),
    answer: { status: 201, meaning: "The user exists and is signed in", schema: SESSION },
    async handler(call) {
      const { token, ...newcomer } = call.body as Newcomer & { token: string };
      const origin = { requestId: call.requestId, source: "http" } as const;
      const person = await completeSetup(call.app, token, newcomer, origin);
      return enter(call, { person, owes: null });
    },
  },
];

/** Routes by which people keep their own accounts safe. */
export const ACCOUNT_ROUTES: readonly Route[] = [
  {
    method: "post",
    path: "/api/v1/session/proof",
    summary: "Prove again who you are, as dangerous acts ask; holds for five minutes",
    tag: "people",
    access: "session",
    limit: "sign-in",
    body: jsonBody({ password: PASSWORD, code: CODE }, ["password"]),
    answer: { status: 204, meaning: "Proved; the code is needed where a second factor is in use" },
    async handler({ app, actor, body, request }) {
      await proveAgain(app, actor, body as Proof);
      request.session.provenAt = app.now().getTime();
      return { status: 204 };
    },
  },
  {
    method: "post",
    path: "/api/v1/password",
    summary: "Change one's own password; every other session ends",
    tag: "people",
    access: "session",
    limit: "sign-in",
    body: jsonBody({ password: PASSWORD, code: CODE, newPassword: PASSWORD }, [
      "password",
      "newPassword",
    ]),
    answer: { status: 201, meaning: "The session, under a new id", schema: SESSION },
    async handler(call) {
      const { app, actor } = call;
      const { newPassword, ...proof } = call.body as Proof & { newPassword: string };
      const person = await changePassword(app, actor, proof, newPassword);
      return enter(call, { person, owes: null });
    },
  },
  {
    method: "get",
    path: "/api/v1/sessions",
    summary: "Where one is signed in",
    tag: "people",
    access: "session",
    answer: {
      status: 200,
      meaning: "The open sessions of the person, newest first",
      schema: answer({ items: list(answer({ signedInAt: INSTANT, seenAt: INSTANT })) }),
    },
    async handler({ app, request }) {
      return { json: { items: await sessionsOf(app, request) } };
    },
  },
  {
    method: "delete",
    path: "/api/v1/sessions",
    summary: "Sign out everywhere",
    tag: "people",
    access: "session",
    answer: { status: 204, meaning: "No session of the person is left" },
    async handler({ app, actor, request }) {
      await endAllSessions(app, actor);
      await endSession(request);
      return { status: 204 };
    },
  },
];

/** Routes by which people set up their second factor. */
export const FACTOR_ROUTES: readonly Route[] = [
  {
    method: "post",
    path: "/api/v1/second-factor",
    summary: "A new secret for the authenticator app; a code of it puts it to use",
    tag: "people",
    access: "entrance",
    answer: {
      status: 201,
      meaning: "The secret, shown this once, and as the text of a QR code",
      schema: answer({ uri: STRING, secret: STRING }),
    },
    async handler(call) {
      const { app, actor } = call;
      refuseOwing(call, "code");
      return { status: 201, json: await beginEnrolment(app, actor) };
    },
  },
  {
    method: "post",
    path: "/api/v1/second-factor/confirm",
    summary: "Put the second factor to use, by a code of the authenticator app",
    tag: "people",
    access: "entrance",
    limit: "sign-in",
    body: jsonBody({ code: CODE }, ["code"]),
    answer: {
      status: 201,
      meaning: "Ten one-time codes for the day when the app is not at hand, shown this once",
      schema: answer({ recoveryCodes: list(STRING), csrfToken: STRING }),
    },
    async handler(call) {
      const { app, actor, request } = call;
      const { code } = call.body as { code: string };
      refuseOwing(call, "code");
      const { recoveryCodes } = await confirmEnrolment(app, actor, code);
      const provenAt = provenByCode(request, app.now().getTime());
      await enter(call, { person: signedIn(call), owes: null, provenAt });
      return { status: 201, json: { recoveryCodes, csrfToken: csrfToken(request) } };
    },
  },
];

/** Routes by which an administrator manages users. */
export const USER_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/users",
    summary: "The users of the practice",
    tag: "people",
    access: "users:manage",
    answer: { status: 200, meaning: "The users", schema: answer({ items: list(USER) }) },
    async handler({ app, actor }) {
      return { json: { items: await listUsers(app, actor) } };
    },
  },
  {
    method: "post",
    path: "/api/v1/users/invitations",
    summary: "A one-time link by which a new user sets up an account",
    tag: "people",
    access: "users:manage",
    reauthenticate: true,
    body: jsonBody({ roles: ROLES_OF_PEOPLE }, ["roles"]),
    answer: {
      status: 201,
      meaning: "The path of the link; it is shown once and is good for 24 hours",
      schema: answer({ path: STRING, expiresAt: INSTANT }),
    },
    async handler({ app, actor, body }) {
      const { roles } = body as { roles: Role[] };
      const { path, expiresAt } = await createSetupLink(app, actor, roles);
      return { status: 201, json: { path, expiresAt } };
    },
  },
  {
    method: "delete",
    path: "/api/v1/users/:id",
    summary: "End a user's access at once",
    tag: "people",
    access: "users:manage",
    reauthenticate: true,
    params: { id: ID },
    answer: { status: 200, meaning: "The user, now disabled", schema: USER },
    async handler({ app, actor, params }) {
      return { json: await disableUser(app, actor, params.id ?? "") };
    },
  },
  {
    method: "post",
    path: "/api/v1/users/:id/roles",
    summary: "Give a user these roles and no others; the user's sessions end",
    tag: "people",
    access: "users:manage",
    reauthenticate: true,
    params: { id: ID },
    body: jsonBody({ roles: ROLES_OF_PEOPLE }, ["roles"]),
    answer: { status: 200, meaning: "The user, with the new roles", schema: USER },
    async handler({ app, actor, params, body }) {
      const { roles } = body as { roles: Role[] };
      return { json: await changeRoles(app, actor, params.id ?? "", roles) };
    },
  },
  {
    method: "delete",
    path: "/api/v1/users/:id/second-factor",
    summary: "Take a user's second factor away; the next sign-in sets up a new one",
    tag: "people",
    access: "users:manage",
    reauthenticate: true,
    params: { id: ID },
    answer: { status: 204, meaning: "The factor and its recovery codes count no more" },
    async handler({ app, actor, params }) {
      await resetFactor(app, actor, params.id ?? "");
      return { status: 204 };
    },
  },
  {
    method: "delete",
    path: "/api/v1/users/:id/sign-on",
    summary: "Forget the provider's name of a user; the next sign-on goes by the address again",
    tag: "people",
    access: "users:manage",
    reauthenticate: true,
    params: { id: ID },
    answer: { status: 204, meaning: "The user is linked to nobody at the provider" },
    async handler({ app, actor, params }) {
      await unlinkUser(app, actor, params.id ?? "");
      return { status: 204 };
    },
  },
];
