/**
 * Deposits from a BAI2 balance report (Cash Management Balance Reporting Specifications, version 2):
 * 01 file, 02 group, 03 account, 16 transaction, 88 continuation, 49, 98 and 99 control totals. Amounts
 * are whole cents.
 */
import { type Cents, cents } from "../money/index.ts";
import { centsOf, dateOf, fundsFields, type Logical, logicalRecords } from "./bai2-record.ts";
import {
  type Deposit,
  type DepositDefect,
  type DepositFile,
  depositFile,
  type OtherItem,
} from "./deposit.ts";
import { tracesIn } from "./trace.ts";

/** Detail type codes by which a payer's money comes in; other credits are counted and not taken. */
const PAYMENT_TYPES: Readonly<Record<string, string>> = {
  "115": "Lockbox deposit",
  "142": "ACH credit received",
  "165": "Preauthorized ACH credit",
  "166": "ACH settlement credit",
  "169": "Miscellaneous ACH credit",
  "175": "Check deposit package",
  "195": "Incoming money transfer",
  "301": "Commercial deposit",
};

/** Debit type codes by which the bank takes a deposit back. */
const RETURN_TYPES: ReadonlySet<string> = new Set(["455", "555", "557"]);

/** Reads incoming payments from BAI2 and proves all three levels of control totals and counts. */
export function readBai2(content: string): DepositFile {
  const reader = new Bai2Reader();
  for (const record of logicalRecords(content, reader.defects)) reader.take(record);
  reader.end();
  return depositFile("bai2", reader.deposits, reader.others, reader.defects);
}

/** What one level of the file adds up to, to be compared with its trailer. */
interface Sum {
  totalCents: number;
  children: number;
  records: number;
}

const newSum = (): Sum => ({ totalCents: 0, children: 0, records: 0 });

class Bai2Reader {
  readonly deposits: Deposit[] = [];
  readonly others: OtherItem[] = [];
  readonly defects: DepositDefect[] = [];
  #file: Sum | undefined;
  #group: Sum | undefined;
  #account: Sum | undefined;
  #date: string | undefined;
  #groupCurrency = "";
  #accountNumber = "";
  #ended = false;

  take(record: Logical): void {
    const parts = [this.#file, this.#group, this.#account].filter((sum) => sum !== undefined);
    for (const sum of parts) sum.records += record.lines.length;
    const step = this.#steps[record.code];
    if (this.#ended || step === undefined) {
      this.#refuse(
        this.#ended ? "record-misplaced" : "record-unknown",
        record,
        this.#ended ? "A record follows the file trailer." : "The record code is none of BAI2.",
      );
      return;
    }
    step(record);
  }

  end(): void {
    if (this.#ended) return;
    const message = "The file ends before its trailer (99).";
    this.defects.push({ code: "file-cut-off", place: "end of file", message });
  }

  #refuse(code: DepositDefect["code"], { place }: { place: string }, message: string): void {
    this.defects.push({ code, place, message });
  }

  readonly #steps: Readonly<Record<string, (record: Logical) => void>> = {
    "01": (record) => {
      if (this.#file !== undefined) {
        this.#misplaced(record);
        return;
      }
      this.#file = { ...newSum(), records: record.lines.length };
      if ((record.fields[7] ?? "").trim() === "2") return;
      this.#refuse("record-damaged", record, "The version (01) is not 2.");
    },
    "02": (record) => {
      if (this.#file === undefined || this.#group !== undefined) {
        this.#misplaced(record);
        return;
      }
      this.#group = { ...newSum(), records: record.lines.length };
      this.#date = dateOf(record.fields[3]);
      this.#groupCurrency = record.fields[5] ?? "";
      if (this.#date !== undefined) return;
      this.#refuse("date-unreadable", record, "The as-of date (02) is no day of the calendar.");
    },
    "03": (record) => {
      if (this.#group === undefined || this.#account !== undefined) {
        this.#misplaced(record);
        return;
      }
      this.#account = { ...newSum(), records: record.lines.length };
      this.#accountNumber = record.fields[0] ?? "";
      this.#currency(record);
      this.#summaries(record);
    },
    "16": (record) => {
      if (this.#account === undefined) {
        this.#misplaced(record);
        return;
      }
      this.#transaction(record);
    },
    "49": (record) => {
      if (this.#account === undefined || this.#group === undefined) {
        this.#misplaced(record);
        return;
      }
      this.#tie(record, this.#account, "account", [record.fields[0], undefined, record.fields[1]]);
      this.#group.totalCents += this.#account.totalCents;
      this.#group.children += 1;
      this.#account = undefined;
    },
    "98": (record) => {
      const [group, file] = [this.#group, this.#file];
      if (this.#account !== undefined || group === undefined || file === undefined) {
        this.#misplaced(record);
        return;
      }
      this.#tie(record, group, "group", record.fields);
      file.totalCents += group.totalCents;
      file.children += 1;
      this.#group = undefined;
    },
    "99": (record) => {
      if (this.#group !== undefined || this.#file === undefined) {
        this.#misplaced(record);
        return;
      }
      this.#tie(record, this.#file, "file", record.fields);
      this.#ended = true;
    },
  };

  #misplaced(record: Logical): void {
    this.#refuse("record-misplaced", record, `A record ${record.code} may not stand here.`);
  }

