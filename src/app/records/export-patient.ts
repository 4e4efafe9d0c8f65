import type {
  AdjudicationDoc,
  FileDoc,
  JournalDoc,
  ParkedPaymentDoc,
  WorkItemDoc,
} from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import type { ClaimRecord } from "./kept-claim.ts";
import { patientRecord } from "./patient-record.ts";

/** What a bundle holds, section by section: the words of its index. */
const SECTIONS = {
  people: "The patient as claims and payers name him or her",
  claims: "Claims as they were sent, with their payers, lines, diagnoses, money and story",
  encounters: "Encounters as they were handed in, those that were held too",
  decisions: "What payers decided of each claim, as they said it",
  waitingPayments: "Payments that waited for a person, of these claims or in your name",
  workItems: "What was done about denials and the like, with notes",
  journal: "Every movement of money of these claims, to the cent",
  files: "Files in which these claims were sent or answered, by name; they tell of others too",
} as const;

type Section = keyof typeof SECTIONS;

/** Everything that is held of one patient, as one document. */
export interface PatientBundle {
  readonly format: "claimwright-patient-1";
  readonly index: {
    readonly practiceId: string;
    readonly patientId: string;
    /** ISO instant, UTC. */
    readonly at: string;
    readonly sections: readonly {
      readonly section: Section;
      readonly count: number;
      readonly meaning: string;
    }[];
    readonly notIncluded: readonly string[];
  };
  readonly people: readonly object[];
  readonly claims: readonly ReturnType<typeof bundledClaim>[];
  readonly encounters: readonly object[];
  readonly decisions: readonly Omit<AdjudicationDoc, "practiceId">[];
  readonly waitingPayments: readonly Omit<ParkedPaymentDoc, "practiceId">[];
  readonly workItems: readonly Omit<WorkItemDoc, "practiceId">[];
  readonly journal: readonly Omit<JournalDoc, "practiceId">[];
  readonly files: readonly { readonly name: string; readonly at: Date }[];
}

/** What the law or the nature of it leaves out, told to who reads. */
const NOT_INCLUDED = [
  "The audit trail, which names you by an opaque id only: ask for an accounting of disclosures (45 CFR 164.528)",
  "What was gathered in anticipation of a legal proceeding (45 CFR 164.524(a)(1)(ii))",
] as const;

/**
 * Everything that is held of a patient, for him or her (right of access, 45 CFR 164.524): on record as a disclosure to
 * the individual, which an accounting need not count (164.528(a)(1)(ii)). `not-found` where nothing is held.
 */
export async function exportPatient(
  app: App,
  actor: Actor,
  patientId: string,
): Promise<PatientBundle> {
  const record = await patientRecord(app, actor, patientId);
  if (record === undefined) throw new OperatingError("not-found");
  const { claims, held, stray } = record;
  const parts = {
    people: peopleOf(claims),
    claims: claims.map(bundledClaim),
    encounters: [...claims.flatMap(({ encounters }) => encounters), ...held].map(
      ({ body, status, findings, at }) => ({ at, status, findings, encounter: JSON.parse(body) }),
    ),
    decisions: claims.flatMap(({ adjudications }) => adjudications.map(withoutPractice)),
    waitingPayments: [...claims.flatMap(({ parkedPayments }) => parkedPayments), ...stray].map(
      withoutPractice,
    ),
    workItems: claims.flatMap(({ workItems }) => workItems.map(withoutPractice)),
    journal: claims.flatMap(({ journal }) => journal.map(withoutPractice)),
    files: (await filesOf(app, actor, claims)).map(({ name, at }) => ({ name, at })),
  };
  await recordAudit(app, actor, {
    action: "patient.export",
    entity: { type: "patient", id: patientId },
    patientId,
    fields: Object.keys(SECTIONS),
    purpose: "patient-request",
    outcome: "success",
    detail: { disclosedTo: "individual", claims: claims.length, heldEncounters: held.length },
  });
  const sections = (Object.keys(SECTIONS) as Section[]).map((section) => ({
    section,
    count: parts[section].length,
    meaning: SECTIONS[section],
  }));
  const { practiceId } = actor;
  const at = app.now().toISOString();
  return {
    format: "claimwright-patient-1",
    index: { practiceId, patientId, at, sections, notIncluded: NOT_INCLUDED },
    ...parts,
  };
}

/** Each way in which the patient is named, once. */
function peopleOf(claims: readonly ClaimRecord[]): object[] {
  const all = claims.flatMap(({ claim, adjudications }) => [
    { namedBy: "the practice", ...claim.claim.patient },
    ...adjudications.flatMap(({ payer, payment }) => {
      const named = [payment.patient, payment.subscriber, payment.correctedInsured];
      return named.flatMap((person) => person && { namedBy: payer.name, ...person });
    }),
  ]);
  const people = all.filter((person) => person !== undefined);
  return [...new Map(people.map((person) => [JSON.stringify(person), person])).values()];
}

function bundledClaim({ claim: doc }: ClaimRecord) {
  const { claim, submissions, totals, status, timeline, payerClaimControlNumbers, at } = doc;
  return {
    id: doc._id,
    at,
    claim,
    submissions,
    payerClaimControlNumbers,
    totals,
    status,
    timeline,
  };
}

function withoutPractice<D extends { readonly practiceId: string }>({
  practiceId: _practice,
  ...rest
}: D): Omit<D, "practiceId"> {
  return rest;
}

async function filesOf(app: App, actor: Actor, claims: readonly ClaimRecord[]): Promise<FileDoc[]> {
  const practice = app.store.practice(actor.practiceId);
  const batchIds = claims.flatMap(({ claim }) => claim.submissions.map(({ batchId }) => batchId));
  const remittanceIds = claims.flatMap(({ adjudications }) =>
    adjudications.map(({ remittanceId }) => remittanceId),
  );
  const options = { projection: { fileId: 1 } };
  const batches = await practice.batches.find({ _id: { $in: batchIds } }, options);
  const remittances = await practice.remittances.find({ _id: { $in: remittanceIds } }, options);
  const letters = claims.flatMap(({ workItems }) =>
    workItems.flatMap(({ appeals = [] }) => appeals),
  );
  const fileIds = [...batches, ...remittances, ...letters].map(({ fileId }) => fileId);
  return practice.files.find({ _id: { $in: fileIds } }, { sort: { _id: 1 } });
}
