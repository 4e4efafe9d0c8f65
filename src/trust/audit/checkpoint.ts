import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { canonicalJson } from "./canonical.ts";
import type { AuditHead } from "./event.ts";

/** A head of one practice's chain at one instant: what a checkpoint vouches for. */
interface CheckpointContent extends AuditHead {
  readonly practiceId: string;
  /** ISO instant, UTC. */
  readonly at: string;
}

/** A head signed with Ed25519 by a key that the database does not hold; kept outside the database too. */
export interface Checkpoint extends CheckpointContent {
  /** Names the key: the first 16 hexadecimal digits of the SHA-256 of its public half (SPKI, DER). */
  readonly keyId: string;
  /** Ed25519, base64. */
  readonly signature: string;
}

/** The name of a key, from either half. */
export function signingKeyId(key: KeyObject): string {
  const publicKey = key.type === "private" ? createPublicKey(key) : key;
  const der = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(der).digest("hex").slice(0, 16);
}

/** The head with a signature that shows later that the chain up to it was not written anew. */
export function signCheckpoint(content: CheckpointContent, privateKey: KeyObject): Checkpoint {
  const { practiceId, sequence, hash, at } = content;
  const signed = { practiceId, sequence, hash, at, keyId: signingKeyId(privateKey) };
  return { ...signed, signature: sign(null, bytesOf(signed), privateKey).toString("base64") };
}

/** Whether the holder of the key signed exactly this. */
export function verifyCheckpoint(checkpoint: Checkpoint, publicKey: KeyObject): boolean {
  const { signature, ...signed } = checkpoint;
  if (signed.keyId !== signingKeyId(publicKey)) return false;
  const bytes = Buffer.from(signature, "base64");
  if (bytes.toString("base64") !== signature) return false;
  return verify(null, bytesOf(signed), publicKey, bytes);
}

/** A value as a checkpoint, where it has the members of one and no others; whether it is signed is asked apart. */
export function asCheckpoint(value: unknown): Checkpoint | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const members = value as Record<string, unknown>;
  const { sequence, ...texts } = members;
  const isOne =
    Object.keys(members).sort().join() === MEMBERS &&
    Number.isSafeInteger(sequence) &&
    Object.values(texts).every((text) => typeof text === "string");
  return isOne ? (value as Checkpoint) : undefined;
}

const MEMBERS = "at,hash,keyId,practiceId,sequence,signature";

/** The words before the content keep a signature made for anything else from passing here. */
function bytesOf(signed: Omit<Checkpoint, "signature">): Buffer {
  return Buffer.from(`claimwright audit checkpoint 1\n${canonicalJson(signed)}`);
}
