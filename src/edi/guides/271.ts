/** 271, answer about eligibility and benefits: 005010X279A1. */

import { an, codes, id, money, n0, quantity, R, r, S, unused, yesNo } from "./elements.ts";
import {
  beginning,
  CARE_PROVIDERS,
  demographics,
  describedRef,
  diagnoses,
  diagnosisPointers,
  furtherFacts,
  type MemberShape,
  member,
  providerRole,
  RECEIVER_IDS,
  RECEIVER_NUMBERS,
  RECEIVERS,
  refusal,
  SOURCE_IDS,
  SOURCES,
  serviceAskedAbout,
  serviceTypes,
  trace,
} from "./eligibility.ts";
import type { Guide, GuideLoop, GuideSegment } from "./guide.ts";
import { QUANTITY, UNIT } from "./meanings/amounts.ts";
import { INSURANCE_TYPE } from "./meanings/claims.ts";
import { DATE_FORMAT } from "./meanings/dates.ts";
import {
  BENEFIT,
  COVERAGE_LEVEL,
  DELIVERY_DAYS,
  DELIVERY_TIME,
  INFORMATION_STATUS,
  LOCATION,
  MILITARY_SERVICE,
  RANK,
  SERVICE_STATUS,
  TIME_PERIOD,
} from "./meanings/eligibility.ts";
import {
  address,
  dtp,
  level,
  loop,
  MANY,
  type NameShape,
  nm1,
  per,
  se,
  segment,
  st,
} from "./segments.ts";

const VERSIONS = ["005010X279A1", "005010X279"];
const PERSON_FOLLOW_UPS = "C N R S W X Y";
const PLAN_DATES =
  "096 102 152 291 307 318 340 341 342 343 346 347 356 357 382 435 442 458 472 539 540 636 771";
const BENEFIT_DATES =
  "096 193 194 198 290 291 292 295 304 307 318 346 348 349 356 357 435 472 636 771";
const BENEFIT_REFUSALS = "15 33 52 53 54 55 56 57 60 61 62 63 69 70 98 AA AE AF AG AO CI E8 IA MA";
const RELATED_ENTITIES =
  "13 1I 1P 2B 36 73 FA GP GW I3 IL LR OC P3 P4 P5 PR PRP SEP TTP VER VN VY X3 Y2";
const RELATED_ENTITY_IDS = "24 34 46 FA FI II MI NI PI PP SV XV XX";

// Loops 2120C and 2120D: who has to do with a benefit.

function relatedEntity(loopId: string): GuideLoop {
  const [street, city] = address("Who has to do with the benefit", S);
  const region: GuideSegment = {
    ...city,
    elements: [
      ...city.elements.slice(0, 4),
      id("Kind of location", S, 1, 2, LOCATION),
      an("Location", S, 1, 30),
      ...city.elements.slice(6),
    ],
  };
  return loop(loopId, "Who has to do with the benefit", S, 23, [
    nm1("Who has to do with the benefit", R, RELATED_ENTITIES, {
      kinds: "1 2",
      last: S,
      suffix: S,
      id: [S, RELATED_ENTITY_IDS],
      relationship: S,
    }),
    street,
    region,
    per("Contact", S, 3, "IC", S, [
      [S, "ED EM FX TE UR WP"],
      [S, "ED EM EX FX TE UR WP"],
      [S, "ED EM EX FX TE UR WP"],
    ]),
    providerRole("Part of a provider", `${CARE_PROVIDERS} SB`, "PXC"),
  ]);
}

function bracket(segmentId: "LS" | "LE", name: string): GuideSegment {
  return segment(segmentId, name, S, 1, [an("Loop", R, 1, 4, ["2120"], BRACKETED)]);
}

const BRACKETED = { "2120": "Who has to do with the benefit" };

// Loops 2110C and 2110D: a benefit.

