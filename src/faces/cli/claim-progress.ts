import { SingleBar } from "cli-progress";
import type { Happening, Tell } from "../../app/events.ts";
import type { IncomingFile } from "../../app/exchange/ingest-file.ts";

/** Where progress is shown: how many claims there are, and how many are done. */
export interface ProgressBar {
  start(total: number): void;
  update(done: number): void;
  stop(): void;
}

/** A file whose claims are counted while it is first read, and what must hear of all that happens to it. */
export interface WatchedFile {
  readonly file: IncomingFile;
  readonly tell: Tell;
  /** Ends the bar; all is done, or something failed. */
  end(): void;
}

/** Where the element separator and the segment terminator stand in an interchange. */
const SEPARATOR_AT = 3;
const TERMINATOR_AT = 105;
/** Longer than what comes between a terminator and the separator behind CLP or CLM. */
const OVERLAP = 16;

/**
 * Shows on a bar how many claims of a file are registered or posted. They are counted by their CLP and CLM segments
 * as the file is read for the first time, when its digest is taken.
 */
export function watchClaims(file: IncomingFile, tell: Tell, bar: ProgressBar): WatchedFile {
  let total: number | undefined;
  let done = 0;
  return {
    file: {
      name: file.name,
      open: () => {
        if (total !== undefined) return file.open();
        total = 0;
        return counted(file.open(), (claims) => {
          total = claims;
          if (claims > 0) bar.start(claims);
        });
      },
    },
    tell(happening) {
      tell(happening);
      const more = claimsIn(happening);
      if (more === 0 || !total) return;
      done = Math.min(done + more, total);
      bar.update(done);
    },
    end() {
      if (total) bar.stop();
    },
  };
}

/** How many claims of the file an event is the end of; what is told of others, as a release, is bounded above. */
function claimsIn({ kind, claimPayments, patientControlNumber }: Happening): number {
  if (kind === "posting" || kind === "claim") return 1;
  if (kind === "parked") return patientControlNumber === undefined ? 0 : 1;
  return kind === "duplicate" ? Number(claimPayments ?? 0) : 0;
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  tell: (claims: number) => void,
): AsyncGenerator<Uint8Array> {
  let claims = 0;
  let before = "";
  let pattern: RegExp | undefined;
  for await (const chunk of chunks) {
    yield chunk;
    const text =
      before + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString("latin1");
    pattern ??= claimPattern(text);
    for (const { index, 0: found } of text.matchAll(pattern)) {
      if (index + found.length > before.length) claims += 1;
    }
    before = text.slice(-OVERLAP);
  }
  tell(claims);
}

/** Finds the beginnings of claims and claim payments, with the delimiters of the first interchange. */
function claimPattern(text: string): RegExp {
  const isInterchange = text.startsWith("ISA") && text.length > TERMINATOR_AT;
  const separator = isInterchange ? text.charAt(SEPARATOR_AT) : "*";
  const terminator = isInterchange ? text.charAt(TERMINATOR_AT) : "~";
  return new RegExp(`${literal(terminator)}[\\r\\n]*CL[PM]${literal(separator)}`, "g");
}

function literal(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

/** A bar on standard error: claims done of all, how many a second since it began, and the time left at that rate. */
export function terminalBar(): ProgressBar {
  const bar = new SingleBar({
    format: "{bar} {value} of {total} claims | {rate} a second | {left} left",
    stream: process.stderr,
  });
  let begun = 0;
  return {
    start(total) {
      begun = performance.now();
      bar.start(total, 0, { rate: 0, left: "?" });
    },
    update(done) {
      // The bar's own estimate looks at its last updates; claims are done in hundreds at once.
      const rate = (done * 1000) / Math.max(performance.now() - begun, 1);
      const left = timeOf((bar.getTotal() - done) / rate);
      bar.update(done, { rate: Math.round(rate), left });
    },
    stop: () => bar.stop(),
  };
}

/** Seconds as `h:mm:ss`. */
function timeOf(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
