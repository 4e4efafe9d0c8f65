import type { Cents } from "../money/index.ts";

/** The kinds of file that deposits are read from. */
export const DEPOSIT_FORMATS = ["csv", "bai2", "nacha"] as const;

export type DepositFormat = (typeof DEPOSIT_FORMATS)[number];

/** A reassociation trace number as a TRN segment gives it (CAQH CORE 370). */
export interface Trace {
  /** TRN02. */
  readonly traceNumber: string;
  /** TRN03; undefined where only the number is told. */
  readonly originatorId: string | undefined;
}

/** Money that came into the bank account, as a bank or a person tells of it. */
export interface Deposit {
  /** Where it stands in its file: `line 4`, `record 3`. */
  readonly place: string;
  /** Always positive. */
  readonly amountCents: Cents;
  /** The day on which the money counts: value date or effective entry date, ISO calendar date. */
  readonly date: string;
  /** Said to be trace numbers: TRN segments of addenda and texts, a trace column. */
  readonly traces: readonly Trace[];
  /** The paying company's identifier: field 5 of a NACHA batch header, an originator column. */
  readonly originatorId: string | undefined;
  readonly payerName: string | undefined;
  /** The bank's and the customer's references, which may or may not be trace numbers. */
  readonly references: readonly string[];
  /** What else the bank says of it. */
  readonly text: string | undefined;
  /** Tells it from every other deposit of the account: what another statement repeats is the same money. */
  readonly identity: string;
}

/** Something of a deposit file that is no incoming payment: a debit, a prenote, a fee, a return. */
export interface OtherItem {
  readonly place: string;
  /** BAI2 type code, NACHA transaction code; `-` for a negative row of a CSV file. */
  readonly typeCode: string;
  readonly amountCents: Cents;
  readonly date: string;
  /** The bank takes an earlier deposit back. */
  readonly isReturn: boolean;
}

/** Why a file is refused: the place and what is wrong there, never a value beyond amounts and counts. */
export interface DepositDefect {
  readonly code: DepositDefectCode;
  readonly place: string;
  readonly message: string;
  /** What the file's own total says less what its records add up to, where it does not tie. */
  readonly differenceCents?: Cents;
}

/** What can be wrong with a deposit file. */
export type DepositDefectCode =
  | "format-unknown"
  | "column-missing"
  | "row-damaged"
  | "record-unknown"
  | "record-misplaced"
  | "record-damaged"
  | "amount-unreadable"
  | "date-unreadable"
  | "currency-unknown"
  | "total-differs"
  | "count-differs"
  | "control-differs"
  | "file-cut-off";

/** A deposit file, read. With any defect nothing of it counts: `deposits` and `others` are then empty. */
export interface DepositFile {
  readonly format: DepositFormat | undefined;
  readonly deposits: readonly Deposit[];
  readonly others: readonly OtherItem[];
  readonly defects: readonly DepositDefect[];
}

/** The file of a reader's findings; what has a defect is not half-read. */
export function depositFile(
  format: DepositFormat,
  deposits: readonly Deposit[],
  others: readonly OtherItem[],
  defects: readonly DepositDefect[],
): DepositFile {
  if (defects.length > 0) return { format, deposits: [], others: [], defects };
  return { format, deposits: numbered(deposits), others, defects: [] };
}

/** Two rows of one file that are alike are two deposits; the same file again gives the same identities. */
function numbered(deposits: readonly Deposit[]): Deposit[] {
  const seen = new Map<string, number>();
  return deposits.map((deposit) => {
    const nth = (seen.get(deposit.identity) ?? 0) + 1;
    seen.set(deposit.identity, nth);
    return nth === 1 ? deposit : { ...deposit, identity: `${deposit.identity}|${nth}` };
  });
}
