import type { Claim } from "../../billing/claims/claim.ts";
import type { Adjudication, WriteOff } from "../../billing/ledger/index.ts";
import type { ClaimPayment } from "../../billing/remits/index.ts";
import type {
  AdjudicationDoc,
  ClaimDoc,
  DepositDoc,
  DeskRecord,
  ParkedPaymentDoc,
} from "../../platform/store/index.ts";

/** What stands where the patient of an erased claim stood. */
const NOBODY = "erased";

/**
 * Money documents whose time is over, with what tells of the patient erased (names, numbers, dates, diagnoses: 45 CFR
 * 164.514(b)(2)) and their amounts as they were: so the journal, which holds no patient data and stays, adds up to the
 * same accounts claim by claim, and every figure stays what it was.
 */
export function erasedClaim(doc: ClaimDoc, at: Date): ClaimDoc {
  const number = erasedNumber(doc);
  const { originalReference: _reference, ...rest } = doc;
  return {
    ...rest,
    patientControlNumbers: [number],
    payerClaimControlNumbers: [],
    patientId: NOBODY,
    searchKeys: [],
    claim: erasedBill(doc.claim, number),
    submissions: doc.submissions.map((submission) => ({
      ...submission,
      patientControlNumber: number,
      charges: "",
    })),
    adjudications: doc.adjudications.map(erasedDecision),
    ...(doc.writeOffs === undefined ? {} : { writeOffs: doc.writeOffs.map(erasedWriteOff) }),
    timeline: [
      { at: at.toISOString(), event: "erased", detail: "What told of the patient is erased" },
    ],
  };
}

/** A write-off to the cent, without the words of whoever made it or took it back. */
function erasedWriteOff(writeOff: WriteOff): WriteOff {
  const { takenBack } = writeOff;
  return {
    ...writeOff,
    reason: NOBODY,
    takenBack: takenBack && { ...takenBack, reason: NOBODY },
  };
}

/** Whether nothing of a claim tells of its patient any more. */
export function isErased({ patientId }: Pick<ClaimDoc, "patientId">): boolean {
  return patientId === NOBODY;
}

/** A decision that posted, without its patient. */
export function erasedAdjudication(doc: AdjudicationDoc, number: string): AdjudicationDoc {
  const { flags, ...rest } = doc;
  // Nobody looks for the next payer's answer any more.
  const kept = flags?.filter((flag) => flag !== "crossover");
  return {
    ...rest,
    ...(kept === undefined ? {} : { flags: kept }),
    patientControlNumber: number,
    adjudication: erasedDecision(doc.adjudication),
    payment: erasedPayment(doc.payment, number),
  };
}

/** A payment that has left the desk, without its patient. */
export function erasedParked(doc: ParkedPaymentDoc): ParkedPaymentDoc {
  const number = erasedNumber(doc);
  return {
    ...doc,
    patientControlNumber: number,
    payerClaimControlNumber: null,
    payment: erasedPayment(doc.payment, number),
    ...(doc.desk === undefined ? {} : { desk: doc.desk.map(wordless) }),
  };
}

/** What was done at the desk, without what a person wrote about it, which may name anybody. */
function wordless(record: DeskRecord): DeskRecord {
  const { takenBack } = record;
  return { ...record, reason: null, takenBack: takenBack && { ...takenBack, reason: "" } };
}

/** A deposit without what the bank, or a person, said of it, which may name anybody. */
export function erasedDeposit(doc: DepositDoc): DepositDoc {
  return { ...doc, text: null, returned: doc.returned && { ...doc.returned, reason: "" } };
}

/** The number under which an erased document stands: unique, and nobody's. */
export function erasedNumber({ _id }: { readonly _id: string }): string {
  return `erased:${_id}`;
}

/** What was charged, to which payers, by whom; not for whom, when or why. */
function erasedBill(claim: Claim, number: string): Claim {
  const { institutional: _stay, dental: _mouth, ...rest } = claim;
  return {
    ...rest,
    patientControlNumber: number,
    originalReference: undefined,
    patient: {
      lastName: "",
      firstName: "",
      birthDate: undefined,
      gender: undefined,
      memberId: "",
      groupNumber: undefined,
    },
    serviceDateFrom: undefined,
    serviceDateTo: undefined,
    diagnoses: [],
    lines: claim.lines.map(({ dental: _place, ...line }) => ({
      ...line,
      serviceDateFrom: undefined,
      serviceDateTo: undefined,
      diagnosisPointers: [],
    })),
  };
}

function erasedDecision(adjudication: Adjudication): Adjudication {
  return { ...adjudication, payerClaimControlNumber: undefined };
}

function erasedPayment(payment: ClaimPayment, number: string): ClaimPayment {
  return {
    ...payment,
    patientControlNumber: number,
    payerClaimControlNumber: undefined,
    originalReference: undefined,
    patient: undefined,
    subscriber: undefined,
    correctedInsured: undefined,
    serviceDateFrom: undefined,
    serviceDateTo: undefined,
    services: payment.services.map((service) => ({
      ...service,
      serviceDateFrom: undefined,
      serviceDateTo: undefined,
    })),
  };
}
