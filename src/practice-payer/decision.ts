import type { Claim, ClaimPayer } from "../billing/claims/claim.ts";
import { type Cents, cents, negate, sumOf } from "../billing/money/index.ts";
import type { Adjustment, Procedure } from "../billing/remits/remittance.ts";

/** What the practice payer decided of one line: one SVC with its CAS, LQ and REF*6R. */
export interface LineDecision {
  readonly lineControlNumber: string;
  /** SVC01, the procedure as adjudicated. */
  readonly procedure: Procedure;
  /** SVC06, when another procedure was submitted. */
  readonly submittedProcedure: Procedure | undefined;
  /** SVC04, beside the procedure of an institutional line. */
  readonly revenueCode: string | undefined;
  readonly chargeCents: Cents;
  readonly paidCents: Cents;
  /** SVC05: "0" where nothing was paid. */
  readonly paidUnits: string;
  /** SVC07, when it differs from SVC05. */
  readonly submittedUnits: string;
  readonly adjustments: readonly Adjustment[];
  readonly remarkCodes: readonly string[];
  /** AMT*B6; undefined where nothing is allowed. */
  readonly allowedCents: Cents | undefined;
  readonly serviceDateFrom: string | undefined;
  readonly serviceDateTo: string | undefined;
}

/** What the practice payer decided of one claim: one CLP and all within it. */
export interface ClaimDecision {
  readonly claim: Claim;
  /** CLP02. */
  readonly statusCode: string;
  /** CLP06. */
  readonly coverageCode: string;
  /** CLP07. */
  readonly payerClaimControlNumber: string;
  readonly chargeCents: Cents;
  readonly paidCents: Cents;
  /** CAS at claim level. */
  readonly adjustments: readonly Adjustment[];
  /** MOA remark codes. */
  readonly remarkCodes: readonly string[];
  readonly lines: readonly LineDecision[];
  /** NM1*TT: the payer to which the claim crossed over. */
  readonly crossover: ClaimPayer | undefined;
  /** AMT*I; the money is in PLB L6. */
  readonly interestCents: Cents;
  /** NM1*74: the member identifier under which the payer found the patient. */
  readonly correctedMemberId: string | undefined;
}

/** What is left of a charge after its adjustments. */
export function paidOf(charge: Cents, adjustments: readonly Adjustment[]): Cents {
  return cents(charge - sumOf(adjustments, ({ amountCents }) => amountCents));
}

/** Σ of the PR adjustments at both levels: CLP05. */
export function patientShareOf(decision: ClaimDecision): Cents {
  return cents(
    patientPart(decision.adjustments) +
      sumOf(decision.lines, ({ adjustments }) => patientPart(adjustments)),
  );
}

/** Σ of the PR adjustments among these. */
export function patientPart(adjustments: readonly Adjustment[]): Cents {
  const ofPatient = adjustments.filter(({ groupCode }) => groupCode === "PR");
  return sumOf(ofPatient, ({ amountCents }) => amountCents);
}

/** An adjustment without a quantity. */
export function adjustment(
  groupCode: string,
  reasonCode: string,
  amountCents: Cents,
  quantity?: string,
): Adjustment {
  return { groupCode, reasonCode, amountCents, quantity };
}

/** The reversal of a decision: status 22 and every amount negated, at the same level (RFI 1429). */
export function reversalOf(decision: ClaimDecision): ClaimDecision {
  return {
    ...decision,
    statusCode: "22",
    chargeCents: negate(decision.chargeCents),
    paidCents: negate(decision.paidCents),
    adjustments: decision.adjustments.map(negated),
    interestCents: cents(0),
    crossover: undefined,
    lines: decision.lines.map((line) => ({
      ...line,
      chargeCents: negate(line.chargeCents),
      paidCents: negate(line.paidCents),
      adjustments: line.adjustments.map(negated),
      allowedCents: undefined,
    })),
  };
}

function negated(original: Adjustment): Adjustment {
  return { ...original, amountCents: negate(original.amountCents) };
}
