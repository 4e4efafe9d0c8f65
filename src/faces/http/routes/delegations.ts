import type { Role } from "../../../app/access.ts";
import { LENDABLE_ROLES } from "../../../app/access.ts";
import {
  type DelegationWish,
  lendRoles,
  listDelegations,
  takeRolesBack,
} from "../../../app/people/delegations.ts";
import { jsonBody, type Route } from "../route.ts";
import { answer, ID, INSTANT, list, STRING, text, word } from "../schemas.ts";

const PERSON = answer({ id: STRING, name: STRING });
const DELEGATION = answer({
  id: STRING,
  from: PERSON,
  to: PERSON,
  roles: list(STRING),
  reason: STRING,
  createdAt: INSTANT,
  endsAt: INSTANT,
  revokedAt: { type: ["string", "null"] },
  state: word("running", "revoked", "over"),
});

/** Routes by which people lend roles of theirs to one another for a while. */
export const DELEGATION_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/delegations",
    summary: "Roles that are or were lent, by me or to me; all of them for who manages users",
    tag: "people",
    access: "session",
    answer: {
      status: 200,
      meaning: "Newest first",
      schema: answer({ items: list(DELEGATION) }),
    },
    async handler({ app, actor }) {
      return { json: { items: await listDelegations(app, actor) } };
    },
  },
  {
    method: "post",
    path: "/api/v1/delegations",
    summary: "Lend roles of one's own to a colleague until a moment within 30 days",
    tag: "people",
    access: "session",
    reauthenticate: true,
    body: jsonBody(
      {
        to: { ...text(254), description: "The colleague's id or e-mail address." },
        roles: {
          ...list(word(...LENDABLE_ROLES)),
          minItems: 1,
          maxItems: LENDABLE_ROLES.length,
          uniqueItems: true,
        },
        until: INSTANT,
        reason: { ...text(200), description: "Why; without patient data." },
      },
      ["to", "roles", "until", "reason"],
    ),
    answer: { status: 201, meaning: "What is lent from now on", schema: DELEGATION },
    async handler({ app, actor, body }) {
      const wish = body as DelegationWish & { roles: readonly Role[] };
      return { status: 201, json: await lendRoles(app, actor, actor.id, wish) };
    },
  },
  {
    method: "delete",
    path: "/api/v1/delegations/:id",
    summary: "End a delegation at once: for who lends, who was lent to, and who manages users",
    tag: "people",
    access: "session",
    params: { id: ID },
    answer: { status: 200, meaning: "The delegation, now ended", schema: DELEGATION },
    async handler({ app, actor, params }) {
      return { json: await takeRolesBack(app, actor, params.id ?? "") };
    },
  },
];
