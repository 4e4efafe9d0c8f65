import type { ClientSession } from "mongoose";
import type {
  AdjudicationDoc,
  ClaimDoc,
  EncounterDoc,
  JournalDoc,
  ParkedPaymentDoc,
  PracticeStore,
  WorkItemDoc,
} from "../../platform/store/index.ts";
import type { KeptRecord } from "../../trust/retention/index.ts";

/** A claim with all that belongs to it. */
export interface ClaimRecord {
  readonly claim: ClaimDoc;
  readonly adjudications: readonly AdjudicationDoc[];
  readonly journal: readonly JournalDoc[];
  readonly encounters: readonly EncounterDoc[];
  readonly workItems: readonly WorkItemDoc[];
  readonly parkedPayments: readonly ParkedPaymentDoc[];
}

/** What belongs to these claims, claim by claim in their order. */
export async function claimRecords(
  practice: PracticeStore,
  claims: readonly ClaimDoc[],
  session?: ClientSession,
): Promise<ClaimRecord[]> {
  const filter = { claimId: { $in: claims.map(({ _id }) => _id) } };
  const options = { session, sort: { _id: 1 } } as const;
  const adjudications = byClaim(await practice.adjudications.find(filter, options));
  const journal = byClaim(await practice.journal.find(filter, options));
  const encounters = byClaim(await practice.encounters.find(filter, options));
  const workItems = byClaim(await practice.workItems.find(filter, options));
  const parkedPayments = byClaim(await practice.parkedPayments.find(filter, options));
  return claims.map((claim) => ({
    claim,
    adjudications: adjudications.get(claim._id) ?? [],
    journal: journal.get(claim._id) ?? [],
    encounters: encounters.get(claim._id) ?? [],
    workItems: workItems.get(claim._id) ?? [],
    parkedPayments: parkedPayments.get(claim._id) ?? [],
  }));
}

function byClaim<D extends { readonly claimId?: string | null | undefined }>(
  docs: readonly D[],
): Map<string, D[]> {
  const groups = new Map<string, D[]>();
  for (const doc of docs) {
    const key = doc.claimId ?? "";
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [doc]);
    else group.push(doc);
  }
  return groups;
}

/** A claim's record as the policy of retention sees it. */
export function keptClaim(record: ClaimRecord): KeptRecord {
  const { claim, adjudications, journal, encounters, workItems, parkedPayments } = record;
  const effects = [
    claim.at,
    ...claim.timeline.map(({ at }) => at),
    ...claim.submissions.map(({ at }) => at),
    ...[...adjudications, ...journal, ...encounters].map(({ at }) => at),
    ...workItems.flatMap(itemEffects),
    ...parkedPayments.flatMap(parkedEffects),
  ];
  const isWorked =
    workItems.some(({ status }) => status !== "resolved") ||
    parkedPayments.some(({ status }) => status === "parked");
  return { patientId: claim.patientId, lastEffect: latest(effects), isWorked };
}

/** A work item of no claim. Its notes may name anybody. */
export function keptItem(item: WorkItemDoc): KeptRecord {
  const isWorked = item.status !== "resolved";
  return { patientId: undefined, lastEffect: latest(itemEffects(item)), isWorked };
}

/** A payment that was parked and went to no claim. */
export function keptParked(doc: ParkedPaymentDoc): KeptRecord {
  const isWorked = doc.status === "parked";
  return { patientId: undefined, lastEffect: latest(parkedEffects(doc)), isWorked };
}

function itemEffects({ createdAt, resolvedAt, notes }: WorkItemDoc): string[] {
  return [
    createdAt,
    ...(resolvedAt === undefined ? [] : [resolvedAt]),
    ...notes.map(({ at }) => at),
  ];
}

function parkedEffects({ at, desk = [] }: ParkedPaymentDoc): (Date | string)[] {
  return [at, ...desk.flatMap((done) => [done.at, ...(done.takenBack ? [done.takenBack.at] : [])])];
}

/** The latest of instants, as dates or ISO texts. */
export function latest(instants: readonly (Date | string)[]): Date {
  return new Date(Math.max(...instants.map((each) => new Date(each).getTime())));
}
