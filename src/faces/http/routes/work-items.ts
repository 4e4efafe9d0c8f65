import { OUTCOMES } from "../../../app/words.ts";
import type { QueueUseCases, WorkItemView } from "../queue-use-cases.ts";
import { jsonBody, type Route, type Schema } from "../route.ts";
import { DATE, ID, INSTANT, text, VERSION, WORK_ITEM, word } from "../schemas.ts";
import type { Act } from "../use-case.ts";

const CHANGED = { status: 200, meaning: "The work item as it is now", schema: WORK_ITEM } as const;

const LONG_TEXT = text(4000);

/** Names of the use cases that change one item. */
type ChangeName = {
  [Name in keyof QueueUseCases]: QueueUseCases[Name] extends Act<never, WorkItemView>
    ? Name
    : never;
}[keyof QueueUseCases];

/** The route of a use case that changes one item: `POST /api/v1/denials/:id/<verb>`. */
function changeRoute(
  verb: string,
  useCase: ChangeName,
  summary: string,
  body: Readonly<Record<string, Schema>>,
  required: string[],
): Route {
  return {
    method: "post",
    path: `/api/v1/denials/:id/${verb}`,
    summary,
    tag: "denials",
    access: "denials:work",
    params: { id: ID },
    body: jsonBody(body, required),
    answer: CHANGED,
    async handler({ app, useCases, actor, params, body: input }) {
      const change = useCases[useCase] as Act<unknown, WorkItemView>;
      return { json: await change(app, actor, params.id ?? "", input) };
    },
  };
}

/**
 * Routes that change one item. Each refuses a version that is not the newest as `stale`, with the item as it is now in
 * `current`.
 */
export const WORK_ITEM_ROUTES: readonly Route[] = [
  changeRoute("take", "takeWorkItem", "Take a work item oneself", { version: VERSION }, [
    "version",
  ]),
  changeRoute(
    "hand-over",
    "handOverWorkItem",
    "Give a work item to somebody else with a word about what is to be done",
    { assignee: text(80), text: LONG_TEXT, version: VERSION },
    ["assignee", "text", "version"],
  ),
  changeRoute(
    "wait",
    "waitWorkItem",
    "Set a work item aside until a date",
    { until: DATE, text: LONG_TEXT, version: VERSION },
    ["until", "version"],
  ),
  changeRoute("resume", "resumeWorkItem", "Take up a work item that waited", { version: VERSION }, [
    "version",
  ]),
  changeRoute(
    "assign",
    "assignWorkItem",
    "Give a work item to somebody, or (null) back to the queue",
    { assignee: { ...text(80), type: ["string", "null"] }, version: VERSION },
    ["assignee"],
  ),
  changeRoute("note", "noteWorkItem", "Write down what was done or learned", { text: LONG_TEXT }, [
    "text",
  ]),
  changeRoute(
    "call",
    "callWorkItem",
    "Write down a telephone call",
    {
      at: INSTANT,
      who: text(200),
      number: text(40),
      reference: text(80),
      text: LONG_TEXT,
      version: VERSION,
    },
    ["who", "text"],
  ),
  changeRoute(
    "next-action",
    "planWorkItem",
    "Say when a work item is to be looked at next, and what for",
    { date: DATE, text: LONG_TEXT, version: VERSION },
    ["date", "text"],
  ),
  changeRoute(
    "reopen",
    "reopenWorkItem",
    "Open a closed work item again and say why",
    { text: LONG_TEXT, version: VERSION },
    ["text"],
  ),
  changeRoute(
    "resolve",
    "resolveWorkItem",
    "Close a work item with its outcome",
    { outcome: word(...OUTCOMES), note: LONG_TEXT, version: VERSION },
    ["outcome"],
  ),
];
