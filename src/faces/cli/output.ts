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
}

/** Output on standard output; `words` turns a happening into a line for people, undefined for nothing. */
export function output(
  json: boolean,
  words: (happening: Happening) => string | undefined = () => undefined,
): Output {
  const line = (text: string) => write(`${text}\n`);
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
  };
}

/** A reader that has gone away (`| head`) ends the program quietly. */
function write(text: string): void {
  const bytes = Buffer.from(text, "utf8");
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") process.exit(0);
      if (code !== "EAGAIN") throw error;
    }
  }
}
