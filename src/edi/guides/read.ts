import assert from "node:assert/strict";
import { WINDOW_BYTES } from "../x12/index.ts";
import type { EdiEvent, ReadOptions } from "./event.ts";
import { Reader } from "./reader.ts";

/** Bytes in chunks of any size → events in file order. Memory does not grow with the file. */
export async function* readEdi(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<EdiEvent, void, undefined> {
  assert(!(source instanceof Uint8Array), "readEdi takes chunks; readEdiSync takes one buffer");
  const reader = new Reader(options);
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length && !reader.refused; at += WINDOW_BYTES) {
      for (const event of reader.take(chunk.subarray(at, at + WINDOW_BYTES))) yield event;
    }
    if (reader.refused) break;
  }
  for (const event of reader.end()) yield event;
}

/** The same for bytes that are all in memory. */
export function* readEdiSync(
  bytes: Uint8Array,
  options: ReadOptions = {},
): Generator<EdiEvent, void, undefined> {
  const reader = new Reader(options);
  for (let at = 0; at < bytes.length && !reader.refused; at += WINDOW_BYTES) {
    for (const event of reader.take(bytes.subarray(at, at + WINDOW_BYTES))) yield event;
  }
  for (const event of reader.end()) yield event;
}
