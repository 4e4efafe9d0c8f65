import { HUMAN_ROLES, KEY_ROLES, type Role } from "../../../app/access.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "../../../app/api-keys.ts";
import {
  completeSetup,
  createSetupLink,
  disableUser,
  listUsers,
  type Newcomer,
} from "../../../app/people.ts";
import { type Credentials, type Person, signIn, signOut } from "../../../app/sign-in.ts";
import { csrfToken } from "../csrf.ts";
import { type Call, jsonBody, type Route } from "../route.ts";
import { answer, EMAIL, ID, INSTANT, list, PASSWORD, STRING, text, word } from "../schemas.ts";
import { beginSession, endSession } from "../session.ts";

const SESSION = answer({ person: answer({}), csrfToken: STRING });
const USER = answer({ id: STRING, name: STRING, email: STRING, roles: list(STRING) });
const KEY = answer({ id: STRING, name: STRING, role: STRING, prefix: STRING, createdAt: INSTANT });

/** Begins the person's session and answers with it, and with the token that its changes must carry. */
async function enter({ app, request }: Call, person: Person) {
  await beginSession(request, person, app.now().getTime());
  return { status: 201, json: { person, csrfToken: csrfToken(request) } };
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
    body: jsonBody({ email: EMAIL, password: PASSWORD, practiceId: ID }, ["email", "password"]),
    answer: {
      status: 201,
      meaning: "Send csrfToken as X-CSRF-Token with changes",
      schema: SESSION,
    },
    async handler(call) {
      const origin = { requestId: call.requestId, source: "http" } as const;
      return enter(call, await signIn(call.app, call.body as Credentials, origin));
    },
  },
  {
    method: "get",
    path: "/api/v1/session",
    summary: "Who is signed in",
    tag: "people",
    access: "session",
    answer: { status: 200, meaning: "The person, and the token for changes", schema: SESSION },
    async handler({ person, request }) {
      return { json: { person, csrfToken: csrfToken(request) } };
    },
  },
  {
    method: "delete",
    path: "/api/v1/session",
    summary: "Sign out",
    tag: "people",
    access: "session",
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
      return enter(call, await completeSetup(call.app, token, newcomer, origin));
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
    body: jsonBody(
      { roles: { ...list(word(...HUMAN_ROLES)), minItems: 1, maxItems: 6, uniqueItems: true } },
      ["roles"],
    ),
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
    params: { id: ID },
    answer: { status: 200, meaning: "The user, now disabled", schema: USER },
    async handler({ app, actor, params }) {
      return { json: await disableUser(app, actor, params.id ?? "") };
    },
  },
];

/** Routes by which an administrator manages the keys of machines. */
export const KEY_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/api-keys",
    summary: "The practice's API keys, without the keys themselves",
    tag: "people",
    access: "keys:manage",
    answer: { status: 200, meaning: "The keys", schema: answer({ items: list(KEY) }) },
    async handler({ app, actor }) {
      return { json: { items: await listApiKeys(app, actor) } };
    },
  },
  {
    method: "post",
    path: "/api/v1/api-keys",
    summary: "A new key for a machine",
    tag: "people",
    access: "keys:manage",
    body: jsonBody(
      {
        name: text(80),
        role: word(...KEY_ROLES),
        expiresInDays: { type: "integer", minimum: 1, maximum: 3650 },
      },
      ["name", "role"],
    ),
    answer: { status: 201, meaning: "The key, shown this once", schema: KEY },
    async handler({ app, actor, body }) {
      const wanted = body as { name: string; role: Role; expiresInDays?: number };
      return { status: 201, json: await createApiKey(app, actor, wanted) };
    },
  },
  {
    method: "delete",
    path: "/api/v1/api-keys/:id",
    summary: "End a key at once",
    tag: "people",
    access: "keys:manage",
    params: { id: ID },
    answer: { status: 200, meaning: "The key, now revoked", schema: KEY },
    async handler({ app, actor, params }) {
      return { json: await revokeApiKey(app, actor, params.id ?? "") };
    },
  },
];
