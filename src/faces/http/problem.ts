import { RefusedChange } from "../../app/denials/refused-change.ts";
import { ERRORS, type ErrorCode, OperatingError } from "../../app/errors.ts";
import { storeTrouble } from "../../app/store-trouble.ts";

/** What only HTTP can refuse; everything else is in the table of app/errors.ts. */
const HTTP_PROBLEMS = {
  "cross-site": { status: 403, message: "The request comes from another site." },
  "form-expired": { status: 403, message: "The form is out of date. Load the page again." },
  method: { status: 405, message: "The server takes no request of this method." },
  encoding: {
    status: 415,
    message: "Send the body as it is: one encoded in transit is not taken.",
  },
  compressed: {
    status: 415,
    message: "The file is compressed. Unpack it, and send what is in it.",
  },
  "media-type": { status: 415, message: "The body is not of a kind that this route takes." },
  "digest-mismatch": { status: 422, message: "The Idempotency-Key is not the body's SHA-256." },
} as const;

/** Where a value does not fit its schema: the place and the rule, never the value. */
export interface Misfit {
  readonly in: "body" | "query" | "path";
  /** JSON pointer. */
  readonly pointer: string;
  /** The JSON Schema keyword that is not met. */
  readonly rule: string;
}

/** A request that only HTTP refuses. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly code: keyof typeof HTTP_PROBLEMS;
  readonly status: number;

  constructor(code: keyof typeof HTTP_PROBLEMS) {
    super(HTTP_PROBLEMS[code].message);
    this.code = code;
    this.status = HTTP_PROBLEMS[code].status;
  }
}

/** A request that does not have the documented shape. */
export class InvalidRequest extends OperatingError {
  readonly misfits: readonly Misfit[];

  constructor(misfits: readonly Misfit[]) {
    super("invalid");
    this.misfits = misfits;
  }
}

/** A problem as RFC 9457 writes it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly requestId: string;
  readonly misfits?: readonly Misfit[];
  /** What was to be changed, as it is now. */
  readonly current?: object;
}

/** Every error that reaches the face as one problem; the only place where errors become answers. */
export function problemOf(error: unknown, requestId: string): Problem {
  const thrown = storeTrouble(error) ?? error;
  const known =
    thrown instanceof OperatingError || thrown instanceof HttpError ? thrown : answerOf(thrown);
  const { code, status, message } = known;
  const type = `urn:claimwright:problem:${code}`;
  const problem = { type, title: message, status, code, requestId };
  if (thrown instanceof RefusedChange) return { ...problem, current: thrown.current };
  return thrown instanceof InvalidRequest ? { ...problem, misfits: thrown.misfits } : problem;
}

/** What is found out by the code of another's error. */
type FoundCode = ErrorCode | "media-type" | "encoding";

/** body-parser's names of what it refuses. */
const BODY_ERRORS: Readonly<Record<string, FoundCode>> = {
  "entity.too.large": "too-large",
  "encoding.unsupported": "encoding",
  "charset.unsupported": "media-type",
};

/** Errors of express and its body parsers carry a status below 500; all others are ours to look at. */
function codeOf(thrown: unknown): FoundCode {
  if (!(thrown instanceof Error)) return "internal";
  const type = "type" in thrown ? thrown.type : undefined;
  const known = typeof type === "string" ? BODY_ERRORS[type] : undefined;
  if (known !== undefined) return known;
  const status = "status" in thrown ? thrown.status : undefined;
  const ofTheirs = typeof status === "number" && status >= 400 && status < 500;
  return ofTheirs ? "usage" : "internal";
}

function answerOf(thrown: unknown): { code: FoundCode; status: number; message: string } {
  const code = codeOf(thrown);
  if (code === "media-type" || code === "encoding") return { code, ...HTTP_PROBLEMS[code] };
  const { status, message } = ERRORS[code];
  return { code, status, message: message + limitOf(thrown) };
}

/** Says how large a body may be, where it is larger. */
function limitOf(thrown: unknown): string {
  const bytes = thrown instanceof Error && "limit" in thrown ? thrown.limit : undefined;
  return typeof bytes === "number" ? ` The limit is ${bytes} bytes.` : "";
}
