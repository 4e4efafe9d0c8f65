/** The errors that MongoDB itself would answer with; their messages name places, never stored values. */

const CODE_NAMES: Readonly<Record<number, string>> = {
  1: "InternalError",
  2: "BadValue",
  8: "UnknownError",
  9: "FailedToParse",
  14: "TypeMismatch",
  15: "Overflow",
  16: "InvalidLength",
  22: "InvalidBSON",
  24: "LockTimeout",
  26: "NamespaceNotFound",
  27: "IndexNotFound",
  28: "PathNotViable",
  40: "ConflictingUpdateOperators",
  43: "CursorNotFound",
  48: "NamespaceExists",
  52: "DollarPrefixedFieldName",
  53: "InvalidIdField",
  54: "NotSingleValueField",
  56: "EmptyFieldName",
  59: "CommandNotFound",
  66: "ImmutableField",
  67: "CannotCreateIndex",
  72: "InvalidOptions",
  73: "InvalidNamespace",
  85: "IndexOptionsConflict",
  86: "IndexKeySpecsConflict",
  96: "OperationFailed",
  112: "WriteConflict",
  146: "ExceededMemoryLimit",
  168: "InvalidPipelineOperator",
  171: "CannotIndexParallelArrays",
  175: "QueryPlanKilled",
  225: "TransactionTooOld",
  238: "NotImplemented",
  241: "ConversionFailure",
  251: "NoSuchTransaction",
  256: "TransactionCommitted",
  257: "TransactionTooLarge",
  261: "TooManyLogicalSessions",
  263: "OperationNotSupportedInTransaction",
  292: "QueryExceededMemoryLimitNoDiskUseAllowed",
  301: "DataCorruptionDetected",
  10334: "BSONObjectTooLarge",
  11000: "DuplicateKey",
  14031: "OutOfDiskSpace",
};

/** What a reply may carry beside code and message. */
export interface ErrorDetails {
  readonly errorLabels?: readonly string[];
  readonly keyPattern?: unknown;
  readonly keyValue?: unknown;
}

/** An error that is sent to the client as MongoDB would send it. */
export class MongoError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly details: ErrorDetails;

  constructor(code: number, message: string, details: ErrorDetails = {}) {
    super(message);
    this.code = code;
    this.codeName = CODE_NAMES[code] ?? `Location${code}`;
    this.details = details;
  }
}

/** Returns a MongoError of a code; its name is MongoDB's own. */
export function fault(code: number, message: string, details: ErrorDetails = {}): MongoError {
  return new MongoError(code, message, details);
}

/** Returns the refusal of a feature that this store does not have. */
export function unsupported(what: string): MongoError {
  return fault(238, `${what} is not supported by the embedded store`);
}

/** Returns the loser's answer in a race of two transactions; drivers retry on its label. */
export function writeConflict(): MongoError {
  return fault(
    112,
    "Write conflict during plan execution. Please retry your operation or multi-document transaction.",
    { errorLabels: ["TransientTransactionError"] },
  );
}
