/** How a payer says no: the CAS group and reason, the remark codes, and where they stand. */
export interface Refusal {
  readonly groupCode: "CO" | "OA" | "PR";
  readonly reasonCode: string;
  readonly remarkCodes: readonly string[];
  /** On each line (2110), or on the claim without any line (2100). */
  readonly level: "line" | "claim";
}

/** How a 277CA says no: STC01 category, status and entity. */
interface Rejection {
  readonly category: "A3" | "A6" | "A7";
  readonly status: string;
  readonly entity: string;
  readonly message: string;
}

/** What may become of a claim, and in how many of 1,000 claims it does. */
export interface Outcome {
  readonly name: string;
  readonly permille: number;
  readonly refusal?: Refusal;
  readonly rejection?: Rejection;
  /** What it shows, in a few words, for descriptions and documentation. */
  readonly shows: string;
}

function refused(
  name: string,
  permille: number,
  group: Refusal["groupCode"],
  remarks: string,
  shows: string,
  level: Refusal["level"] = "line",
): Outcome {
  const remarkCodes = remarks === "" ? [] : remarks.split(" ");
  const reasonCode = (name.split("-")[1] ?? "").toUpperCase();
  return {
    name,
    permille,
    shows,
    refusal: { groupCode: group, reasonCode, remarkCodes, level },
  };
}

function rejected(
  name: string,
  permille: number,
  category: Rejection["category"],
  status: string,
  entity: string,
  message: string,
): Outcome {
  return {
    name,
    permille,
    shows: message,
    rejection: { category, status, entity, message },
  };
}

const DENIALS: readonly Outcome[] = [
  refused("denied-16", 9, "CO", "M76", "lacks information: diagnosis"),
  refused("denied-16-ma130", 4, "CO", "MA130", "unprocessable, no appeal right", "claim"),
  refused("denied-197", 14, "CO", "", "no prior authorization"),
  refused("denied-50", 10, "CO", "N115", "not medically necessary"),
  refused("denied-97", 5, "CO", "M15", "bundled into another service"),
  refused("denied-29", 6, "CO", "", "filed too late", "claim"),
  refused("denied-18", 8, "OA", "N522", "exact duplicate", "claim"),
  refused("denied-22", 7, "CO", "MA04", "another payer comes first", "claim"),
  refused("denied-27", 5, "CO", "N30", "coverage had ended", "claim"),
  refused("denied-27-patient", 4, "PR", "", "coverage had ended, the patient owes", "claim"),
  refused("denied-11", 6, "CO", "", "diagnosis does not fit the procedure"),
  refused("denied-4", 5, "CO", "N519", "modifier missing or wrong"),
  refused("denied-151", 4, "CO", "N362", "more units than the information supports"),
  refused("denied-252", 6, "CO", "N706", "documentation requested"),
  refused("denied-109", 4, "CO", "N418", "not this payer's claim", "claim"),
  refused("denied-b7", 4, "CO", "", "provider not certified on that day"),
  refused("denied-204", 6, "PR", "", "not covered by the patient's plan"),
  refused("denied-96", 5, "CO", "N130", "non-covered charge"),
  refused("denied-119", 3, "PR", "N362", "benefit maximum reached"),
  refused("denied-181", 2, "CO", "", "procedure code invalid on that day"),
  refused("denied-198", 2, "CO", "", "more than was authorized"),
  refused("denied-31", 3, "CO", "N382", "patient not recognized", "claim"),
];

const REJECTIONS: readonly Outcome[] = [
  rejected("rejected-a3", 6, "A3", "116", "PR", "claim sent to the wrong payer"),
  rejected("rejected-a6", 5, "A6", "158", "QC", "birth date of the patient missing"),
  rejected("rejected-a7", 5, "A7", "562", "85", "NPI of the billing provider not on file"),
];

/**
 * Everything that may become of a claim. Sequestration and crossover are not here: the
 * Medicare-like payer does both by itself.
 */
export const OUTCOMES: readonly Outcome[] = [
  { name: "paid", permille: 753, shows: "paid by the fee schedule" },
  { name: "partial", permille: 50, shows: "one line denied, or fewer units allowed" },
  { name: "interest", permille: 8, shows: "paid late, with interest (AMT*I, PLB L6)" },
  { name: "underpaid", permille: 10, shows: "paid below the fee schedule" },
  { name: "corrected-insured", permille: 4, shows: "paid under another member id (NM1*74)" },
  { name: "bundled", permille: 10, shows: "lines absorbed by one line (OA-94, CO-97)" },
  { name: "split", permille: 8, shows: "answered in two claim payments" },
  { name: "capitated", permille: 6, shows: "capitated, pays nothing (CO-24)" },
  { name: "reversed", permille: 8, shows: "paid, later reversed and corrected" },
  { name: "recovered", permille: 5, shows: "paid, later taken back (PLB WO)" },
  ...DENIALS,
  ...REJECTIONS,
  { name: "silent", permille: 0, shows: "no answer but the 999" },
];

/**
 * What an outcome is called: the key of a script, `DENIED_16` as a member id prefix is `denied-16`.
 */
export type OutcomeName = string;

const BY_NAME = new Map(OUTCOMES.map((outcome) => [outcome.name, outcome]));

/** The outcome of this name; undefined when there is none. */
export function outcomeNamed(name: OutcomeName): Outcome | undefined {
  return BY_NAME.get(name);
}

const BY_LENGTH = OUTCOMES.toSorted((a, b) => b.name.length - a.name.length).map((outcome) => ({
  outcome,
  prefix: outcome.name.toUpperCase().replaceAll("-", "_"),
}));

/**
 * The outcome that a member id asks for: its name in capitals with underscores, alone or before
 * another underscore: `PAID_1`, `DENIED_16`, `DENIED_16_MA130_7`. Undefined when it asks for none.
 */
export function outcomeOfMember(memberId: string): Outcome | undefined {
  const asked = memberId.toUpperCase();
  return BY_LENGTH.find(({ prefix }) => asked === prefix || asked.startsWith(`${prefix}_`))
    ?.outcome;
}
