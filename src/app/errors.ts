/**
 * Operating errors: what can go wrong around the data. Each has one row: message, HTTP status, exit code.
 * Bad data is never one of these (it is a finding); a programmer's error is an assertion.
 * No message holds patient data.
 */
export const ERRORS = {
  usage: { message: "The command or request is not understood.", status: 400, exitCode: 2 },
  "not-found": { message: "There is no such thing in this practice.", status: 404, exitCode: 2 },
  "file-unreadable": { message: "The file cannot be read.", status: 400, exitCode: 2 },
  "file-empty": { message: "The file is empty.", status: 400, exitCode: 2 },
  "file-exists": { message: "The output file exists already.", status: 409, exitCode: 2 },
  unauthenticated: { message: "Sign in, or send an API key.", status: 401, exitCode: 2 },
  "second-factor": {
    message: "The code of your second factor is missing, or you have to set one up first.",
    status: 401,
    exitCode: 2,
  },
  "sign-on-unavailable": {
    message: "Your organization's sign-on does not answer. Use your password, or try again later.",
    status: 503,
    exitCode: 2,
  },
  reauthenticate: {
    message: "Prove again who you are: this needs your password and code of the last five minutes.",
    status: 403,
    exitCode: 2,
  },
  forbidden: { message: "Your role does not allow this.", status: 403, exitCode: 2 },
  stale: { message: "Someone else has changed this since you read it.", status: 409, exitCode: 2 },
  state: { message: "This cannot be done in the state it is in.", status: 409, exitCode: 2 },
  retained: { message: "This has to be kept.", status: 409, exitCode: 2 },
  "too-large": { message: "The body is larger than is accepted.", status: 413, exitCode: 2 },
  "too-many": { message: "Too many requests; try again later.", status: 429, exitCode: 2 },
  locked: { message: "The account is locked for a while.", status: 429, exitCode: 2 },
  invalid: { message: "The request does not have the documented shape.", status: 422, exitCode: 2 },
  "store-in-use": { message: "Another process owns this data folder.", status: 503, exitCode: 2 },
  "store-unfit": { message: "The database cannot keep money safely.", status: 503, exitCode: 2 },
  "keys-unfit": { message: "The encryption keys cannot be used.", status: 503, exitCode: 2 },
  "store-unavailable": { message: "The database cannot be reached.", status: 503, exitCode: 2 },
  "store-full": {
    message: "The database's disk is full; nothing was half-done. Make room, and do it again.",
    status: 507,
    exitCode: 2,
  },
  internal: { message: "The program failed; nothing was half-done.", status: 500, exitCode: 2 },
} as const;

/** The stable name of an operating error. */
export type ErrorCode = keyof typeof ERRORS;

/** An operating error on its way to the one place that answers it: HTTP problem or exit code. */
export class OperatingError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly exitCode: number;

  /** `detail` says which thing is concerned, in words that hold no patient data. */
  constructor(code: ErrorCode, detail?: string, options?: ErrorOptions) {
    super(
      detail === undefined ? ERRORS[code].message : `${ERRORS[code].message} ${detail}`,
      options,
    );
    this.name = "OperatingError";
    this.code = code;
    this.status = ERRORS[code].status;
    this.exitCode = ERRORS[code].exitCode;
  }
}
