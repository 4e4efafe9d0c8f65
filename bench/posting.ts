/** How fast remittances post, durably and with audit and work items, against storing bare documents. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ingestFile } from "../src/app/ingest-file.ts";
import { newIds } from "../src/app/open-app.ts";
import { openStore } from "../src/platform/store/index.ts";
import { bigRemittance } from "../test/app/big-remittance.ts";
import { actorOf, appOn, fileOf } from "../test/app/practice.ts";
import type { BenchResult } from "./result.ts";

const TARGET = 0.08;
const INSERTED_AT_ONCE = 1000;
const DOCUMENT_BYTES = 1000;

/**
 * Claim payments a second, ten of a hundred denied, in one file, on the embedded store, to documents of 1 kB a
 * second that insertMany stores there in the same run.
 */
export async function posting(scale: { smoke: boolean }): Promise<BenchResult[]> {
  const claims = scale.smoke ? 300 : 5000;
  const directory = mkdtempSync(join(tmpdir(), "cw-bench-"));
  const store = await openStore({ directory });
  try {
    const newId = newIds(() => Date.now());
    const app = appOn(store, newId);
    const actor = actorOf("bench");
    const big = bigRemittance(claims);
    const take = (text: string) => ingestFile(app, actor, fileOf(text), () => undefined);
    const registering = await secondsOf(() => take(big.claimFile));
    const seconds = await secondsOf(async () => {
      const { posted, paidCents } = await take(big.remittanceFile);
      if (posted !== claims || paidCents !== big.paidCents) throw new Error("not all was posted");
    });
    const documents = scale.smoke ? 1000 : 20_000;
    const raw = await secondsOf(async () => {
      const collection = store.connection.collection<{ _id: string; text: string }>("bench");
      for (let done = 0; done < documents; done += INSERTED_AT_ONCE) {
        await collection.insertMany(
          Array.from({ length: INSERTED_AT_ONCE }, () => ({
            _id: newId(),
            text: "x".repeat(DOCUMENT_BYTES),
          })),
        );
      }
    });
    const perSecond = claims / seconds;
    const rawPerSecond = documents / raw;
    return [
      {
        name: "post remittance",
        ratio: perSecond / rawPerSecond,
        target: TARGET,
        detail:
          `${claims} claim payments: ${Math.round(perSecond)} a second ` +
          `(registered ${Math.round(claims / registering)} claims a second), ` +
          `insertMany ${Math.round(rawPerSecond)} documents a second`,
      },
    ];
  } finally {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}
