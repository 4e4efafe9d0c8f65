import type { ClientSession } from "mongoose";
import { reopen, resolve, type WorkItem } from "../../billing/denials/index.ts";
import type { Actor, App } from "../context.ts";

/** Ends an item by the program's own hand, saying why. */
export async function closeItem(
  app: App,
  actor: Actor,
  item: WorkItem & { readonly _id: string },
  outcome: "no-action" | "corrected" | "paid-on-resubmission",
  text: string,
  session: ClientSession,
  settledBy?: string,
): Promise<void> {
  const at = app.now().toISOString();
  const next = resolve(item, { version: item.version, by: "claimwright", at, outcome, text });
  if ("refusal" in next) return;
  const document = { ...item, ...next.item, ...(settledBy === undefined ? {} : { settledBy }) };
  await app.store
    .practice(actor.practiceId)
    .workItems.replace([{ document, version: item.version }], session);
}

/** Opens an item again that the program had ended, saying why. */
export async function reopenItem(
  app: App,
  actor: Actor,
  item: WorkItem & { readonly _id: string },
  text: string,
  session: ClientSession,
): Promise<void> {
  const at = app.now().toISOString();
  const next = reopen(item, { version: item.version, by: "claimwright", at, text });
  if ("refusal" in next) return;
  const ended = {
    outcome: undefined,
    resolvedAt: undefined,
    assignee: undefined,
    settledBy: undefined,
  };
  const document = { ...item, ...next.item, ...ended };
  await app.store
    .practice(actor.practiceId)
    .workItems.replace([{ document, version: item.version }], session);
}
