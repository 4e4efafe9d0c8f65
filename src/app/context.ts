import type { CheckpointFile } from "../platform/checkpoints/index.ts";
import type { Log } from "../platform/log/index.ts";
import type { Store } from "../platform/store/index.ts";
import type { Holder, Loan } from "../trust/access/index.ts";
import type { Purpose } from "../trust/audit/index.ts";

/** Who asks: a person, a machine with an API key, or the program itself on the command line or in a job. */
export interface Actor extends Holder {
  readonly id: string;
  readonly kind: "person" | "machine" | "system";
  /** Which of the roles are lent, and by whom; absent where none is. */
  readonly lent?: readonly Loan[];
  /** Every query is scoped by it. */
  readonly practiceId: string;
  readonly source: "cli" | "http" | "job";
  readonly requestId: string;
  /** For what records are read, where the reader says so; else it follows from what is read. */
  readonly purpose?: Purpose;
}

/** What every use case stands on: storage, time, ids and the log, passed in. */
export interface App {
  readonly store: Store;
  /** Where signed heads of the audit chain are kept, outside the store. */
  readonly checkpoints: CheckpointFile;
  readonly log: Log;
  readonly now: () => Date;
  /** A new unique, opaque, sortable id. */
  readonly newId: () => string;
}
