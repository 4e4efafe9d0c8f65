import { QUEUE_SORTS } from "../../../app/words.ts";
import type { QueueViewInput } from "../queue-use-cases.ts";
import { closed, jsonBody, type Route } from "../route.ts";
import { answer, list, STRING, text, word } from "../schemas.ts";
import { QUEUE_FILTER } from "./queue-filter.ts";

const NAME = text(80);

const VIEW = answer({
  name: STRING,
  filter: { type: "object" },
  sort: STRING,
  shared: { type: "boolean" },
  builtIn: { type: "boolean" },
  owner: { type: ["string", "null"] },
  own: { type: "boolean" },
});

/** Routes of lists of the queue under a name: one's own, what others share, and some that are built in. */
export const QUEUE_VIEW_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/views",
    summary: "The views of the queue: built in, one's own, and those that others share",
    tag: "denials",
    access: "denials:read",
    answer: { status: 200, meaning: "The views", schema: answer({ items: list(VIEW) }) },
    async handler({ app, useCases, actor }) {
      return { json: await useCases.listQueueViews(app, actor) };
    },
  },
  {
    method: "put",
    path: "/api/v1/views/:name",
    summary: "Keep a view of one's own under a name, in place of the one that had it",
    tag: "denials",
    access: "denials:read",
    params: { name: NAME },
    body: jsonBody(
      {
        filter: closed(QUEUE_FILTER, []),
        sort: word(...QUEUE_SORTS),
        shared: { type: "boolean" },
      },
      ["filter", "sort", "shared"],
    ),
    answer: { status: 200, meaning: "The view", schema: VIEW },
    async handler({ app, useCases, actor, params, body }) {
      const view = body as QueueViewInput;
      return { json: await useCases.saveQueueView(app, actor, params.name ?? "", view) };
    },
  },
  {
    method: "delete",
    path: "/api/v1/views/:name",
    summary: "Remove a view of one's own",
    tag: "denials",
    access: "denials:read",
    params: { name: NAME },
    answer: { status: 204, meaning: "The view is gone" },
    async handler({ app, useCases, actor, params }) {
      await useCases.removeQueueView(app, actor, params.name ?? "");
      return { status: 204 };
    },
  },
];
