import { jsonBody, type Route } from "../route.ts";
import { answer, COUNT, STRING, text } from "../schemas.ts";

const SETTINGS = answer({
  number: COUNT,
  inForceFrom: { type: ["string", "null"] },
  by: { type: ["string", "null"] },
  reason: { type: ["string", "null"] },
  settings: { type: "object" },
  usual: answer({ postOn: STRING, crossoverDays: COUNT }),
});

/** Routes of what the practice decides for its payers. */
export const PAYER_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/payer-settings",
    summary: "What holds for payers: when their remittances post, and how long is waited for them",
    tag: "rules",
    access: "ledger:read",
    answer: { status: 200, meaning: "The settings in force", schema: SETTINGS },
    async handler({ app, useCases, actor }) {
      return { json: await useCases.showPayerSettings(app, actor) };
    },
  },
  {
    method: "post",
    path: "/api/v1/payer-settings",
    summary: "Put other payer settings in force (schemas/payers.schema.json)",
    tag: "rules",
    access: "rules:adopt",
    reauthenticate: true,
    body: jsonBody({ settings: { type: "object" }, reason: text(400) }, ["settings", "reason"]),
    answer: { status: 200, meaning: "The settings in force now", schema: SETTINGS },
    async handler({ app, useCases, actor, body }) {
      const input = body as { settings: object; reason: string };
      return { json: await useCases.setPayerSettings(app, actor, input) };
    },
  },
];
