import { createPublicKey, type KeyObject } from "node:crypto";
import { canonicalJson } from "./canonical.ts";
import { asCheckpoint, type Checkpoint, signingKeyId, verifyCheckpoint } from "./checkpoint.ts";
import type { AuditEvent } from "./event.ts";
import { ChainReader, type ChainReport } from "./verify.ts";

const FORMAT = "claimwright-audit-1";

/** The first line of an export. */
interface Opening {
  readonly format: typeof FORMAT;
  /** The end of what is exported, signed for the export. */
  readonly head: Checkpoint;
  /** SPKI, DER, base64. */
  readonly publicKey: string;
}

/** What the check of an export found. */
export interface ExportReport extends ChainReport {
  readonly practiceId: string;
  /** Signed checkpoints that the chain was held against, the one of the export among them. */
  readonly checkpoints: number;
  /** The key that signed: compare it with what is known of it from elsewhere. */
  readonly keyId: string;
  /** When it was written: ISO instant, UTC. */
  readonly at: string;
}

/**
 * One practice's chain as text that can be verified without a store: an opening line (format, signed head, public
 * key), a line a checkpoint, a line an event; each is canonical JSON.
 */
export async function* exportLines(
  head: Checkpoint,
  publicKey: KeyObject,
  checkpoints: readonly Checkpoint[],
  events: AsyncIterable<AuditEvent> | Iterable<AuditEvent>,
): AsyncGenerator<string> {
  yield canonicalJson({ format: FORMAT, head, publicKey: textOf(publicKey) } satisfies Opening);
  for (const checkpoint of checkpoints) yield canonicalJson({ checkpoint });
  for await (const event of events) yield canonicalJson(event);
}

/** Reads an export line by line and says whether it is what was recorded, as `verifyChain` does. */
export class ExportReader {
  readonly #expectedKey: string | undefined;
  #opening: Opening | undefined;
  #key: KeyObject | undefined;
  #signed = new Map<number, string>();
  #chain: ChainReader | undefined;
  #firstBad: ChainReport["firstBad"];

  /** `keyId`: the signing key's name as it is known from elsewhere. */
  constructor(keyId?: string) {
    this.#expectedKey = keyId;
  }

  /** A reader of its own that stands at the same place. */
  copy(): ExportReader {
    const copy = new ExportReader(this.#expectedKey);
    copy.#opening = this.#opening;
    copy.#key = this.#key;
    copy.#signed = this.#chain === undefined ? new Map(this.#signed) : this.#signed;
    copy.#chain = this.#chain && this.#readerAt(this.#chain);
    copy.#firstBad = this.#firstBad;
    return copy;
  }

  /** Takes the next line, without its end; false once something does not hold. */
  take(line: Uint8Array): boolean {
    if (this.#firstBad !== undefined) return false;
    const reason = this.#fault(line);
    if (reason !== undefined) {
      this.#firstBad = { sequence: (this.#chain?.last.sequence ?? 0) + 1, reason };
    }
    return reason === undefined;
  }

  /** What was found; undefined where the first line is not an export's, so that there is nothing to judge. */
  end(): ExportReport | undefined {
    if (this.#opening === undefined) return undefined;
    const { practiceId, keyId, at } = this.#opening.head;
    const chain = this.#chain ?? this.#newChain(this.#opening);
    const { last } = chain;
    const reason = this.#firstBad === undefined ? chain.end() : undefined;
    const firstBad = this.#firstBad ?? (reason && { sequence: last.sequence + 1, reason });
    return {
      practiceId,
      keyId,
      at,
      events: last.sequence,
      checkpoints: this.#signed.size,
      ok: firstBad === undefined,
      ...(firstBad === undefined ? {} : { firstBad }),
    };
  }

  #fault(line: Uint8Array) {
    const value = parse(line);
    if (value === undefined) return "garbled";
    if (this.#opening === undefined) return this.#open(value);
    if ("checkpoint" in value) return this.#takeCheckpoint(value.checkpoint);
    this.#chain ??= this.#newChain(this.#opening);
    return this.#chain.take(value as unknown as AuditEvent);
  }

  #open(value: Record<string, unknown>) {
    const { format, head, publicKey, ...rest } = value;
    const checkpoint = asCheckpoint(head);
    const key = keyOf(publicKey);
    if (format !== FORMAT || Object.keys(rest).length > 0) return "garbled";
    if (checkpoint === undefined || key === undefined) return "garbled";
    this.#opening = { format: FORMAT, head: checkpoint, publicKey: String(publicKey) };
    this.#key = key;
    const isExpected = (this.#expectedKey ?? checkpoint.keyId) === signingKeyId(key);
    return isExpected ? this.#hold(checkpoint) : "unsigned";
  }

  #takeCheckpoint(value: unknown) {
    const checkpoint = asCheckpoint(value);
    return checkpoint === undefined || this.#chain !== undefined
      ? "garbled"
      : this.#hold(checkpoint);
  }

  /** Remembers what a checkpoint vouches for, where it is signed and of this practice. */
  #hold(checkpoint: Checkpoint) {
    const { head } = this.#opening ?? {};
    if (this.#key === undefined || !verifyCheckpoint(checkpoint, this.#key)) return "unsigned";
    if (checkpoint.practiceId !== head?.practiceId) return "foreign";
    const known = this.#signed.get(checkpoint.sequence);
    if (known !== undefined && known !== checkpoint.hash) return "rewritten";
    this.#signed.set(checkpoint.sequence, checkpoint.hash);
    return undefined;
  }

  #newChain({ head }: Opening): ChainReader {
    return new ChainReader({ expectedHead: head, signed: this.#signed }, head.practiceId);
  }

  #readerAt({ last }: ChainReader): ChainReader {
    const { head } = this.#opening ?? {};
    return new ChainReader({ expectedHead: head, signed: this.#signed }, head?.practiceId, last);
  }
}

/** A line's object, where the line is its canonical form to the byte. */
function parse(line: Uint8Array): Record<string, unknown> | undefined {
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString("utf8");
  try {
    const value = JSON.parse(text) as Record<string, unknown> | null;
    const isObject = typeof value === "object" && value !== null;
    return isObject && Buffer.from(canonicalJson(value)).equals(line) ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOf(key: KeyObject): string {
  return key.export({ type: "spki", format: "der" }).toString("base64");
}

function keyOf(text: unknown): KeyObject | undefined {
  try {
    const der = Buffer.from(String(text), "base64");
    const key = createPublicKey({ key: der, type: "spki", format: "der" });
    // The library reads a key also where bits around it are not as it would write them.
    return key.asymmetricKeyType === "ed25519" && textOf(key) === text ? key : undefined;
  } catch {
    return undefined;
  }
}
