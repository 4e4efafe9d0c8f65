/** Loops 2000B and 2000C: whose coverage it is, who pays, and the patient who is somebody else. */
import { an, codes, id, R, r, reference, S, unused, yesNo } from "../elements.ts";
import type { GuideElement, GuideLoop, GuideSegment, Usage } from "../guide.ts";
import { UNIT } from "../meanings/amounts.ts";
import { CLAIM_FILING, INSURANCE_TYPE, PAYER_SEQUENCE } from "../meanings/claims.ts";
import { DATE_FORMAT } from "../meanings/dates.ts";
import { RELATIONSHIP, SEX } from "../meanings/parties.ts";
import { address, hl, loop, MANY, nm1, ref, segment } from "../segments.ts";
import { propertyContact } from "./provider.ts";

const RELATIONSHIPS = "01 19 20 21 39 40 53 G8";

/** SBR05: why Medicare pays second. */
export const MEDICARE_SECOND = codes("12 13 14 15 16 41 42 43 47");

/** SBR: which payer in turn, by whose coverage. */
export function coverage(
  name: string,
  relationship: Usage,
  relationships: string,
  medicareSecond: "medicare-second" | undefined,
): GuideSegment {
  return segment("SBR", name, R, 1, [
    id("Which payer in turn", R, 1, 1, PAYER_SEQUENCE),
    id("Relationship to the subscriber", relationship, 2, 2, codes(relationships), RELATIONSHIP),
    reference("Group or policy number", S),
    an("Name of the group", S, 1, 60),
    ...(medicareSecond === undefined
      ? unused(1)
      : [id("Why Medicare pays second", S, 1, 3, MEDICARE_SECOND, INSURANCE_TYPE)]),
    ...unused(3),
    id("Kind of coverage", S, 1, 2, CLAIM_FILING),
  ]);
}

/** SBR of another coverage (loop 2320). */
export function otherCoverage(medicareSecond: "medicare-second" | undefined): GuideSegment {
  return coverage("Other coverage", R, `18 ${RELATIONSHIPS}`, medicareSecond);
}

function demographics(name: string, usage: Usage): GuideSegment {
  return segment("DMG", name, usage, 1, [
    id("Format of the date", R, 2, 3, codes("D8"), DATE_FORMAT),
    an("Date of birth", R, 1, 35),
    id("Sex", R, 1, 1, SEX),
    ...unused(8),
  ]);
}

/** PAT with death, weight and pregnancy, as professional claims tell them. */
function patientFacts(name: string, usage: Usage, relationship: GuideElement): GuideSegment {
  return segment("PAT", name, usage, 1, [
    relationship,
    ...unused(3),
    id("Format of the date", S, 2, 3, codes("D8"), DATE_FORMAT),
    an("Date of death", S, 1, 35),
    id("Unit of weight", S, 2, 2, codes("01"), UNIT),
    r("Weight", S, 1, 10),
    yesNo("Pregnant", S, "Y"),
  ]);
}

const relationshipOfPatient = id(
  "Relationship to the subscriber",
  R,
  2,
  2,
  codes(RELATIONSHIPS),
  RELATIONSHIP,
);

/** PAT with the relationship alone. */
const patientRelationship: GuideSegment = segment("PAT", "Patient", R, 1, [
  relationshipOfPatient,
  ...unused(8),
]);

/** What the guides tell differently of subscribers and patients. */
export interface SubscriberShape {
  /** Professional claims tell of death, weight, pregnancy and whom to call. */
  readonly professional: boolean;
  /** How many numbers the payer may have given the billing provider (REF of 2010BB). */
  readonly billingProviderNumbers: number;
}

function subscriber({ professional }: SubscriberShape): GuideLoop {
  return loop("2010BA", "Subscriber", R, 1, [
    nm1("Subscriber", R, "IL", { kinds: "1 2", last: R, suffix: S, id: [S, "II MI"] }),
    ...address("Subscriber", S),
    demographics("Subscriber's birth and sex", S),
    ref("Subscriber's social security number", S, 1, "SY"),
    ref("Property and casualty claim number", S, 1, "Y4"),
    ...(professional ? [propertyContact("Subscriber's contact")] : []),
  ]);
}

function payer({ billingProviderNumbers }: SubscriberShape): GuideLoop {
  return loop("2010BB", "Payer", R, 1, [
    nm1("Payer", R, "PR", { kinds: "2", last: R, id: [R, "PI XV"] }),
    ...address("Payer", S),
    ref("Payer's other identifiers", S, 3, "2U EI FY NF"),
    ref("Billing provider as the payer knows it", S, billingProviderNumbers, "G2 LU"),
  ]);
}

function patientLevel({ professional }: SubscriberShape, claim: GuideLoop): GuideLoop {
  return loop(
    "2000C",
    "Patient",
    S,
    MANY,
    [
      hl("Patient level", "23", R, "0"),
      professional ? patientFacts("Patient", R, relationshipOfPatient) : patientRelationship,
      loop("2010CA", "Patient", R, 1, [
        nm1("Patient", R, "QC", { kinds: "1", last: R, suffix: S }),
        ...address("Patient", R),
        demographics("Patient's birth and sex", R),
        ref("Property and casualty claim number", S, 1, "Y4"),
        ref("Patient's identifier, property and casualty", S, 1, "1W SY"),
        ...(professional ? [propertyContact("Patient's contact")] : []),
      ]),
      { ...claim, usage: R },
    ],
    { levelCode: "23", parents: ["2000B"] },
  );
}

/** Loop 2000B around the claims of the subscriber (2300) and the patients with theirs (2000C). */
export function subscriberLevel(shape: SubscriberShape, claim: GuideLoop): GuideLoop {
  const { professional } = shape;
  const facts = patientFacts("Patient who is the subscriber", S, id("Relationship", "N", 2, 2));
  return loop(
    "2000B",
    "Subscriber",
    R,
    MANY,
    [
      hl("Subscriber level", "22", R, "0 1"),
      coverage("Coverage", S, "18", professional ? "medicare-second" : undefined),
      ...(professional ? [facts] : []),
      subscriber(shape),
      payer(shape),
      claim,
      patientLevel(shape, claim),
    ],
    { levelCode: "22", parents: ["2000A"] },
  );
}
