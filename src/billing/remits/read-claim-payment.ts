import type { Loop } from "../../edi/guides/loop.ts";
import type { Segment } from "../../edi/x12/segment.ts";
import { cents, parseAmount } from "../money/index.ts";
import { Defects } from "./defects.ts";
import { AdjustmentList, adjustmentOf } from "./known-adjustments.ts";
import { dateOf } from "./read-date.ts";
import type {
  Adjustment,
  ClaimPayment,
  Procedure,
  RemittancePerson,
  ServicePayment,
} from "./remittance.ts";

/** The remark codes of an inpatient claim (MIA05, 20 to 23) and of any other (MOA03 to 07). */
const MIA_REMARKS = [5, 20, 21, 22, 23];
const MOA_REMARKS = [3, 4, 5, 6, 7];

const NONE: readonly never[] = [];
const NO_PROCEDURE: Procedure = { qualifier: "", code: "", modifiers: NONE };

/**
 * A 2100 loop (CLP) with its 2110 loops as a typed claim payment; what cannot be read becomes its
 * defects.
 */
export function readClaimPayment(loop: Loop, ordinal: number): ClaimPayment {
  const defects = new Defects();
  const clp = loop.segments[0];
  if (clp === undefined) throw new Error("a 2100 loop opens with CLP");
  const services: ServicePayment[] = [];
  for (const inner of loop.loops) {
    if (inner.id === "2110") services.push(readServicePayment(inner, defects));
  }
  const around = readAround(loop, defects);
  return {
    ordinal,
    position: clp.position,
    patientControlNumber: clp.element(1).trim(),
    statusCode: clp.element(2).trim(),
    chargeCents: defects.amount(clp, 3, "2100"),
    paidCents: defects.amount(clp, 4, "2100"),
    patientResponsibilityCents: clp.holds(5) ? defects.amount(clp, 5, "2100") : undefined,
    filingIndicatorCode: clp.element(6),
    payerClaimControlNumber: present(clp.element(7).trim()),
    facilityCode: present(clp.element(8)),
    frequencyCode: present(clp.element(9)),
    adjustments: around.adjustments,
    services: fitted(services),
    remarkCodes: fitted(around.remarkCodes),
    serviceDateFrom: around.from ?? earliest(services),
    serviceDateTo: around.to ?? latest(services) ?? around.from,
    crossover: organization(around.crossover),
    correctedInsured: person(around.corrected),
    correctedPayer: organization(around.priority),
    originalReference: present(around.original?.element(2) ?? ""),
    interestCents: cents(around.interest),
    patient: person(around.patient),
    subscriber: person(around.subscriber),
    renderingProviderId: present(around.rendering?.sharedElement(9) ?? ""),
    defects: fitted(defects.findings),
  };
}

/** What stands around a CLP: of each kind of name or reference the first. */
interface Around {
  adjustments: readonly Adjustment[];
  readonly remarkCodes: string[];
  from: string | undefined;
  to: string | undefined;
  interest: number;
  patient: Segment | undefined;
  subscriber: Segment | undefined;
  corrected: Segment | undefined;
  rendering: Segment | undefined;
  crossover: Segment | undefined;
  priority: Segment | undefined;
  original: Segment | undefined;
}

/** Goes over the segments once: a file has millions of them. */
function readAround(loop: Loop, defects: Defects): Around {
  gathered.begin();
  const around: Around = {
    adjustments: NONE,
    remarkCodes: [],
    from: undefined,
    to: undefined,
    interest: 0,
    patient: undefined,
    subscriber: undefined,
    corrected: undefined,
    rendering: undefined,
    crossover: undefined,
    priority: undefined,
    original: undefined,
  };
  for (const segment of loop.segments) {
    switch (segment.id) {
      case "CAS":
        readAdjustments(segment, "2100", defects);
        break;
      case "NM1":
        keepName(segment, around);
        break;
      case "MIA":
        pushCodes(segment, MIA_REMARKS, around.remarkCodes);
        break;
      case "MOA":
        pushCodes(segment, MOA_REMARKS, around.remarkCodes);
        break;
      case "REF":
        if (segment.element(1) === "F8") around.original ??= segment;
        break;
      case "DTM":
        keepDate(segment, around, defects);
        break;
      case "AMT":
        if (segment.element(1) === "I") around.interest += segment.read(2, parseAmount) ?? 0;
        break;
    }
  }
  around.adjustments = gathered.take();
  return around;
}

function keepDate(dtm: Segment, around: Around, defects: Defects): void {
  const qualifier = dtm.element(1);
  if (qualifier === "232") around.from = dateOf(dtm, "2100", defects);
  else if (qualifier === "233") around.to = dateOf(dtm, "2100", defects);
}

function keepName(nm1: Segment, around: Around): void {
  switch (nm1.element(1)) {
    case "QC":
      around.patient ??= nm1;
      break;
    case "IL":
      around.subscriber ??= nm1;
      break;
    case "74":
      around.corrected ??= nm1;
      break;
    case "82":
      around.rendering ??= nm1;
      break;
    case "TT":
      around.crossover ??= nm1;
      break;
    case "PR":
      around.priority ??= nm1;
      break;
  }
}

