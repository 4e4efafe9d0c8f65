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
  garbled: "The line is not an event as it was written",
  unsigned: "A checkpoint does not bear the signature of the key",
} as const;

/** The name of a fault. */
export type ChainFault = keyof typeof CHAIN_FAULTS;

/** What the check of a chain found. */
export interface ChainReport {
  /** How many events were read. */
  readonly events: number;
  readonly ok: boolean;
  /** The first place where the chain does not hold; absent when it holds. */
  readonly firstBad?: { readonly sequence: number; readonly reason: ChainFault };
}

/** What is known of a chain from elsewhere. */
export interface KnownHeads {
  /** Where it ends, as the store says. */
  readonly expectedHead?: AuditHead | undefined;
  /** Hashes by sequence, as signed checkpoints say; verify their signatures first. */
  readonly signed: ReadonlyMap<number, string>;
}

/** Holds events, one after the other from the first on, against their chain; remembers nothing but where it is. */
export class ChainReader {
  readonly #known: KnownHeads;
  #last: AuditHead;
  #practiceId: string | undefined;

  constructor(known: KnownHeads, practiceId?: string, last: AuditHead = GENESIS) {
    this.#known = known;
    this.#practiceId = practiceId;
    this.#last = last;
  }

  /** The last event that held. */
  get last(): AuditHead {
    return this.#last;
  }

  /** What is wrong with the next event; undefined where it holds. */
  take(event: AuditEvent): ChainFault | undefined {
    this.#practiceId ??= event.practiceId;
    const { expectedHead, signed } = this.#known;
    const fault =
      faultOf(event, this.#last, this.#practiceId) ?? faultAgainst(event, expectedHead, signed);
    if (fault === undefined) this.#last = { sequence: event.sequence, hash: event.hash };
    return fault;
  }

  /** What is wrong with there being no more events. */
  end(): ChainFault | undefined {
    const { expectedHead, signed } = this.#known;
    const reach = [...signed.keys()].reduce((most, each) => Math.max(most, each), 0);
    return this.#last.sequence < Math.max(expectedHead?.sequence ?? 0, reach)
      ? "truncated"
      : undefined;
  }
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
  const signed = new Map<number, string>();
  for (const { sequence, hash } of checkpoints) {
    // Of two that contradict each other one was signed behind a chain written anew: no event can satisfy both.
    const isContradicted = (signed.get(sequence) ?? hash) !== hash;
    signed.set(sequence, isContradicted ? "" : hash);
  }
  const reader = new ChainReader({ expectedHead, signed });
  for await (const event of events) {
    const reason = reader.take(event);
    if (reason === undefined) continue;
    const sequence = reader.last.sequence + 1;
    return { events: sequence, ok: false, firstBad: { sequence, reason } };
  }
  const { sequence } = reader.last;
  const reason = reader.end();
  if (reason === undefined) return { events: sequence, ok: true };
  return { events: sequence, ok: false, firstBad: { sequence: sequence + 1, reason } };
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
