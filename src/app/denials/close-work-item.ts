import type { ClientSession } from "mongoose";
import { reopen, resolve } from "../../billing/denials/index.ts";
import type { WorkItemDoc } from "../../platform/store/index.ts";
import type { Actor, App } from "../context.ts";
import { replaceItem } from "./store-items.ts";

/** Ends an item by the program's own hand, saying why. */
export async function closeItem(
  app: App,
  actor: Actor,
  item: WorkItemDoc,
  outcome: "no-action" | "corrected" | "paid-on-resubmission" | "written-off",
  text: string,
  session: ClientSession,
  settledBy?: string,
): Promise<void> {
  const at = app.now().toISOString();
  const next = resolve(item, { version: item.version, by: "claimwright", at, outcome, text });
  if ("refusal" in next) return;
  const ended = settledBy === undefined ? next.item : { ...next.item, settledBy };
  await replaceItem(app, actor, item, ended, session);
}

/** Opens an item again that the program had ended, saying why. */
export async function reopenItem(
  app: App,
  actor: Actor,
  item: WorkItemDoc,
  text: string,
  session: ClientSession,
): Promise<void> {
  const at = app.now().toISOString();
  const next = reopen(item, { version: item.version, by: "claimwright", at, text });
  if ("refusal" in next) return;
  await replaceItem(app, actor, item, { ...next.item, settledBy: undefined }, session);
}
