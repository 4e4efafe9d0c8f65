/** What may be written of an error: which kind, and where in the program it arose; never what it says. */
interface ErrorParts {
  readonly errorName: string;
  readonly errorCode?: string | number;
  /** Only where the caller vouches that the text is a constant of ours. */
  readonly errorMessage?: string;
  /** The innermost frames of the stack, without the message that heads them. */
  readonly frames: readonly string[];
}

const NAME = /^[A-Z][A-Za-z]{0,47}$/;
/** Codes of Node's errors, and our own. */
const CODE = /^(E[A-Z_0-9]{2,47}|[a-z][a-z0-9-]{1,47})$/;
const FRAME =
  /^ {4}at ((?:[\w$.<>#[\] ]{1,120} )?\(?(?:file:\/\/|node:|\/|[A-Z]:\\)\S{1,300}:\d+:\d+\)?)$/;
const MAX_FRAMES = 12;

/** The safe parts of anything that was thrown; `ownMessage` gives the text of an error of our own table. */
export function errorParts(
  thrown: unknown,
  ownMessage: (error: Error) => string | undefined,
): ErrorParts {
  if (!(thrown instanceof Error)) return { errorName: "NotAnError", frames: [] };
  const code: unknown = "code" in thrown ? thrown.code : undefined;
  const message = ownMessage(thrown);
  return {
    errorName: NAME.test(thrown.name) ? thrown.name : "Error",
    ...(isCode(code) ? { errorCode: code } : {}),
    ...(message === undefined ? {} : { errorMessage: message }),
    frames: framesOf(thrown),
  };
}

function isCode(code: unknown): code is string | number {
  return Number.isSafeInteger(code) || (typeof code === "string" && CODE.test(code));
}

/** A message may have lines that look like frames, so it is cut off first, whatever its length. */
function framesOf(error: Error): string[] {
  const stack = error.stack ?? "";
  const end = error.message === "" ? 0 : stack.indexOf(error.message) + error.message.length;
  if (end < error.message.length) return [];
  const frames: string[] = [];
  for (const line of stack.slice(end).split("\n")) {
    const frame = FRAME.exec(line)?.[1];
    if (frame !== undefined) frames.push(frame);
    if (frames.length === MAX_FRAMES) break;
  }
  return frames;
}
