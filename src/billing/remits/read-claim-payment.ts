import type { Loop } from "../../edi/guides/loop.ts";
import type { Segment } from "../../edi/x12/segment.ts";
import { type Cents, cents, parseAmount } from "../money/index.ts";
import { Defects } from "./defects.ts";
import { readPeriod } from "./read-date.ts";
import type {
  Adjustment,
  ClaimPayment,
  Procedure,
  RemittancePerson,
  ServicePayment,
} from "./remittance.ts";

/** A 2100 loop (CLP) with its 2110 loops as a typed claim payment; what cannot be read becomes its defects. */
export function readClaimPayment(loop: Loop, ordinal: number): ClaimPayment {
  const defects = new Defects();
  const clp = loop.segments[0];
  if (clp === undefined) throw new Error("a 2100 loop opens with CLP");
  const services = loop.loops.flatMap((inner) =>
    inner.id === "2110" ? [readServicePayment(inner, defects)] : [],
  );
  const responsibility = clp.element(5);
  const statement = readPeriod(loop, ["232", "233"], "2100", defects);
  const crossover = loop.segment("NM1", "TT");
  return {
    ordinal,
    position: clp.position,
    patientControlNumber: clp.element(1).trim(),
    statusCode: clp.element(2).trim(),
    chargeCents: defects.amount(clp, 3, "2100"),
    paidCents: defects.amount(clp, 4, "2100"),
    patientResponsibilityCents: responsibility === "" ? undefined : defects.amount(clp, 5, "2100"),
    filingIndicatorCode: clp.element(6),
    payerClaimControlNumber: present(clp.element(7).trim()),
    facilityCode: present(clp.element(8)),
    frequencyCode: present(clp.element(9)),
    adjustments: readAdjustments(loop, "2100", defects),
    services,
    remarkCodes: claimRemarks(loop),
    serviceDateFrom: statement.from ?? earliest(services),
    serviceDateTo: statement.to ?? latest(services) ?? statement.from,
    crossover:
      crossover === undefined
        ? undefined
        : { name: crossover.element(3), id: crossover.element(9) },
    correctedInsured: loop.segment("NM1", "74") !== undefined,
    originalReference: present(loop.segment("REF", "F8")?.element(2) ?? ""),
    interestCents: amountsOf(loop, "I"),
    patient: person(loop.segment("NM1", "QC")),
    subscriber: person(loop.segment("NM1", "IL")),
    renderingProviderId: present(loop.segment("NM1", "82")?.element(9) ?? ""),
    defects: defects.findings,
  };
}

function readServicePayment(loop: Loop, defects: Defects): ServicePayment {
  const svc = loop.segments[0];
  if (svc === undefined) throw new Error("a 2110 loop opens with SVC");
  const period = readPeriod(loop, ["472", "150", "151"], "2110", defects);
  const allowed = loop.segment("AMT", "B6");
  return {
    position: svc.position,
    procedure: procedure(svc, 1) ?? { qualifier: "", code: "", modifiers: [] },
    submittedProcedure: procedure(svc, 6),
    chargeCents: defects.amount(svc, 2, "2110"),
    paidCents: defects.amount(svc, 3, "2110"),
    revenueCode: present(svc.element(4)),
    paidUnits: present(svc.element(5)),
    submittedUnits: present(svc.element(7)),
    serviceDateFrom: period.from,
    serviceDateTo: period.to ?? period.from,
    lineControlNumber: present((loop.segment("REF", "6R")?.element(2) ?? "").trim()),
    adjustments: readAdjustments(loop, "2110", defects),
    remarkCodes: loop.segmentsOf("LQ", "HE").map((lq) => lq.element(2)),
    allowedCents: allowed === undefined ? undefined : parseAmount(allowed.element(2)),
  };
}

/** Up to six triples a CAS: reason, amount, quantity, from element 2 on. */
function readAdjustments(loop: Loop, loopId: string, defects: Defects): Adjustment[] {
  const adjustments: Adjustment[] = [];
  for (const cas of loop.segments) {
    if (cas.id !== "CAS") continue;
    const groupCode = cas.element(1);
    for (let element = 2; element <= cas.elementCount; element += 3) {
      const reasonCode = cas.element(element);
      if (reasonCode === "" && cas.element(element + 1) === "") continue;
      adjustments.push({
        groupCode,
        reasonCode,
        amountCents: defects.amount(cas, element + 1, loopId),
        quantity: present(cas.element(element + 2)),
      });
    }
  }
  return adjustments;
}

function procedure(svc: Segment, element: number): Procedure | undefined {
  const [qualifier = "", code = "", ...rest] = svc.components(element);
  if (qualifier === "" && code === "") return undefined;
  return { qualifier, code, modifiers: rest.slice(0, 4).filter((modifier) => modifier !== "") };
}

/** Remark codes of a claim: MIA05, 20 to 23 and MOA03 to 07. */
function claimRemarks(loop: Loop): string[] {
  const codes: string[] = [];
  const mia = loop.segment("MIA");
  if (mia) for (const element of [5, 20, 21, 22, 23]) codes.push(mia.element(element));
  const moa = loop.segment("MOA");
  if (moa) for (const element of [3, 4, 5, 6, 7]) codes.push(moa.element(element));
  return codes.filter((code) => code !== "");
}

function amountsOf(loop: Loop, qualifier: string): Cents {
  let total = 0;
  for (const amt of loop.segments) {
    if (amt.id === "AMT" && amt.element(1) === qualifier) total += parseAmount(amt.element(2)) ?? 0;
  }
  return cents(total);
}

function person(nm1: Segment | undefined): RemittancePerson | undefined {
  if (nm1 === undefined) return undefined;
  return {
    lastName: nm1.element(3),
    firstName: nm1.element(4),
    memberId: present(nm1.element(9)),
  };
}

function earliest(services: readonly ServicePayment[]): string | undefined {
  return services.reduce<string | undefined>(
    (first, { serviceDateFrom: date }) =>
      date !== undefined && (first === undefined || date < first) ? date : first,
    undefined,
  );
}

function latest(services: readonly ServicePayment[]): string | undefined {
  return services.reduce<string | undefined>(
    (last, { serviceDateTo: date }) =>
      date !== undefined && (last === undefined || date > last) ? date : last,
    undefined,
  );
}

/** The text, or undefined when it is empty: absent and "0" stay apart. */
export function present(text: string): string | undefined {
  return text === "" ? undefined : text;
}
