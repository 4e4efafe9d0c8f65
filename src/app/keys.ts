import { withNewKey, withoutOldKeys } from "../trust/sealing/index.ts";
import { recordAudit } from "./audit/audit.ts";
import type { Actor, App } from "./context.ts";
import { OperatingError } from "./errors.ts";

/** The keys as people may see them: never a key itself. */
export interface KeyReport {
  readonly source: string;
  readonly current: string;
  readonly keys: readonly { readonly id: string; readonly createdAt: string }[];
}

/** Which keys there are, and where they are kept. */
export function showKeys({ store: { keys } }: App): KeyReport {
  const { current, keys: all } = keys.ring;
  return {
    source: keys.description,
    current: current.id,
    keys: [...all.values()].map(({ id, createdAt }) => ({ id, createdAt })),
  };
}

/** What a sealing anew has done, by collection. */
export type ResealReport = Readonly<
  Record<string, { readonly seen: number; readonly resealed: number }>
>;

/** Makes a new key the current one. What was sealed before stays readable; `resealData` seals it anew. */
export async function rotateKeys(app: App, actor: Actor): Promise<KeyReport> {
  app.store.keys.change((ring) => withNewKey(ring, app.now()));
  await recordAudit(app, actor, keyDraft("key.rotate", app.store.keys.ring.current.id));
  return showKeys(app);
}

/** Seals everything by the current key; can be cut off and run again at any time, while others work. */
export async function resealData(
  app: App,
  actor: Actor,
  tell: (progress: { collection: string; seen: number; resealed: number }) => void,
): Promise<ResealReport> {
  const report: Record<string, { seen: number; resealed: number }> = {};
  for await (const { collection, seen, resealed } of app.store.reseal()) {
    report[collection] = { seen, resealed };
    tell({ collection, seen, resealed });
  }
  await recordAudit(app, actor, keyDraft("key.reseal", app.store.keys.ring.current.id));
  return report;
}

/** Forgets all keys but the current one: only when a whole round finds nothing that one of them has sealed. */
export async function retireKeys(app: App, actor: Actor): Promise<KeyReport> {
  const report = await resealData(app, actor, () => undefined);
  const found = Object.values(report).some(({ resealed }) => resealed > 0);
  if (found) {
    throw new OperatingError(
      "state",
      "Old keys were still in use; what they had sealed is sealed anew. Try again in a minute.",
    );
  }
  const retired = [...app.store.keys.ring.keys.keys()];
  app.store.keys.change(withoutOldKeys);
  const { current } = app.store.keys.ring;
  const gone = retired.filter((id) => id !== current.id);
  const draft = keyDraft("key.retire", current.id);
  await recordAudit(app, actor, { ...draft, detail: { retired: gone } });
  return showKeys(app);
}

function keyDraft(action: string, id: string) {
  const entity = { type: "key", id };
  return { action, entity, purpose: "operations", outcome: "success" } as const;
}
