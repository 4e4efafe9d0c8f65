/** Why protected health information went to somebody, and whether an accounting counts it. */
interface PurposeRow {
  readonly meaning: string;
  /** The paragraph that allows it, or that leaves it out of an accounting. */
  readonly citation: string;
  readonly counts: boolean;
}

/**
 * What a disclosure can be for (45 CFR 164.512), and what an accounting leaves out (164.528(a)(1)): treatment, payment and
 * operations are not here because nobody records them as disclosures.
 */
export const DISCLOSURE_PURPOSES = {
  "required-by-law": { meaning: "A law requires it", citation: "164.512(a)", counts: true },
  "public-health": { meaning: "Public health activities", citation: "164.512(b)", counts: true },
  "abuse-report": { meaning: "Abuse, neglect, violence", citation: "164.512(c)", counts: true },
  "health-oversight": {
    meaning: "A health oversight agency",
    citation: "164.512(d)",
    counts: true,
  },
  "court-or-subpoena": {
    meaning: "A court order, subpoena or other lawful process",
    citation: "164.512(e)",
    counts: true,
  },
  "law-enforcement": {
    meaning: "A law enforcement official",
    citation: "164.512(f)",
    counts: true,
  },
  decedent: {
    meaning: "Coroner, examiner, funeral director",
    citation: "164.512(g)",
    counts: true,
  },
  donation: { meaning: "Organ, eye or tissue donation", citation: "164.512(h)", counts: true },
  research: { meaning: "Research without authorization", citation: "164.512(i)", counts: true },
  "serious-threat": {
    meaning: "A threat to health or safety",
    citation: "164.512(j)",
    counts: true,
  },
  government: { meaning: "Specialized government functions", citation: "164.512(k)", counts: true },
  "workers-compensation": {
    meaning: "Workers' compensation",
    citation: "164.512(l)",
    counts: true,
  },
  "by-mistake": {
    meaning: "It should not have gone out",
    citation: "164.528(a)(1)",
    counts: true,
  },
  "emergency-access": {
    meaning: "Seen in an emergency by one of the practice's people, beyond his or her roles",
    citation: "164.312(a)(2)(ii)",
    counts: true,
  },
  individual: {
    meaning: "To the individual: a copy of what is held",
    citation: "164.528(a)(1)(ii)",
    counts: false,
  },
  authorization: {
    meaning: "The individual authorized it",
    citation: "164.528(a)(1)(iv)",
    counts: false,
  },
  "national-security": {
    meaning: "National security or intelligence",
    citation: "164.528(a)(1)(vi)",
    counts: false,
  },
  "limited-data-set": {
    meaning: "As part of a limited data set",
    citation: "164.528(a)(1)(viii)",
    counts: false,
  },
} as const satisfies Record<string, PurposeRow>;

/** The name of a purpose. */
export type DisclosurePurpose = keyof typeof DISCLOSURE_PURPOSES;

/** Purposes that the program itself finds out; a person records the others. */
const FOUND: readonly DisclosurePurpose[] = ["emergency-access"];

/** The purposes that a person may record. */
export const RECORDED_PURPOSES = (Object.keys(DISCLOSURE_PURPOSES) as DisclosurePurpose[]).filter(
  (purpose) => !FOUND.includes(purpose),
);

const YEARS = 6;

/** The first day that an accounting on this day goes back to (45 CFR 164.528(a)(1): six years). */
export function accountingFrom(today: string): string {
  const [year = "", ...rest] = today.split("-");
  const day = [String(Number(year) - YEARS), ...rest].join("-");
  // There is no 29 February six years before one.
  return day.endsWith("-02-29") ? day.replace("-29", "-28") : day;
}
