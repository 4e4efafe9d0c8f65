import { actorMay, PERMISSIONS } from "../../../app/access.ts";
import { listColleagues } from "../../../app/people/people.ts";
import {
  ALL_REASON_WORDS,
  ALL_REMARK_WORDS,
  DENIAL_RATE_BREAKDOWNS,
  OUTCOMES,
  PARK_REASONS,
  WORK_ITEM_KINDS,
} from "../../../app/words.ts";
import type { ActorCall, Route } from "../route.ts";
import { answer, list, STRING } from "../schemas.ts";

const TEXTS = { type: "object", additionalProperties: STRING };
const WORDS = {
  outcomes: OUTCOMES,
  workItemKinds: WORK_ITEM_KINDS,
  denialRateBreakdowns: DENIAL_RATE_BREAKDOWNS,
  parkReasons: PARK_REASONS,
  reasons: ALL_REASON_WORDS,
  remarks: ALL_REMARK_WORDS,
};

/** The permissions that the actor holds: what a page may offer. What is not held is refused all the same. */
export function permissionsOf({ actor }: ActorCall) {
  return PERMISSIONS.filter((permission) => actorMay(actor, permission));
}

/** What a page needs to speak the trade's language: lists to choose from, codes in plain words, people to ask. */
export const WORD_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/words",
    summary: "The lists that people choose from, and reason and remark codes in plain words",
    tag: "words",
    access: "session",
    answer: {
      status: 200,
      meaning: "Names as the other answers use them",
      schema: answer({
        outcomes: list(STRING),
        workItemKinds: list(STRING),
        denialRateBreakdowns: list(STRING),
        parkReasons: TEXTS,
        reasons: TEXTS,
        remarks: TEXTS,
      }),
    },
    handler: async () => ({ json: WORDS }),
  },
  {
    method: "get",
    path: "/api/v1/colleagues",
    summary: "Who can be given work",
    tag: "people",
    access: "denials:read",
    answer: {
      status: 200,
      meaning: "Their ids and names",
      schema: answer({ items: list(answer({ id: STRING, name: STRING })) }),
    },
    async handler({ app, actor }) {
      return { json: { items: await listColleagues(app, actor) } };
    },
  },
];