const eligibility: GuideSegment = segment("EB", "Eligibility or benefit", R, 1, [
  id("What is told", R, 1, 2, BENEFIT),
  id("Who of the family", S, 3, 3, COVERAGE_LEVEL),
  serviceTypes(),
  id("Kind of insurance", S, 1, 3, INSURANCE_TYPE),
  an("Plan", S, 1, 50),
  id("Span of time", S, 1, 2, TIME_PERIOD),
  money("Amount", S),
  r("Percentage", S, 1, 10),
  id(
    "Kind of quantity",
    S,
    2,
    2,
    codes("8H 99 CA CE D3 DB DY HS LA LE M2 MN P6 QA S7 S8 VS YY"),
    QUANTITY,
  ),
  quantity("Quantity", S),
  yesNo("Authorization is required", S, "N U Y"),
  yesNo("Within the plan's network", S, "N U W Y"),
  serviceAskedAbout("range"),
  diagnosisPointers(),
]);

const delivery: GuideSegment = segment("HSD", "How the service is delivered", S, 9, [
  id("Kind of quantity", S, 2, 2, codes("DY FL HS MN VS"), QUANTITY),
  quantity("Quantity", S),
  id("Unit", S, 2, 2, codes("DA MO VS WK YR"), UNIT),
  r("Every so many units", S, 1, 6),
  id(
    "Span of time",
    S,
    1,
    2,
    codes("6 7 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35"),
    TIME_PERIOD,
  ),
  n0("Number of spans", S, 1, 3),
  id("Days", S, 1, 2, DELIVERY_DAYS),
  id("Time of the day", S, 1, 1, DELIVERY_TIME),
]);

function benefit(
  loopId: string,
  numbers: string,
  factsLoopId: string,
  entityLoopId: string,
): GuideLoop {
  return loop(loopId, "Eligibility or benefit", S, MANY, [
    eligibility,
    delivery,
    describedRef("Identifiers of the benefit", 9, numbers, S),
    dtp("Dates of the benefit", S, 20, BENEFIT_DATES, "D8 RD8"),
    refusal("Why the request was refused", BENEFIT_REFUSALS, "C N R W X Y"),
    segment("MSG", "Message", S, 10, [an("Text", R, 1, 264), ...unused(2)]),
    loop(factsLoopId, "Further facts", S, 10, [furtherFacts(R, "GR NI ZZ", S)]),
    bracket("LS", "Start of who has to do with the benefit"),
    relatedEntity(entityLoopId),
    bracket("LE", "End of who has to do with the benefit"),
  ]);
}

// Loops 2100C and 2100D: the person.

/** What is told differently of a subscriber and of a dependent. */
interface PersonShape {
  readonly name: string;
  readonly role: string;
  readonly shape: NameShape;
  readonly numbers: string;
  readonly refusals: string;
  readonly member: MemberShape;
}

const SUBSCRIBER: PersonShape = {
  name: "Subscriber",
  role: "IL",
  shape: { kinds: "1 2", last: S, suffix: S, id: [S, "II MI"] },
  numbers: "18 1L 1W 3H 49 6P CE CT EA EJ F6 GH HJ IF IG N6 NQ Q4 SY Y4",
  refusals: "15 35 42 43 45 47 48 49 51 52 56 57 58 60 61 62 63 71 72 73 74 75 76 78",
  member: { isSubscriber: true, relationships: "18", change: S, birthSequence: S },
};

const DEPENDENT: PersonShape = {
  name: "Dependent",
  role: "03",
  shape: { kinds: "1", last: S, suffix: S },
  numbers: "18 1L 1W 49 6P CE CT EA EJ F6 GH HJ IF IG MRC N6 NQ Q4 SY Y4",
  refusals: "15 35 42 43 45 47 48 49 51 52 56 57 58 60 61 62 63 64 65 66 67 68 71 77",
  member: {
    isSubscriber: false,
    relationships: "01 19 20 21 39 40 53 G8",
    change: S,
    birthSequence: S,
  },
};

