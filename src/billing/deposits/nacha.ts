/**
 * Deposits from a NACHA file of ACH entries (NACHA Operating Rules, Appendix Three): 94 characters a
 * record; 1 file header, 5 batch header, 6 entry, 7 addenda, 8 batch control, 9 file control. A health
 * plan's payment is a CCD entry whose one addenda record carries the TRN segment (45 CFR 162.1602(d)).
 */
import { isoDate } from "../intake/index.ts";
import { type Cents, cents } from "../money/index.ts";
import {
  type Deposit,
  type DepositDefect,
  type DepositFile,
  depositFile,
  type OtherItem,
} from "./deposit.ts";
import { centsOf, field, type Line, linesOf } from "./nacha-record.ts";
import { tracesIn } from "./trace.ts";

const BLOCK = 10;
const HASH = 10_000_000_000;
const FILLER = /^9{94}$/;

/** What a transaction code does: 2x checking, 3x savings, 4x general ledger, 5x loan. */
const CREDIT = /^[2345]2$/;
const DEBIT = /^[234]7$/;
const RETURN = /^[2345][16]$/;

/** Entry and addenda count, hash of routing numbers, debits and credits: what a control record repeats. */
interface Sums {
  count: number;
  hash: number;
  debitCents: number;
  creditCents: number;
}

interface Batch extends Sums {
  readonly companyName: string;
  readonly companyId: string;
  readonly date: string | undefined;
  readonly odfi: string;
  readonly number: string;
}

/** An entry whose addenda records are still to come. */
interface Entry {
  readonly line: Line;
  readonly typeCode: string;
  readonly amountCents: Cents;
  readonly traceNumber: string;
  readonly hasAddenda: boolean;
  readonly addenda: string[];
}

/** Reads incoming credits from a NACHA file and proves its batch and file control records. */
export function readNacha(content: string): DepositFile {
  const reader = new NachaReader();
  const lines = linesOf(content, reader.defects);
  for (const line of lines) reader.take(line);
  reader.end(lines.length);
  return depositFile("nacha", reader.deposits, reader.others, reader.defects);
}

class NachaReader {
  readonly deposits: Deposit[] = [];
  readonly others: OtherItem[] = [];
  readonly defects: DepositDefect[] = [];
  readonly #file: Sums = { count: 0, hash: 0, debitCents: 0, creditCents: 0 };
  #begun = false;
  #batches = 0;
  #batch: Batch | undefined;
  #entry: Entry | undefined;
  #control: Line | undefined;

  take(line: Line): void {
    if (this.#control !== undefined) {
      if (!FILLER.test(line.text))
        this.#refuse("record-misplaced", line, "A record follows the end.");
      return;
    }
    const step = this.#steps[line.text.charAt(0)];
    if (step === undefined) {
      this.#refuse("record-unknown", line, "The record type is none of 1, 5, 6, 7, 8 and 9.");
      return;
    }
    if (!this.#begun && line.text.charAt(0) !== "1") {
      this.#misplaced(line);
      return;
    }
    step(line);
  }

  /** Checks what only the end tells: that there is one, and the number of blocks. */
  end(records: number): void {
    const control = this.#control;
    if (control === undefined) {
      const message = "The file ends before its control record (9).";
      this.defects.push({ code: "file-cut-off", place: "end of file", message });
      return;
    }
    const blocks = Math.ceil(records / BLOCK);
    if (Number(field(control, 7, 13)) === blocks) return;
    this.#refuse("count-differs", control, `The file has ${blocks} blocks, not what field 3 says.`);
  }