  #currency(record: Logical): void {
    const currency = record.fields[1] || this.#groupCurrency || "USD";
    if (currency === "USD") return;
    this.#refuse("currency-unknown", record, "The account is not in US dollars.");
  }

  /** The balances and totals of a record 03: they count in the account's control total. */
  #summaries(record: Logical): void {
    const fields = record.fields.slice(2);
    for (let at = 0; at < fields.length; ) {
      const [type = "", amount = ""] = fields.slice(at, at + 2);
      if (type !== "" && amount !== "") this.#add(record, amount);
      const skip = fundsFields(fields, at + 3);
      if (skip === undefined) {
        this.#refuse("record-damaged", record, "The funds type is none of BAI2.");
        return;
      }
      at += 4 + skip;
    }
  }

  #add(record: Logical, text: string): Cents | undefined {
    const amount = centsOf(text);
    if (amount === undefined) {
      this.#refuse("amount-unreadable", record, "An amount is not a whole number of cents.");
    } else if (this.#account !== undefined) this.#account.totalCents += amount;
    return amount;
  }

  #transaction(record: Logical): void {
    const [typeCode = "", amount = ""] = record.fields;
    const amountCents = this.#add(record, amount);
    const skip = fundsFields(record.fields, 2);
    if (skip === undefined) {
      this.#refuse("record-damaged", record, "The funds type is none of BAI2.");
      return;
    }
    const isDated = record.fields[2] === "V";
    const date = isDated ? dateOf(record.fields[3]) : this.#date;
    if (isDated && date === undefined) {
      this.#refuse("date-unreadable", record, "The value date is no day of the calendar.");
      return;
    }
    if (amountCents === undefined || date === undefined) return;
    const item = { place: record.place, amountCents, date };
    if (PAYMENT_TYPES[typeCode] === undefined || amountCents <= 0) {
      this.others.push({ ...item, typeCode, isReturn: RETURN_TYPES.has(typeCode) });
      return;
    }
    const [bank = "", customer = "", ...text] = record.fields.slice(3 + skip);
    const traces = tracesIn(record.lines.join("\n"));
    const references = [bank, customer].map((each) => each.trim()).filter((each) => each !== "");
    this.deposits.push({
      ...item,
      traces: traces.length > 0 ? traces : tracesIn(record.lines.join("")),
      originatorId: undefined,
      payerName: undefined,
      references,
      text: text.join(",").trim() || undefined,
      identity: ["bai2", this.#accountNumber, date, typeCode, amountCents, ...references].join("|"),
    });
  }

  /** Compares a trailer's total, number of parts and number of records with what was read. */
  #tie(
    record: Logical,
    sum: Sum,
    level: string,
    [total, children, records]: readonly (string | undefined)[],
  ): void {
    const stated = centsOf(total ?? "");
    if (stated === undefined) {
      this.#refuse("amount-unreadable", record, `The control total of the ${level} is none.`);
      return;
    }
    if (stated !== sum.totalCents) {
      const differenceCents = cents(stated - sum.totalCents);
      const message = `The control total of the ${level} differs by ${differenceCents} cents from the sum of its amounts.`;
      this.defects.push({ code: "total-differs", place: record.place, message, differenceCents });
    }
    if (children !== undefined && Number(children) !== sum.children) {
      const message = `The ${level} counts ${sum.children} parts, its trailer says another number.`;
      this.#refuse("count-differs", record, message);
    }
    if (Number(records) !== sum.records) {
      const message = `The ${level} has ${sum.records} records, its trailer says another number.`;
      this.#refuse("count-differs", record, message);
    }
  }
}
