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
interface Checkpoint extends CheckpointContent {
  /** Names the key: the first 16 hexadecimal digits of the SHA-256 of its public half (SPKI, DER). */
  readonly keyId: string;
  /** Ed25519, base64. */
  readonly signature: string;
}

/** The name of a key, from either half. */
function keyIdOf(key: KeyObject): string {
  const publicKey = key.type === "private" ? createPublicKey(key) : key;
  const der = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(der).digest("hex").slice(0, 16);
}

/** The head with a signature that shows later that the chain up to it was not written anew. */
export function signCheckpoint(content: CheckpointContent, privateKey: KeyObject): Checkpoint {
  const { practiceId, sequence, hash, at } = content;
  const signed = { practiceId, sequence, hash, at, keyId: keyIdOf(privateKey) };
  return { ...signed, signature: sign(null, bytesOf(signed), privateKey).toString("base64") };
}

/** Whether the holder of the key signed exactly this. */
export function verifyCheckpoint(checkpoint: Checkpoint, publicKey: KeyObject): boolean {
  const { signature, ...signed } = checkpoint;
  if (signed.keyId !== keyIdOf(publicKey)) return false;
  const bytes = Buffer.from(signature, "base64");
  if (bytes.toString("base64") !== signature) return false;
  return verify(null, bytesOf(signed), publicKey, bytes);
}

/** The words before the content keep a signature made for anything else from passing here. */
function bytesOf(signed: Omit<Checkpoint, "signature">): Buffer {
  return Buffer.from(`claimwright audit checkpoint 1\n${canonicalJson(signed)}`);
}