  #refuse(code: DepositDefect["code"], { place }: Line, message: string): void {
    this.defects.push({ code, place, message });
  }

  #misplaced(line: Line): void {
    const message = `A record of type ${line.text.charAt(0)} may not stand here.`;
    this.#refuse("record-misplaced", line, message);
  }

  readonly #steps: Readonly<Record<string, (line: Line) => void>> = {
    "1": (line) => {
      if (this.#begun) {
        this.#misplaced(line);
        return;
      }
      this.#begun = true;
      if (field(line, 34, 37) === "094") return;
      this.#refuse("record-damaged", line, "The record size (field 9) is not 094.");
    },
    "5": (line) => {
      if (this.#batch !== undefined) {
        this.#misplaced(line);
        return;
      }
      this.#openBatch(line);
    },
    "6": (line) => {
      if (this.#batch === undefined) {
        this.#misplaced(line);
        return;
      }
      this.#closeEntry();
      this.#openEntry(line, this.#batch);
    },
    "7": (line) => {
      if (this.#batch === undefined || this.#entry === undefined) {
        this.#misplaced(line);
        return;
      }
      this.#addenda(line, this.#batch, this.#entry);
    },
    "8": (line) => {
      if (this.#batch === undefined) {
        this.#misplaced(line);
        return;
      }
      this.#closeEntry();
      this.#closeBatch(line, this.#batch);
    },
    "9": (line) => {
      if (this.#batch !== undefined) {
        this.#misplaced(line);
        return;
      }
      this.#control = line;
      if (Number(field(line, 1, 7)) !== this.#batches) {
        const message = `The file has ${this.#batches} batches, not what field 2 says.`;
        this.#refuse("count-differs", line, message);
      }
      this.#tie(line, "file", this.#file, [13, 21, 31, 43, 55]);
    },
  };

  #openBatch(line: Line): void {
    const date = isoDate(`20${field(line, 69, 75)}`);
    if (date === undefined) {
      const message = "The effective entry date (field 9) is no day of the calendar.";
      this.#refuse("date-unreadable", line, message);
    }
    this.#batch = {
      ...{ count: 0, hash: 0, debitCents: 0, creditCents: 0, date },
      companyName: field(line, 4, 20).trim(),
      companyId: field(line, 40, 50).trim(),
      odfi: field(line, 79, 87),
      number: field(line, 87, 94),
    };
  }

  #openEntry(line: Line, batch: Batch): void {
    const amountCents = centsOf(field(line, 29, 39));
    const routing = centsOf(field(line, 3, 11));
    const indicator = field(line, 78, 79);
    if (amountCents === undefined) {
      this.#refuse("amount-unreadable", line, "The amount (field 6) is not ten digits.");
      return;
    }
    if (routing === undefined || !/[01]/.test(indicator)) {
      const message = "The routing number or the addenda indicator is not of digits.";
      this.#refuse("record-damaged", line, message);
      return;
    }
    const typeCode = field(line, 1, 3);
    batch.count += 1;
    batch.hash += routing;
    if (DEBIT.test(typeCode)) batch.debitCents += amountCents;
    else batch.creditCents += amountCents;
    const traceNumber = field(line, 79, 94);
    const hasAddenda = indicator === "1";
    this.#entry = { line, typeCode, amountCents, traceNumber, hasAddenda, addenda: [] };
  }

  #addenda(line: Line, batch: Batch, entry: Entry): void {
    batch.count += 1;
    if (!entry.hasAddenda)
      this.#refuse("record-misplaced", line, "The entry announces no addenda.");
    if (field(line, 87, 94) !== entry.traceNumber.slice(-7)) {
      this.#refuse(
        "control-differs",
        line,
        "The addenda does not name its entry's sequence number.",
      );
    }
    entry.addenda.push(field(line, 3, 83));
  }

  #closeEntry(): void {
    const [entry, batch] = [this.#entry, this.#batch];
    this.#entry = undefined;
    if (entry === undefined || batch === undefined) return;
    const { line, typeCode, amountCents } = entry;
    if (entry.hasAddenda && entry.addenda.length === 0) {
      this.#refuse("record-misplaced", line, "The entry announces an addenda that does not come.");
    }
    if (batch.date === undefined) return;
    const item = { place: line.place, amountCents, date: batch.date };
    if (!CREDIT.test(typeCode) || amountCents === 0) {
      this.others.push({ ...item, typeCode, isReturn: RETURN.test(typeCode) });
      return;
    }
    const text = entry.addenda.join("").trimEnd();
    const identification = field(line, 39, 54).trim();
    this.deposits.push({
      ...item,
      traces: tracesIn(text),
      originatorId: batch.companyId || undefined,
      payerName: batch.companyName || undefined,
      references: identification === "" ? [] : [identification],
      text: text || undefined,
      identity: ["nacha", batch.date, entry.traceNumber, amountCents].join("|"),
    });
  }

  #closeBatch(line: Line, batch: Batch): void {
    this.#batch = undefined;
    this.#batches += 1;
    const named = [field(line, 44, 54).trim(), field(line, 79, 87), field(line, 87, 94)];
    if (named.join("|") !== [batch.companyId, batch.odfi, batch.number].join("|")) {
      const message = "Company, originating bank or number is not that of the batch header.";
      this.#refuse("control-differs", line, message);
    }
    this.#tie(line, "batch", batch, [4, 10, 20, 32, 44]);
    this.#file.count += batch.count;
    this.#file.hash += batch.hash;
    this.#file.debitCents += batch.debitCents;
    this.#file.creditCents += batch.creditCents;
  }

  /** Compares a control record with what was read; `at` is where its four numbers begin and end. */
  #tie(line: Line, level: string, sums: Sums, at: readonly number[]): void {
    const [count, hash, debit, credit] = [0, 1, 2, 3].map((index) =>
      Number(field(line, at[index] ?? 0, at[index + 1] ?? 0)),
    );
    if (count !== sums.count) {
      const message = `The ${level} has ${sums.count} entries and addenda, not what is stated.`;
      this.#refuse("count-differs", line, message);
    }
    if (hash !== sums.hash % HASH) {
      const message = `The hash of routing numbers of the ${level} does not agree.`;
      this.#refuse("control-differs", line, message);
    }
    const totals = [
      ["debits", debit, sums.debitCents],
      ["credits", credit, sums.creditCents],
    ] as const;
    for (const [what, stated = Number.NaN, read] of totals) {
      if (stated === read) continue;
      if (!Number.isSafeInteger(stated)) {
        this.#refuse("amount-unreadable", line, `The total of ${what} is not of digits.`);
        continue;
      }
      const differenceCents = cents(stated - read);
      const message = `The total of ${what} of the ${level} differs by ${differenceCents} cents from the sum of its entries.`;
      this.defects.push({ code: "total-differs", place: line.place, message, differenceCents });
    }
  }
}
