import { hashEvent } from "./chain.ts";
import { type AuditEvent, type AuditHead, GENESIS } from "./event.ts";

/** Why a chain does not hold, by what the check saw. */
const CHAIN_FAULTS = {
  altered: "The event's content does not give its hash",
  missing: "The event with this sequence is not here, or not in its place",
  repeated: "An event with an earlier sequence stands here again",
  unlinked: "The event does not follow the one before it",
  foreign: "The event belongs to another practice",
  truncated: "The chain ends before a head that is known",
  extended: "The chain goes on after its known head",
  rewritten: "The chain is whole in itself, but is not the one whose head is known",
} as const;

/** The name of a fault. */
type ChainFault = keyof typeof CHAIN_FAULTS;

/** What the check of a chain found. */
export interface ChainReport {
  /** How many events were read. */
  readonly events: number;
  readonly ok: boolean;
  /** The first place where the chain does not hold; absent when it holds. */
  readonly firstBad?: { readonly sequence: number; readonly reason: ChainFault };
}

/**
 * Reads one practice's events from the first on and says whether they are what was recorded: nothing changed, gone,
 * put in or moved. That nothing is missing at the end, and that the whole was not written anew, shows only against
 * heads kept elsewhere: the stored head, and the heads of signed checkpoints (verify their signatures first).
 * Stops at the first fault.
 */
export async function verifyChain(
  events: Iterable<AuditEvent> | AsyncIterable<AuditEvent>,
  expectedHead?: AuditHead,
  checkpoints: readonly AuditHead[] = [],
): Promise<ChainReport> {
  const known = new Map(checkpoints.map(({ sequence, hash }) => [sequence, hash]));
  let last: AuditHead = GENESIS;
  let practiceId: string | undefined;
  for await (const event of events) {
    practiceId ??= event.practiceId;
    const reason = faultOf(event, last, practiceId) ?? faultAgainst(event, expectedHead, known);
    const count = last.sequence + 1;
    if (reason !== undefined) {
      return { events: count, ok: false, firstBad: { sequence: count, reason } };
    }
    last = { sequence: event.sequence, hash: event.hash };
  }
  const reach = Math.max(expectedHead?.sequence ?? 0, ...known.keys());
  if (last.sequence < reach) {
    const firstBad = { sequence: last.sequence + 1, reason: "truncated" } as const;
    return { events: last.sequence, ok: false, firstBad };
  }
  return { events: last.sequence, ok: true };
}

function faultOf(event: AuditEvent, last: AuditHead, practiceId: string): ChainFault | undefined {
  const expected = last.sequence + 1;
  if (event.sequence > expected) return "missing";
  if (event.sequence < expected) return "repeated";
  if (event.sequence !== expected) return "altered";
  if (event.practiceId !== practiceId) return "foreign";
  if (event.previousHash !== last.hash) return "unlinked";
  return contentHolds(event) ? undefined : "altered";
}

/** What storage gave back may be anything at all, so that it cannot be canonical counts as altered. */
function contentHolds(event: AuditEvent): boolean {
  try {
    return hashEvent(event) === event.hash;
  } catch {
    return false;
  }
}

function faultAgainst(
  event: AuditEvent,
  expectedHead: AuditHead | undefined,
  known: ReadonlyMap<number, string>,
): ChainFault | undefined {
  if (expectedHead !== undefined && event.sequence > expectedHead.sequence) return "extended";
  if (expectedHead?.sequence === event.sequence && expectedHead.hash !== event.hash) {
    return "rewritten";
  }
  const signed = known.get(event.sequence);
  return signed !== undefined && signed !== event.hash ? "rewritten" : undefined;
}