const military: GuideSegment = segment("MPI", "Military service", S, 1, [
  id("How recent", R, 1, 1, INFORMATION_STATUS),
  id("In what capacity", R, 2, 2, SERVICE_STATUS),
  id("With which service", R, 1, 1, MILITARY_SERVICE),
  an("Description", S, 1, 80),
  id("Rank", S, 2, 2, RANK),
  id("Format of the date", S, 2, 3, codes("D8 RD8"), DATE_FORMAT),
  an("Date or range of dates", S, 1, 35),
]);

function person(loopId: string, shape: PersonShape, benefits: GuideLoop): GuideLoop {
  const { name } = shape;
  return loop(loopId, name, R, 1, [
    nm1(name, R, shape.role, shape.shape),
    describedRef(`${name}'s other identifiers`, 9, shape.numbers, S),
    ...address(name, S),
    refusal(`Why ${name.toLowerCase()} was refused`, shape.refusals, PERSON_FOLLOW_UPS),
    providerRole("Provider", CARE_PROVIDERS, "PXC"),
    demographics(`${name}'s birth and sex`, "F M U"),
    member(`${name} as a member`, shape.member),
    diagnoses(),
    dtp("Dates of the plan", S, 9, PLAN_DATES, "D8 RD8"),
    military,
    benefits,
  ]);
}

const dependentLevel: GuideLoop = level("2000D", "Dependent", S, "23", ["2000C"], "0", [
  trace(3, "1 2"),
  person(
    "2100D",
    DEPENDENT,
    benefit("2110D", "18 1L 1W 49 6P 9F ALS CLI F6 FO G1 IG N6 NQ", "2115D", "2120D"),
  ),
]);

const subscriberLevel: GuideLoop = level("2000C", "Subscriber", S, "22", ["2000B"], "0 1", [
  trace(3, "1 2"),
  person(
    "2100C",
    SUBSCRIBER,
    benefit("2110C", "18 1L 1W 49 6P 9F ALS CLI F6 FO G1 IG M7 N6 NQ", "2115C", "2120C"),
  ),
  dependentLevel,
]);

const receiverLevel: GuideLoop = level("2000B", "Who asked", S, "21", ["2000A"], "0 1", [
  loop("2100B", "Who asked", R, 1, [
    nm1("Who asked", R, RECEIVERS, {
      kinds: "1 2",
      last: S,
      suffix: S,
      id: [R, RECEIVER_IDS],
    }),
    describedRef("Other identifiers of who asked", 9, RECEIVER_NUMBERS, S),
    ...address("Who asked", S),
    refusal(
      "Why who asked was refused",
      "15 41 43 44 45 46 47 48 50 51 79 97 T4",
      PERSON_FOLLOW_UPS,
    ),
    providerRole("Part of who asked", `${CARE_PROVIDERS} SB`, "PXC"),
  ]),
  subscriberLevel,
]);

const sourceLevel: GuideLoop = level("2000A", "Who answers", R, "20", [], "0 1", [
  refusal("Why the transaction was refused", "04 41 42 79", "C N P R S Y"),
  loop("2100A", "Who answers", R, 1, [
    nm1("Who answers", R, SOURCES, { kinds: "1 2", last: R, suffix: S, id: [R, SOURCE_IDS] }),
    per("Contact of who answers", S, 3, "IC", S, [
      [S, "ED EM FX TE UR"],
      [S, "ED EM EX FX TE UR"],
      [S, "ED EM EX FX TE UR"],
    ]),
    refusal("Why who answers refused", "04 41 42 79 80 T4", "C N P R S W X Y"),
  ]),
  receiverLevel,
]);

/** The 271 as data (X12 005010X279 with its errata A1); one subscriber (2000C) at a time. */
export const guide271: Guide = {
  transactionSet: "271",
  versions: VERSIONS,
  name: "271",
  functionalIdentifier: "HB",
  unitLoops: ["2000C"],
  root: loop("ST", "Answer about eligibility and benefits", R, 1, [
    st("271", VERSIONS),
    beginning("06 11", undefined),
    sourceLevel,
    se(),
  ]),
};
