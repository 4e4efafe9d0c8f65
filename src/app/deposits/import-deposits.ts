import { type DepositFile, readDeposits } from "../../billing/deposits/index.ts";
import { sumOf } from "../../billing/money/index.ts";
import type { DepositDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import type { Tell } from "../events.ts";
import type { IncomingFile } from "../exchange/ingest-file.ts";
import { baseName, keepFile } from "../exchange/keep-file.ts";
import { depositRow, keyOf, newDeposit } from "./deposit-record.ts";
import { matchDeposits } from "./match-deposits.ts";

/** The largest deposit file; a day of a large practice has less than one megabyte. */
const BYTES_MAX = 64 * 1024 * 1024;
const LIMIT_WORDS = `The limit is ${BYTES_MAX} bytes.`;

/** What a deposit file came to. */
export interface DepositSummary {
  readonly kind: "summary";
  readonly file: string;
  readonly format: string | null;
  /** Deposits that are new, with their sum, and those that were there before. */
  readonly deposits: number;
  readonly depositCents: number;
  readonly duplicates: number;
  /** Items of the file that are no incoming payments. */
  readonly skipped: number;
  /** Deposits, of this file and of others, that found their remittances now; and those that still wait. */
  readonly matched: number;
  readonly matchedCents: number;
  readonly unmatched: number;
  /** Defects; with any, nothing of the file was taken. */
  readonly findings: number;
}

/**
 * Takes a file of deposits in: keeps its bytes, reads it whole or not at all, stores what is new and
 * matches what can be matched. The same money told again, in this file or another of its kind, changes nothing.
 */
export async function importDeposits(
  app: App,
  actor: Actor,
  file: IncomingFile,
  tell: Tell,
): Promise<DepositSummary> {
  const name = baseName(file.name);
  const read = readDeposits(await textOf(file));
  const fileId = await keepFile(app, actor, "in", name, file.open);
  for (const { code, place, message, differenceCents } of read.defects) {
    const difference = differenceCents === undefined ? {} : { differenceCents };
    tell({ kind: "finding", severity: "error", code, place, message, ...difference });
  }
  const { added, waiting } = await storeNew(app, actor, read, fileId);
  for (const doc of added) tell({ kind: "deposit", ...depositRow(doc) });
  for (const { place, typeCode, amountCents, date, isReturn } of read.others) {
    tell({ kind: "skipped", place, typeCode, amountCents, date, isReturn });
  }
  const ids = [...waiting, ...added].map(({ _id }) => _id);
  const matched = await matchDeposits(app, actor, ids, tell);
  return {
    kind: "summary",
    file: name,
    format: read.format ?? null,
    deposits: added.length,
    depositCents: sumOf(added, ({ amountCents }) => amountCents),
    duplicates: read.deposits.length - added.length,
    skipped: read.others.length,
    ...matched,
    findings: read.defects.length,
  };
}

async function textOf(file: IncomingFile): Promise<string> {
  const chunks: Uint8Array[] = [];
  let byteLength = 0;
  for await (const chunk of file.open()) {
    byteLength += chunk.length;
    if (byteLength > BYTES_MAX) throw new OperatingError("too-large", LIMIT_WORDS);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * Stores the deposits that are not there yet, all in one transaction with the audit event. Gives those, and the ones
 * of the file that have waited since an earlier time, when the program may have ended before it tried them.
 */
async function storeNew(
  app: App,
  actor: Actor,
  { format, deposits, defects }: DepositFile,
  fileId: string,
): Promise<{ added: DepositDoc[]; waiting: DepositDoc[] }> {
  return app.store.transaction(async (session) => {
    const practice = app.store.practice(actor.practiceId);
    const keys = deposits.map(({ identity }) => keyOf(identity));
    const found = await practice.deposits.find({ key: { $in: keys } }, { session });
    const known = new Set(found.map(({ key }) => key));
    const docs =
      format === undefined
        ? []
        : deposits
            .map((deposit) => newDeposit(app, deposit, { kind: "deposit", format, fileId }))
            .filter(({ key }) => !known.has(key));
    await practice.deposits.insert(docs, session);
    await recordAudit(
      app,
      actor,
      {
        action: "deposit.import",
        entity: { type: "file", id: fileId },
        purpose: "payment",
        outcome: defects.length === 0 ? "success" : "failure",
        detail: { deposits: docs.length, findings: defects.length },
      },
      session,
    );
    return {
      added: docs.map((doc) => ({ ...doc, practiceId: actor.practiceId })),
      waiting: found.filter(({ status }) => status === "unmatched"),
    };
  });
}
