import { KEY_ROLES, type Role } from "../../../app/access.ts";
import {
  createApiKey,
  listApiKeys,
  OVERLAP_HOURS,
  revokeApiKey,
  rotateApiKey,
} from "../../../app/people/api-keys.ts";
import { jsonBody, type Route } from "../route.ts";
import { answer, ID, INSTANT, list, STRING, text, word } from "../schemas.ts";

const KEY = answer({
  id: STRING,
  name: STRING,
  role: STRING,
  prefix: STRING,
  state: word("active", "expiring", "replaced", "expired", "revoked"),
  createdAt: INSTANT,
});
const EXPIRES_IN_DAYS = { type: "integer", minimum: 1, maximum: 3650 };

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
    reauthenticate: true,
    body: jsonBody(
      {
        name: text(80),
        role: word(...KEY_ROLES),
        expiresInDays: EXPIRES_IN_DAYS,
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
    method: "post",
    path: "/api/v1/api-keys/:id/rotate",
    summary: "A new key in the place of this one, which goes on working for some hours",
    tag: "people",
    access: "keys:manage",
    reauthenticate: true,
    params: { id: ID },
    body: jsonBody(
      {
        overlapHours: {
          type: "integer",
          minimum: 0,
          maximum: OVERLAP_HOURS.most,
          description: `How long both work; ${OVERLAP_HOURS.usual} without it.`,
        },
        expiresInDays: EXPIRES_IN_DAYS,
      },
      [],
    ),
    answer: {
      status: 201,
      meaning: "The old key with its end, and the new one, shown this once",
      schema: answer({ old: KEY, new: KEY }),
    },
    async handler({ app, actor, params, body }) {
      const wanted = body as { overlapHours?: number; expiresInDays?: number };
      return { status: 201, json: await rotateApiKey(app, actor, params.id ?? "", wanted) };
    },
  },
  {
    method: "delete",
    path: "/api/v1/api-keys/:id",
    summary: "End a key at once",
    tag: "people",
    access: "keys:manage",
    reauthenticate: true,
    params: { id: ID },
    answer: { status: 200, meaning: "The key, now revoked", schema: KEY },
    async handler({ app, actor, params }) {
      return { json: await revokeApiKey(app, actor, params.id ?? "") };
    },
  },
];
