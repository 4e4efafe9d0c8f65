import type { ClaimLine } from "../claims/claim.ts";
import { type Cents, cents, formatDollars, sumOf } from "../money/index.ts";
import type { Adjustment, ClaimPayment, ServicePayment } from "./remittance.ts";

/** What a person gives of a payment to one line of a claim, or to the claim as a whole. */
export interface SplitPart {
  readonly patientControlNumber: string;
  /** Undefined for the claim as a whole. */
  readonly lineControlNumber: string | undefined;
  readonly chargeCents: Cents;
  readonly paidCents: Cents;
  readonly adjustments: readonly Pick<Adjustment, "groupCode" | "reasonCode" | "amountCents">[];
}

/** The payments that a split makes, one a claim, or why it is refused. */
export type Split = { readonly payments: readonly ClaimPayment[] } | { readonly refusal: string };

/** The lines of the claims that parts name, by patient control number. */
export type LinesOf = (patientControlNumber: string) => readonly ClaimLine[] | undefined;

/**
 * One claim payment as several, each for one of our claims. Every part balances (charge less adjustments is paid, B1),
 * and all together they are what the payer said, to the cent: the charge, the payment, and the amount of each
 * group and reason. Nothing is left over and nothing added.
 */
export function splitPayment(
  payment: ClaimPayment,
  parts: readonly SplitPart[],
  linesOf: LinesOf,
): Split {
  if (parts.length < 2) return { refusal: "A split has two parts at least." };
  for (const [index, part] of parts.entries()) {
    const off = part.chargeCents - adjustedBy(part) - part.paidCents;
    if (off !== 0) {
      const dollars = formatDollars(cents(off));
      return {
        refusal: `Part ${index + 1} does not balance: charge less adjustments less paid is ${dollars}.`,
      };
    }
  }
  const difference = differenceOf(payment, parts);
  if (difference !== undefined) return { refusal: difference };
  const numbers = [...new Set(parts.map(({ patientControlNumber }) => patientControlNumber))];
  const payments: ClaimPayment[] = [];
  for (const number of numbers) {
    const lines = linesOf(number);
    const own = parts.filter(({ patientControlNumber }) => patientControlNumber === number);
    const unknown = own.find(
      ({ lineControlNumber: line }) =>
        line !== undefined && lines?.every(({ lineControlNumber }) => lineControlNumber !== line),
    );
    if (lines === undefined || unknown !== undefined) {
      return { refusal: "A part names a claim or line that is not ours." };
    }
    payments.push(paymentOf(payment, number, own, lines));
  }
  return { payments };
}

const adjustedBy = ({ adjustments }: Pick<SplitPart, "adjustments">): number =>
  sumOf(adjustments, ({ amountCents }) => amountCents);

/** By what the parts together are not what the payer said; undefined where they are. */
function differenceOf(payment: ClaimPayment, parts: readonly SplitPart[]): string | undefined {
  const left = new Map<string, number>([
    ["the charge", payment.chargeCents],
    ["the payment", payment.paidCents],
  ]);
  const take = (what: string, amount: number) => left.set(what, (left.get(what) ?? 0) + amount);
  for (const { adjustments } of [payment, ...payment.services]) {
    for (const each of adjustments) take(`${each.groupCode}-${each.reasonCode}`, each.amountCents);
  }
  for (const { chargeCents, paidCents, adjustments } of parts) {
    take("the charge", -chargeCents);
    take("the payment", -paidCents);
    for (const each of adjustments) take(`${each.groupCode}-${each.reasonCode}`, -each.amountCents);
  }
  for (const [what, over] of left) {
    const dollars = formatDollars(cents(Math.abs(over)));
    if (over > 0) return `${dollars} of ${what} is not given to any part.`;
    if (over < 0) return `${dollars} more of ${what} is given to parts than there is.`;
  }
  return undefined;
}

/** What the payer would have said of one claim alone; what it said beside the money stays. */
function paymentOf(
  payment: ClaimPayment,
  patientControlNumber: string,
  parts: readonly SplitPart[],
  lines: readonly ClaimLine[],
): ClaimPayment {
  const whole = parts.filter(({ lineControlNumber }) => lineControlNumber === undefined);
  const services = parts.flatMap((part) => {
    const line = lines.find(
      ({ lineControlNumber }) => lineControlNumber === part.lineControlNumber,
    );
    return line === undefined ? [] : [serviceOf(payment, part, line)];
  });
  const adjustments = whole.flatMap((part) => adjustmentsOf(part));
  const shares = [...adjustments, ...services.flatMap((service) => service.adjustments)];
  return {
    ...payment,
    patientControlNumber,
    chargeCents: sumOf(parts, ({ chargeCents }) => chargeCents),
    paidCents: sumOf(parts, ({ paidCents }) => paidCents),
    patientResponsibilityCents:
      payment.patientResponsibilityCents === undefined
        ? undefined
        : sumOf(
            shares.filter(({ groupCode }) => groupCode === "PR"),
            ({ amountCents }) => amountCents,
          ),
    adjustments,
    services,
    interestCents: cents(0),
  };
}

function adjustmentsOf({ adjustments }: SplitPart): Adjustment[] {
  return adjustments
    .filter(({ amountCents }) => amountCents !== 0)
    .map((each) => ({ ...each, quantity: undefined }));
}

/** A service payment of our line; units and remarks stay with the payer's own line of that procedure. */
function serviceOf(payment: ClaimPayment, part: SplitPart, line: ClaimLine): ServicePayment {
  const told = payment.services.find(({ procedure }) => procedure.code === line.procedureCode);
  return {
    position: told?.position ?? payment.position,
    procedure: told?.procedure ?? {
      qualifier: "HC",
      code: line.procedureCode,
      modifiers: line.modifiers,
    },
    submittedProcedure: undefined,
    chargeCents: part.chargeCents,
    paidCents: part.paidCents,
    revenueCode: line.revenueCode,
    paidUnits: undefined,
    submittedUnits: undefined,
    serviceDateFrom: line.serviceDateFrom,
    serviceDateTo: undefined,
    lineControlNumber: line.lineControlNumber,
    adjustments: adjustmentsOf(part),
    remarkCodes: told?.remarkCodes ?? [],
    allowedCents: undefined,
  };
}
