import { type Finding, type FunctionalGroup, type Interchange, keep } from "../x12/index.ts";
import type { EdiEvent } from "./event.ts";
import type { Loop } from "./loop.ts";
import type { TransactionSet } from "./support.ts";

/** What was found in one transaction set. */
export interface TransactionSetVerdict {
  /** ST01, ST02 and ST03 or GS08. */
  readonly id: string;
  readonly controlNumber: string;
  readonly implementation: string;
  readonly intact: boolean;
  /** Those beyond ten thousand are only counted. */
  readonly findings: readonly Finding[];
  /** Where each claim in which something was found begins, and which it is, in file order. */
  readonly businessUnits: readonly BusinessUnit[];
}

/** A claim within a set, by which a 999 can name it (CTX of loop 2100). */
export interface BusinessUnit {
  /** Positions of its first and last segment. */
  readonly from: number;
  readonly to: number;
  /** The element that names it, as CTX01-1 writes it: `CLM01`. */
  readonly element: string;
  readonly value: string;
}

/** What was found in one functional group. */
export interface FunctionalGroupVerdict {
  readonly group: FunctionalGroup;
  /** GE01, or the number of sets received where GE is missing or unreadable. */
  readonly declaredSets: number;
  readonly findings: readonly Finding[];
  readonly sets: readonly TransactionSetVerdict[];
}

/** What was found in one interchange: all that a TA1 and the 999s that answer it need. */
export interface InterchangeVerdict {
  readonly interchange: Interchange;
  readonly findings: readonly Finding[];
  readonly groups: readonly FunctionalGroupVerdict[];
  /** How many TA1 segments it brings. */
  readonly acknowledgements: number;
}

/** Gathers verdicts while the events of a reader pass by. */
export class Verdicts {
  /** The interchanges that have ended. */
  readonly interchanges: InterchangeVerdict[] = [];
  #groups: FunctionalGroupVerdict[] = [];
  #sets: TransactionSetVerdict[] = [];
  #units: BusinessUnit[] = [];
  #setFindings: Finding[] = [];
  #acknowledgements = 0;

  /** Takes the next event; answers the verdict on the transaction set that it ends. */
  take(event: EdiEvent): TransactionSetVerdict | undefined {
    switch (event.kind) {
      case "loop":
        if (event.findings.length > 0) this.#unit(event.set, event.loop);
        for (const finding of event.findings) keep(this.#setFindings, finding);
        break;
      case "interchangeAcknowledgement":
        this.#acknowledgements += 1;
        break;
      case "transactionSetEnd":
        return this.#setEnd(event);
      case "functionalGroupEnd": {
        const { group, findings, declaredSets } = event;
        const sets = this.#sets;
        this.#sets = [];
        this.#groups.push({ group, findings, sets, declaredSets: declaredSets ?? sets.length });
        break;
      }
      case "interchangeRefused": {
        const { interchange, findings } = event;
        this.interchanges.push({ interchange, findings, groups: [], acknowledgements: 0 });
        break;
      }
      case "interchangeEnd": {
        const { interchange, findings } = event;
        const acknowledgements = this.#acknowledgements;
        this.interchanges.push({ interchange, findings, groups: this.#groups, acknowledgements });
        this.#groups = [];
        this.#sets = [];
        this.#acknowledgements = 0;
        break;
      }
    }
    return undefined;
  }

  #unit(set: TransactionSet, loop: Loop): void {
    const opener = loop.segments[0];
    if (set.id !== "837" || opener?.id !== "CLM") return;
    // A slice of the file would keep its surroundings in memory; a claim number need not.
    const value = Buffer.from(opener.element(1)).toString();
    this.#units.push({ from: opener.position, to: lastPosition(loop), element: "CLM01", value });
  }

  #setEnd(event: Extract<EdiEvent, { kind: "transactionSetEnd" }>): TransactionSetVerdict {
    const { id, controlNumber, implementation } = event.set;
    const { intact } = event;
    const findings = this.#setFindings;
    for (const finding of event.findings) keep(findings, finding);
    const businessUnits = this.#units;
    this.#setFindings = [];
    this.#units = [];
    const set = { id, controlNumber, implementation, intact, findings, businessUnits };
    this.#sets.push(set);
    return set;
  }
}

/** The verdicts on everything that the events hold. */
export function verdictsOf(events: Iterable<EdiEvent>): readonly InterchangeVerdict[] {
  const verdicts = new Verdicts();
  for (const event of events) verdicts.take(event);
  return verdicts.interchanges;
}

function lastPosition(loop: Loop): number {
  const own = loop.segments.at(-1)?.position ?? 0;
  const inner = loop.loops.at(-1);
  return inner === undefined ? own : Math.max(own, lastPosition(inner));
}
