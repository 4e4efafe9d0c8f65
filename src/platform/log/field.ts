type Shape = (value: unknown) => boolean;

const matches =
  (pattern: RegExp): Shape =>
  (value) =>
    typeof value === "string" && pattern.test(value);
const oneOf =
  (...words: readonly string[]): Shape =>
  (value) =>
    typeof value === "string" && words.includes(value);
const count: Shape = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const duration: Shape = (value) => typeof value === "number" && value >= 0 && value < 1e12;
const flag: Shape = (value) => typeof value === "boolean";
/** Ids that we made ourselves: long, opaque, one word. */
const opaqueId = matches(/^[0-9A-Za-z_-]{16,64}$/);
const kebab = matches(/^[a-z][a-z0-9-]{0,47}$/);

/** Every field a log line may carry, with the shape its value must have. What is not here is not written. */
const FIELDS = {
  durationMs: duration,
  requestId: opaqueId,
  /** Chosen by who runs the program: `main`, or an id. */
  practiceId: (value: unknown) => opaqueId(value) || kebab(value),
  actorId: opaqueId,
  actorKind: oneOf("person", "machine", "system"),
  source: oneOf("cli", "http", "job"),
  method: oneOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
  /** The pattern of the route, `/api/v1/claims/:patientControlNumber`; never the path as asked for. */
  route: matches(/^(\/(:[A-Za-z]{1,40}|[a-z][a-z0-9.-]{0,24}|v\d))+$|^\/$/),
  status: (value: unknown) => count(value) && (value as number) >= 100 && (value as number) < 600,
  /** Our own codes (`file-too-large`), and those of Node's and MongoDB's errors. */
  code: (value: unknown) => kebab(value) || matches(/^E[A-Z_0-9]{2,31}$/)(value) || count(value),
  job: kebab,
  state: kebab,
  /** The first 12 hexadecimal digits of the SHA-256 of a file. */
  fileSha256: matches(/^[0-9a-f]{12}$/),
  transactionSet: oneOf("835", "837", "999", "997", "TA1", "277"),
  version: matches(/^\d{1,4}\.\d{1,4}\.\d{1,6}$/),
  port: count,
  bytes: count,
  count,
  files: count,
  claims: count,
  claimPayments: count,
  remittances: count,
  posted: count,
  parked: count,
  duplicates: count,
  workItems: count,
  findings: count,
  events: count,
  sequence: count,
  attempt: count,
  ok: flag,
  durable: flag,
} as const satisfies Record<string, Shape>;

/** The name of a field. */
type FieldName = keyof typeof FIELDS;

/** What a caller may hand to the log: listed fields, and an error, of which only safe parts are written. */
export type LogFields = {
  readonly [name in FieldName]?: string | number | boolean | undefined;
} & { readonly error?: unknown };

/** The fields that are listed and have their shape, and how many were given that do not. */
export function allowedFields(fields: Readonly<Record<string, unknown>>): {
  allowed: Record<string, unknown>;
  dropped: number;
} {
  const allowed: Record<string, unknown> = {};
  let dropped = 0;
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || name === "error") continue;
    if (Object.hasOwn(FIELDS, name) && FIELDS[name as FieldName](value)) allowed[name] = value;
    else dropped += 1;
  }
  return { allowed, dropped };
}
