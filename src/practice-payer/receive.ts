import { readClaims } from "../billing/claims/index.ts";
import {
  type InterchangeVerdict,
  type Loop,
  readEdiSync,
  statusOfSet,
  type TransactionSet,
  type TransactionSetVerdict,
  Verdicts,
} from "../edi/guides/index.ts";
import { isoDate } from "./calendar.ts";
import { remainingByClaim } from "./earlier-payers.ts";
import type { ReceivedClaim } from "./schedule.ts";

/**
 * The claims of one 837 transaction set that was accepted, and what an answer must repeat of it.
 */
export interface ReceivedBatch {
  readonly set: TransactionSet;
  /** BHT03. */
  readonly reference: string;
  /** BHT04, ISO calendar date; undefined where it is none. */
  readonly created: string | undefined;
  /** NM1*41. */
  readonly submitter: { readonly name: string; readonly id: string };
  readonly claims: readonly ReceivedClaim[];
}

/** What a payer makes of a file before it looks at any claim. */
export interface Reception {
  /** For TA1 and 999. */
  readonly verdicts: readonly InterchangeVerdict[];
  /** Sets that the 999 accepts. */
  readonly batches: readonly ReceivedBatch[];
}

/**
 * Reads files of 837s: their claims, and the findings for which they are answered by TA1 and 999.
 */
export function receive(files: readonly Uint8Array[]): Reception {
  const verdicts = new Verdicts();
  const batches: ReceivedBatch[] = [];
  for (const bytes of files) {
    let claims: ReceivedClaim[] = [];
    for (const event of readEdiSync(bytes, { check: true })) {
      const ended = verdicts.take(event);
      if (event.kind === "transactionSet") claims = [];
      else if (event.kind === "loop" && event.set.guide?.transactionSet === "837") {
        claims.push(...receivedClaim(event.loop, event.set));
      } else if (event.kind === "transactionSetEnd" && claims.length > 0 && isAccepted(ended)) {
        batches.push(batchOf(event.set, event.root, claims));
      }
    }
  }
  return { verdicts: verdicts.interchanges, batches };
}

function isAccepted(set: TransactionSetVerdict | undefined): boolean {
  return set !== undefined && statusOfSet(set) !== "R";
}

/** The claim of a 2300 loop; nothing when it has no number or no readable amount. */
function receivedClaim(loop: Loop, set: TransactionSet): ReceivedClaim[] {
  const { claim } = readClaims(loop, set);
  if (claim === undefined) return [];
  const remaining = claim.payer.sequence === "P" ? undefined : remainingByClaim(loop, claim);
  return [{ claim, remaining, otherMemberIds: otherMemberIds(loop) }];
}

function otherMemberIds(loop: Loop): ReadonlyMap<string, string> {
  return new Map(
    loop.loopsOf("2320").map((other) => {
      const payer = other.loop("2330B")?.segment("NM1")?.element(9) ?? "";
      return [payer, other.loop("2330A")?.segment("NM1")?.element(9) ?? ""] as const;
    }),
  );
}

function batchOf(set: TransactionSet, root: Loop, claims: readonly ReceivedClaim[]): ReceivedBatch {
  const bht = root.segment("BHT");
  const submitter = root.loop("1000A")?.segment("NM1");
  return {
    set,
    reference: bht?.element(3) ?? "",
    created: isoDate(bht?.element(4) ?? ""),
    submitter: { name: submitter?.element(3) ?? "", id: submitter?.element(9) ?? "" },
    claims,
  };
}
