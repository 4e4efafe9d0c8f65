import { CSV_TYPE, type CsvColumn, csvLines } from "./write.ts";

type Maybe = string | null | undefined;

/** A work item, as far as the list shows it. */
interface WorkItem {
  readonly id: string;
  readonly patientControlNumber?: Maybe;
  readonly payer?: Maybe;
  readonly kind: string;
  readonly category: string;
  readonly groupCode?: Maybe;
  readonly reasonCode?: Maybe;
  readonly remarkCodes: readonly string[];
  readonly amountCents: number;
  readonly deadline?: Maybe;
  readonly status: string;
  readonly assignee?: Maybe;
  readonly suggestedAction: string;
}

/** Cents as a number of dollars: a spreadsheet adds it up. */
const dollars = (cents: number): number => cents / 100;

const WORK_ITEM: readonly CsvColumn<WorkItem>[] = [
  { heading: "Id", of: ({ id }) => id },
  { heading: "Claim", of: ({ patientControlNumber }) => patientControlNumber },
  { heading: "Payer", of: ({ payer }) => payer },
  { heading: "Kind", of: ({ kind }) => kind },
  { heading: "Category", of: ({ category }) => category },
  { heading: "Group code", of: ({ groupCode }) => groupCode },
  { heading: "Reason code", of: ({ reasonCode }) => reasonCode },
  { heading: "Remark codes", of: ({ remarkCodes }) => remarkCodes.join(" ") },
  { heading: "At stake, USD", of: ({ amountCents }) => dollars(amountCents) },
  { heading: "Deadline", of: ({ deadline }) => deadline },
  { heading: "Status", of: ({ status }) => status },
  { heading: "Assignee", of: ({ assignee }) => assignee },
  { heading: "Do first", of: ({ suggestedAction }) => suggestedAction },
];

/** One group of the denial rate. */
interface RateRow {
  readonly key: string;
  readonly label?: string | undefined;
  readonly numerator: number;
  readonly denominator: number;
  readonly rate: number | null;
  readonly dollars: { readonly deniedCents: number };
}

const RATE: readonly CsvColumn<RateRow>[] = [
  { heading: "Key", of: ({ key }) => key },
  { heading: "Meaning", of: ({ label }) => label },
  { heading: "Denied", of: ({ numerator }) => numerator },
  { heading: "Of", of: ({ denominator }) => denominator },
  { heading: "Rate", of: ({ rate }) => rate },
  { heading: "Denied, USD", of: (row) => dollars(row.dollars.deniedCents) },
];

/** What one payer does against the standard. */
interface Payer {
  readonly payer: string;
  readonly units: { readonly remittances: number; readonly claimPayments: number };
  readonly days: { readonly median: number | null; readonly longest: number | null };
  readonly measures: readonly {
    readonly words: string;
    readonly count: number;
    readonly of: number;
    readonly rate: number | null;
  }[];
}

type PayerMeasure = Omit<Payer, "measures"> & { readonly measure: Payer["measures"][number] };

const PAYER: readonly CsvColumn<PayerMeasure>[] = [
  { heading: "Payer", of: ({ payer }) => payer },
  { heading: "Remittances", of: ({ units }) => units.remittances },
  { heading: "Claim payments", of: ({ units }) => units.claimPayments },
  { heading: "Median days to the first answer", of: ({ days }) => days.median },
  { heading: "Longest", of: ({ days }) => days.longest },
  { heading: "Against the standard", of: ({ measure }) => measure.words },
  { heading: "Times", of: ({ measure }) => measure.count },
  { heading: "Of", of: ({ measure }) => measure.of },
  { heading: "Rate", of: ({ measure }) => measure.rate },
];

/** A file of CSV, as the http face answers it and the command line prints it. */
interface CsvFile {
  readonly lines: AsyncIterable<string>;
  readonly mediaType: string;
  readonly fileName: string;
}

/** The work queue, one item a line. */
export function workItemLines(items: AsyncIterable<WorkItem>): CsvFile {
  return { lines: csvLines(WORK_ITEM, items), mediaType: CSV_TYPE, fileName: "work-items.csv" };
}

/** The rows of a denial rate. */
export function rateLines(rows: readonly RateRow[]): CsvFile {
  return { lines: csvLines(RATE, rows), mediaType: CSV_TYPE, fileName: "denial-rate.csv" };
}

/** The payers, one measure a line. */
export function payerLines(payers: readonly Payer[]): CsvFile {
  const rows = payers.flatMap(({ measures, ...payer }) =>
    measures.map((measure) => ({ ...payer, measure })),
  );
  return { lines: csvLines(PAYER, rows), mediaType: CSV_TYPE, fileName: "payers.csv" };
}
