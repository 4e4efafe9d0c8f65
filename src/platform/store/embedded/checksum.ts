/** Checksums of what is stored: SQLite checks the shape of its pages, not their contents. */
import { crc32 } from "node:zlib";

/** The largest prime below 2^32, so that every bit of a place counts. */
const PLACES = 4_294_967_291;

/** Returns the checksum of a value that stands at a place: a value in another's place is as wrong as another value. */
export function valueSum(value: Buffer, place: number): number {
  return crc32(value, place % PLACES);
}

/** Returns the checksum of a short key and what it leads to: FNV-1a, which for so few bytes costs less than a call. */
export function keySum(key: Buffer, target: number): number {
  let sum = (target % PLACES) | 0;
  for (let i = 0; i < key.length; i++) sum = Math.imul(sum ^ (key[i] as number), 0x01000193);
  return (sum ^ (sum >>> 15)) & 0x7fffff;
}
