import { writeSync } from "node:fs";
import type { Happening, Tell } from "../../app/events.ts";

/** Where a command speaks: NDJSON lines for programs, plain text for people. */
export interface Output {
  readonly json: boolean;
  /** Takes what happens: a line each with --json, a sentence of `words` where people read it. */
  readonly tell: Tell;
  /** One object for programs, or its plain form for people. */
  answer(value: object, plain: () => string): void;
  /** Text for people only. */
  say(text: string): void;
  /** Lines of a file as they are, be it for people or for programs. */
  file(lines: AsyncIterable<string>): Promise<void>;
}

/**
 * Output on standard output; `words` turns a happening into a line for people, undefined for nothing.
 * When its reader has gone away (`| head`), a command that only reads ends quietly, and one that `writes`
 * into the store goes on in silence, so that its work and its exit code are whole.
 */
export function output(
  json: boolean,
  words: (happening: Happening) => string | undefined = () => undefined,
  { writes = false } = {},
): Output {
  let heard = true;
  const line = (text: string) => {
    if (heard) heard = write(`${text}\n`);
    if (!heard && !writes) process.exit(0);
  };
  return {
    json,
    tell(happening) {
      if (json) line(JSON.stringify(happening));
      else {
        const text = words(happening);
        if (text !== undefined) line(text);
      }
    },
    answer(value, plain) {
      line(json ? JSON.stringify(value) : plain());
    },
    say(text) {
      if (!json) line(text);
    },
    async file(lines) {
      for await (const text of lines) line(text);
    },
  };
}

/** Writes all of it; false when nobody reads any more. */
function write(text: string): boolean {
  const bytes = Buffer.from(text, "utf8");
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") return false;
      if (code !== "EAGAIN") throw error;
    }
  }
  return true;
}
