/** How long records are kept at least, from their creation or the day when they were last in effect. */
export const RETENTION_YEARS = 6;

/** Why a record stays, each with the words that say so. None of them holds patient data. */
export const OBSTACLES = {
  retention: "It is kept for six years from its last effect (45 CFR 164.316(b)(2)(i)).",
  work: "Something of it is still being worked.",
  hold: "A legal hold keeps it.",
} as const;

/** The name of what keeps a record. */
export type Obstacle = keyof typeof OBSTACLES;

/** What the policy has to know of a record: a claim with all that belongs to it, or a paper that belongs to none. */
export interface KeptRecord {
  /** Whose it is, by an opaque id; undefined where nobody can say. */
  readonly patientId: string | undefined;
  /** The latest instant (UTC) at which something of it was created, changed or relied on. */
  readonly lastEffect: Date;
  /** A work item or a payment of it waits for somebody: it is in effect today. */
  readonly isWorked: boolean;
}

/** What stands under legal hold: everything, or the records of these patients. */
export interface Held {
  readonly everything: boolean;
  readonly patients: ReadonlySet<string>;
}

/** A calendar date (ISO) so many years later; the 29th of February becomes the 1st of March. */
function yearsLater(day: string, years: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return dayOf(new Date(Date.UTC(year + years, month - 1, date)));
}

/** The calendar date, UTC, of an instant. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** The last day on which a record has to be kept: six years after its last effect, that day included. */
export function keptThrough(lastEffect: Date): string {
  return yearsLater(dayOf(lastEffect), RETENTION_YEARS);
}

/**
 * The latest day that a purge may name: what had its last effect before it is older than six years (45 CFR
 * 164.316(b)(2)(i)). `today` is an ISO calendar date, UTC.
 */
export function latestPurgeDay(today: string): string {
  return yearsLater(today, -RETENTION_YEARS);
}

/**
 * What keeps a record from being purged of what had its last effect before `before`; undefined where it may go.
 * A hold on anybody keeps, too, what nobody can say the patient of. Dates are ISO calendar dates, UTC.
 */
export function obstacleTo(
  record: KeptRecord,
  held: Held,
  { before, today }: { readonly before: string; readonly today: string },
): Obstacle | undefined {
  if (dayOf(record.lastEffect) >= before || keptThrough(record.lastEffect) >= today) {
    return "retention";
  }
  if (record.isWorked) return "work";
  return isHeld(record, held) ? "hold" : undefined;
}

/** Whether a record stands under legal hold. */
function isHeld({ patientId }: KeptRecord, { everything, patients }: Held): boolean {
  if (everything) return true;
  return patientId === undefined ? patients.size > 0 : patients.has(patientId);
}
