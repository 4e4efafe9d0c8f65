import type { Segment } from "../x12/index.ts";
import type { Loop } from "./loop.ts";

/** A 999 or 997 as read: what the receiver made of one functional group of ours. */
export interface GroupAcknowledgement {
  /** AK101, AK102, AK103: the group that is answered. */
  readonly functionalIdentifier: string;
  readonly groupControlNumber: string;
  readonly version: string;
  /** AK901: A, E, M, P, R, W or X; "" when AK9 is missing. */
  readonly status: string;
  /** AK905–AK909. */
  readonly codes: readonly string[];
  /** AK902, AK903, AK904. */
  readonly included: number;
  readonly received: number;
  readonly accepted: number;
  readonly sets: readonly AcknowledgedSet[];
}

/** One transaction set of a 999 (loop 2000) or 997 (loop AK2). */
export interface AcknowledgedSet {
  /** AK201, AK202, AK203. */
  readonly transactionSet: string;
  readonly controlNumber: string;
  readonly implementation: string;
  /** IK501 or AK501: A, E, M, R, W or X. */
  readonly status: string;
  /** IK502–IK506 or AK502–AK506. */
  readonly codes: readonly string[];
  readonly errors: readonly AcknowledgedError[];
}

/** One segment in error of a 999 (loop 2100) or 997 (loop AK3). */
export interface AcknowledgedError {
  /** IK301, IK302, IK303, IK304; of several codes of an AK3 the first. */
  readonly segment: string;
  readonly position: number;
  readonly loop: string;
  readonly code: string;
  /** CTX01 that names the claim: `CLM01` and the patient control number. */
  readonly businessUnit: { readonly element: string; readonly value: string } | undefined;
  /** IK4 of each element in error; component and repetition are 0 where they are not named. */
  readonly elements: readonly {
    readonly element: number;
    readonly component: number;
    readonly repetition: number;
    readonly code: string;
  }[];
}

/** Reads a 999 or 997 from its root loop (transactionSetEnd). */
export function readGroupAcknowledgement(root: Loop): GroupAcknowledgement {
  const ak1 = root.segment("AK1");
  const ak9 = root.segment("AK9");
  return {
    functionalIdentifier: ak1?.element(1) ?? "",
    groupControlNumber: ak1?.element(2) ?? "",
    version: ak1?.element(3) ?? "",
    status: ak9?.element(1) ?? "",
    codes: elementsFrom(ak9, 5),
    included: numberOf(ak9?.element(2)),
    received: numberOf(ak9?.element(3)),
    accepted: numberOf(ak9?.element(4)),
    sets: [...root.loopsOf("2000"), ...root.loopsOf("AK2")].map(acknowledgedSet),
  };
}

function acknowledgedSet(loop: Loop): AcknowledgedSet {
  const ak2 = loop.segment("AK2");
  const verdict = loop.segment("IK5") ?? loop.segment("AK5");
  return {
    transactionSet: ak2?.element(1) ?? "",
    controlNumber: ak2?.element(2) ?? "",
    implementation: ak2?.element(3) ?? "",
    status: verdict?.element(1) ?? "",
    codes: elementsFrom(verdict, 2),
    errors: [...loop.loopsOf("2100"), ...loop.loopsOf("AK3")].map(acknowledgedError),
  };
}

function acknowledgedError(loop: Loop): AcknowledgedError {
  const place = loop.segment("IK3") ?? loop.segment("AK3");
  const named = loop.segmentsOf("CTX").find((ctx) => ctx.component(1, 2) !== "");
  const elements = loop.loopsOf("2110").flatMap((inner) => inner.segmentsOf("IK4"));
  return {
    segment: place?.element(1) ?? "",
    position: numberOf(place?.element(2)),
    loop: place?.element(3) ?? "",
    code: place?.element(4) ?? "",
    businessUnit:
      named === undefined
        ? undefined
        : { element: named.component(1, 1), value: named.component(1, 2) },
    elements: [...elements, ...loop.segmentsOf("AK4")].map((element) => ({
      element: numberOf(element.component(1, 1)),
      component: numberOf(element.component(1, 2)),
      repetition: numberOf(element.component(1, 3)),
      code: element.element(3),
    })),
  };
}

