import type { Loop } from "../../edi/guides/loop.ts";
import type { Segment } from "../../edi/x12/segment.ts";
import { Defects } from "./defects.ts";
import { present } from "./read-claim-payment.ts";
import { readDate } from "./read-date.ts";
import type { ClaimPayment, ProviderAdjustment, Remittance } from "./remittance.ts";

/** The most reason/amount pairs that one PLB holds: PLB03/04 to PLB13/14. */
const PLB_PAIRS = 6;

/**
 * One ST to SE of an 835 as a typed remittance: `root` holds its header and summary (everything
 * outside the 2100 loops), `claimPayments` what was read of the 2100 loops. What cannot be read
 * becomes its defects.
 */
export function readRemittance(
  root: Loop,
  claimPayments: readonly ClaimPayment[],
  ordinal: number,
): Remittance {
  const defects = new Defects();
  const bpr = root.segment("BPR");
  const trn = root.segment("TRN");
  const behind = root.segments[1]?.position ?? 1;
  if (bpr === undefined) missing(defects, "BPR", behind, "payment amount");
  if (trn === undefined) missing(defects, "TRN", behind, "trace number");
  const payer = root.loop("1000A");
  const payee = root.loop("1000B");
  const n1 = payee?.segment("N1");
  return {
    ordinal,
    controlNumber: root.segment("ST")?.element(2) ?? "",
    handlingCode: bpr?.element(1) ?? "",
    paymentCents: bpr === undefined ? defects.zero() : defects.amount(bpr, 2, "ST"),
    creditDebit: bpr?.element(3) ?? "",
    paymentMethod: bpr?.element(4) ?? "",
    paymentDate: optionalDate(bpr, 16, defects),
    productionDate: optionalDate(root.segment("DTM", "405"), 2, defects),
    traceNumber: (trn?.element(2) ?? "").trim(),
    originatorId: (trn?.element(3) ?? "").trim(),
    originatorSupplement: present((trn?.element(4) ?? "").trim()),
    payer: {
      name: payer?.segment("N1")?.element(2) ?? "",
      id:
        present(payer?.segment("N1")?.element(4) ?? "") ??
        present(payer?.segment("REF", "2U")?.element(2) ?? ""),
    },
    payee: {
      name: n1?.element(2) ?? "",
      npi: n1?.element(3) === "XX" ? present(n1.element(4)) : undefined,
      taxId: present(
        (n1?.element(3) === "FI" ? n1.element(4) : payee?.segment("REF", "TJ")?.element(2)) ?? "",
      ),
    },
    claimPayments,
    providerAdjustments: root.segmentsOf("PLB").flatMap((plb) => readPlb(plb, defects)),
    defects: defects.findings,
  };
}

function missing(defects: Defects, segment: string, position: number, what: string): void {
  defects.findings.push({
    severity: "error",
    code: "segment-missing",
    snip: 2,
    acknowledgement: { in: "IK304", code: "3" },
    loop: "ST",
    segment,
    position,
    message: `The remittance has no ${segment} segment, so it states no ${what}.`,
    fix: "Ask the payer for a complete remittance.",
  });
}

function optionalDate(segment: Segment | undefined, element: number, defects: Defects) {
  const text = segment?.element(element) ?? "";
  if (segment === undefined || text === "") return undefined;
  const date = readDate(text);
  if (date === undefined)
    defects.add("date-unreadable", segment, element, "ST", "is no calendar date");
  return date;
}

/** Up to six pairs a PLB: PLB03 (code, reference) and PLB04 (amount) to PLB13 and PLB14. */
function readPlb(plb: Segment, defects: Defects): ProviderAdjustment[] {
  const pairs: ProviderAdjustment[] = [];
  for (let pair = 1; pair <= PLB_PAIRS; pair++) {
    const element = 1 + pair * 2;
    if (plb.element(element) === "" && plb.element(element + 1) === "") continue;
    pairs.push({
      position: plb.position,
      pair,
      providerId: plb.element(1),
      fiscalPeriodDate: readDate(plb.element(2)),
      reasonCode: plb.component(element, 1),
      reference: plb.component(element, 2),
      amountCents: defects.amount(plb, element + 1, "ST"),
    });
  }
  return pairs;
}