function readServicePayment(loop: Loop, defects: Defects): ServicePayment {
  const svc = loop.segments[0];
  if (svc === undefined) throw new Error("a 2110 loop opens with SVC");
  gathered.begin();
  const remarkCodes: string[] = [];
  let from: string | undefined;
  let to: string | undefined;
  let controlNumber: Segment | undefined;
  let allowed: Segment | undefined;
  for (const segment of loop.segments) {
    switch (segment.id) {
      case "CAS":
        readAdjustments(segment, "2110", defects);
        break;
      case "DTM": {
        const qualifier = segment.element(1);
        if (qualifier === "472" || qualifier === "150") from = dateOf(segment, "2110", defects);
        else if (qualifier === "151") to = dateOf(segment, "2110", defects);
        break;
      }
      case "REF":
        if (segment.element(1) === "6R") controlNumber ??= segment;
        break;
      case "AMT":
        if (segment.element(1) === "B6") allowed ??= segment;
        break;
      case "LQ":
        if (segment.element(1) === "HE") remarkCodes.push(segment.element(2));
        break;
    }
  }
  return {
    position: svc.position,
    procedure: procedure(svc, 1) ?? NO_PROCEDURE,
    chargeCents: defects.amount(svc, 2, "2110"),
    paidCents: defects.amount(svc, 3, "2110"),
    revenueCode: present(svc.element(4)),
    paidUnits: present(svc.element(5)),
    submittedProcedure: procedure(svc, 6),
    submittedUnits: present(svc.element(7)),
    serviceDateFrom: from,
    serviceDateTo: to ?? from,
    lineControlNumber: present((controlNumber?.element(2) ?? "").trim()),
    adjustments: gathered.take(),
    remarkCodes: fitted(remarkCodes),
    allowedCents: allowed?.read(2, parseAmount),
  };
}

/** The adjustments of the claim or line in hand: the lines are read first, then what is around. */
const gathered = new AdjustmentList();

/** Up to six triples a CAS: reason, amount, quantity, from element 2 on. */
function readAdjustments(cas: Segment, loop: string, defects: Defects): void {
  const groupCode = cas.element(1);
  for (let element = 2; cas.reaches(element); element += 3) {
    const reasonCode = cas.element(element);
    if (reasonCode === "" && !cas.holds(element + 1)) continue;
    const amountCents = defects.amount(cas, element + 1, loop);
    const quantity = present(cas.element(element + 2));
    gathered.add(adjustmentOf(groupCode, reasonCode, amountCents, quantity));
  }
}

/** Procedures of the interchange in hand, by their text: a file names few of them, many times. */
const procedures = new Map<string, Procedure>();
const PROCEDURES_MAX = 1000;
let proceduresOf: Segment["delimiters"] | undefined;

function procedure(svc: Segment, element: number): Procedure | undefined {
  const text = svc.sharedElement(element);
  if (text === "") return undefined;
  if (proceduresOf !== svc.delimiters || procedures.size >= PROCEDURES_MAX) procedures.clear();
  proceduresOf = svc.delimiters;
  let known = procedures.get(text);
  if (known === undefined) {
    const [qualifier = "", code = "", ...rest] = svc.components(element);
    if (qualifier === "" && code === "") return undefined;
    const modifiers = rest.slice(0, 4).filter((modifier) => modifier !== "");
    known = { qualifier, code, modifiers };
    procedures.set(text, known);
  }
  return known;
}

/** The list without the room that it grew by: a remittance is kept whole until it is posted. */
function fitted<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NONE : list.slice();
}

function pushCodes(segment: Segment, elements: readonly number[], into: string[]): void {
  for (const element of elements) {
    const code = segment.element(element);
    if (code !== "") into.push(code);
  }
}

function person(nm1: Segment | undefined): RemittancePerson | undefined {
  if (nm1 === undefined) return undefined;
  return {
    lastName: nm1.element(3),
    firstName: nm1.element(4),
    memberId: present(nm1.element(9)),
  };
}

function organization(nm1: Segment | undefined) {
  return nm1 && { name: nm1.element(3), id: nm1.element(9) };
}

function earliest(services: readonly ServicePayment[]): string | undefined {
  let first: string | undefined;
  for (const { serviceDateFrom: date } of services) {
    if (date !== undefined && (first === undefined || date < first)) first = date;
  }
  return first;
}

function latest(services: readonly ServicePayment[]): string | undefined {
  let last: string | undefined;
  for (const { serviceDateTo: date } of services) {
    if (date !== undefined && (last === undefined || date > last)) last = date;
  }
  return last;
}

/** The text, or undefined when it is empty: absent and "0" stay apart. */
export function present(text: string): string | undefined {
  return text === "" ? undefined : text;
}