/** A TA1 as read: what the receiver made of one interchange of ours. */
export interface InterchangeAcknowledgement {
  /** TA101. */
  readonly interchangeControlNumber: string;
  /** TA102 as YYMMDD and TA103. */
  readonly date: string;
  readonly time: string;
  /** TA104: A accepted, E accepted with errors, R rejected. */
  readonly status: string;
  /** TA105: `000` when nothing is wrong. */
  readonly note: string;
}

/** Reads a TA1 segment (event interchangeAcknowledgement). */
export function readTa1(segment: Segment): InterchangeAcknowledgement {
  return {
    interchangeControlNumber: segment.element(1),
    date: segment.element(2),
    time: segment.element(3),
    status: segment.element(4),
    note: segment.element(5),
  };
}

/** One status of a 277CA: a composite of STC (C043). */
export interface ClaimStatus {
  /** Health care claim status category: `A1`, `A7`. */
  readonly category: string;
  /** Health care claim status. */
  readonly status: string;
  /** Entity identifier, "" where nobody is meant. */
  readonly entity: string;
}

/** A claim, or a level above it, as a 277CA acknowledges it. */
export interface ClaimAcknowledgement extends ClaimStatus {
  /** TRN02: of loop 2200D the patient control number. */
  readonly patientControlNumber: string;
  /** All statuses of all STC segments, the first one included. */
  readonly statuses: readonly ClaimStatus[];
  /** STC02 as CCYYMMDD. */
  readonly date: string;
  /** STC03: WQ accepted, U rejected. */
  readonly action: string;
  /** STC04, the charge as written. */
  readonly amount: string;
  /** REF02 of REF*1K, "" where the payer has given no number. */
  readonly payerClaimControlNumber: string;
  /** STC12. */
  readonly message: string;
  /** Service lines that have a status of their own (loop 2220D). */
  readonly lines: readonly {
    /** REF02 of REF*FJ. */
    readonly lineControlNumber: string;
    readonly statuses: readonly ClaimStatus[];
    readonly action: string;
  }[];
}

/**
 * Reads loop 2200D of a 277CA; 2200B and 2200C, which hold a whole batch or provider, read alike.
 */
export function read277ca(loop: Loop): ClaimAcknowledgement {
  const stc = loop.segment("STC");
  const statuses = statusesOf(loop);
  return {
    patientControlNumber: loop.segment("TRN")?.element(2) ?? "",
    ...(statuses[0] ?? { category: "", status: "", entity: "" }),
    statuses,
    date: stc?.element(2) ?? "",
    action: stc?.element(3) ?? "",
    amount: stc?.element(4) ?? "",
    payerClaimControlNumber: loop.segment("REF", "1K")?.element(2) ?? "",
    message: stc?.element(12) ?? "",
    lines: loop.loopsOf("2220D").map((line) => ({
      lineControlNumber: line.segment("REF", "FJ")?.element(2) ?? "",
      statuses: statusesOf(line),
      action: line.segment("STC")?.element(3) ?? "",
    })),
  };
}

/** STC01, STC10 and STC11 of each STC. */
function statusesOf(loop: Loop): readonly ClaimStatus[] {
  return loop.segmentsOf("STC").flatMap((stc) =>
    [1, 10, 11]
      .filter((element) => stc.element(element) !== "")
      .map((element) => ({
        category: stc.component(element, 1),
        status: stc.component(element, 2),
        entity: stc.component(element, 3),
      })),
  );
}

function elementsFrom(segment: Segment | undefined, first: number): readonly string[] {
  const values: string[] = [];
  const count = segment?.elementCount ?? 0;
  for (let number = first; number <= count; number += 1) {
    const value = segment?.element(number) ?? "";
    if (value !== "") values.push(value);
  }
  return values;
}

function numberOf(text: string | undefined): number {
  return text !== undefined && /^[0-9]{1,10}$/.test(text) ? Number(text) : 0;
}
