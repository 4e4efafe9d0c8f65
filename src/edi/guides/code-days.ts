import { type CalendarDate, calendarDate } from "../codes/index.ts";
import type { Loop } from "./loop.ts";

/** A loop that was asked for its day, and the answer. */
interface KnownDay {
  readonly loop: Loop | undefined;
  readonly day: CalendarDate | undefined;
}

const NO_DAY: KnownDay = { loop: undefined, day: undefined };

/**
 * The days on which the codes of a loop have to be valid. Many codes of one loop ask for the same
 * day, and a claim may have thousands of lines that ask it: what is answered is kept until it is
 * forgotten, which it must be when the loops have grown.
 */
export class CodeDays {
  #service = NO_DAY;
  #transaction = NO_DAY;
  readonly #around = new Map<Loop, CalendarDate | undefined>();

  /** The day of service of the nearest loop around that tells one; of several days the first. */
  service(loop: Loop): CalendarDate | undefined {
    if (this.#service.loop !== loop) {
      const day = ownServiceDay(loop) ?? linesDay(loop) ?? this.#dayAround(loop.parent);
      this.#service = { loop, day };
    }
    return this.#service.day;
  }

  /** The day on which the transaction was made: BHT04 or BPR16. */
  transaction(loop: Loop): CalendarDate | undefined {
    const root = loop.within("ST");
    if (root === undefined) return undefined;
    if (this.#transaction.loop !== root) {
      const day = root.segment("BHT")?.element(4) ?? root.segment("BPR")?.element(16);
      this.#transaction = { loop: root, day: day === undefined ? undefined : calendarDate(day) };
    }
    return this.#transaction.day;
  }

  forget(): void {
    this.#service = NO_DAY;
    this.#transaction = NO_DAY;
    if (this.#around.size > 0) this.#around.clear();
  }

  #dayAround(loop: Loop | undefined): CalendarDate | undefined {
    if (loop === undefined) return undefined;
    const known = this.#around.get(loop);
    if (known !== undefined || this.#around.has(loop)) return known;
    const day = ownServiceDay(loop) ?? linesDay(loop) ?? this.#dayAround(loop.parent);
    this.#around.set(loop, day);
    return day;
  }
}

function ownServiceDay(loop: Loop): CalendarDate | undefined {
  const service = loop.segment("DTP", "472");
  if (service !== undefined) return calendarDate(service.element(3).slice(0, 8));
  // The codes of a stay are those of the day on which it ended.
  const statement = loop.segment("DTP", "434");
  if (statement !== undefined) return calendarDate(statement.element(3).slice(-8));
  const dtm =
    loop.segment("DTM", "472") ?? loop.segment("DTM", "150") ?? loop.segment("DTM", "232");
  return dtm === undefined ? undefined : calendarDate(dtm.element(2));
}

/** The earliest day of the lines of a claim; undefined for other loops. */
function linesDay(claim: Loop): CalendarDate | undefined {
  if (claim.id !== "2300" && claim.id !== "2100") return undefined;
  let first: CalendarDate | undefined;
  for (const line of claim.loops) {
    const day = ownServiceDay(line);
    if (day !== undefined && (first === undefined || day < first)) first = day;
  }
  return first;
}
