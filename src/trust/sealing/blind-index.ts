import { createHmac } from "node:crypto";
import type { KeyRing } from "./key-ring.ts";

/** What people search a patient by. */
export type SearchKind = "member-id" | "name" | "birth-date";

const BYTES = 16;

/** Capitals, digits and nothing else: `O'Brien ` and `OBRIEN` are found by one another. */
function fold(value: string): string {
  return value
    .normalize("NFKD")
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/**
 * The key under which a value can be found without being known: an HMAC-SHA-256 of it, cut to 128 bits, different for
 * each practice and kind.
 */
export function blindIndex(
  { indexKey }: KeyRing,
  practiceId: string,
  kind: SearchKind | "patient" | "service",
  value: string,
): string {
  return createHmac("sha256", indexKey)
    .update(`${practiceId}\0${kind}\0${kind === "service" ? value : fold(value)}`)
    .digest()
    .subarray(0, BYTES)
    .toString("base64url");
}
