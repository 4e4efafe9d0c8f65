/** 270, request for eligibility and benefits: 005010X279A1. */

import { codes, id, R, S } from "./elements.ts";
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
  SOURCE_IDS,
  SOURCES,
  serviceAskedAbout,
  serviceTypes,
  trace,
} from "./eligibility.ts";
import type { Guide, GuideLoop, GuideSegment, Usage } from "./guide.ts";
import { COVERAGE_LEVEL } from "./meanings/eligibility.ts";
import {
  address,
  amt,
  dtp,
  level,
  loop,
  type NameShape,
  nm1,
  ref,
  se,
  segment,
  st,
} from "./segments.ts";

const VERSIONS = ["005010X279A1", "005010X279"];
const PROVIDER_NUMBERS = "9K D3 EI HPI PXC SY TJ";

/** What is asked differently of a subscriber and of a dependent. */
interface PersonShape {
  readonly name: string;
  readonly role: string;
  readonly shape: NameShape;
  readonly numbers: string;
  readonly member: MemberShape;
}

const SUBSCRIBER: PersonShape = {
  name: "Subscriber",
  role: "IL",
  shape: { kinds: "1 2", last: S, suffix: S, id: [S, "II MI"] },
  numbers: "18 1L 1W 3H 6P CT EA EJ F6 GH HJ IG N6 NQ SY Y4",
  member: { isSubscriber: true, relationships: "18", change: "N", birthSequence: R },
};

const DEPENDENT: PersonShape = {
  name: "Dependent",
  role: "03",
  shape: { kinds: "1", last: S, suffix: S },
  numbers: "18 1L 1W 6P CT EA EJ F6 GH HJ IF IG MRC N6 SY Y4",
  member: { isSubscriber: false, relationships: "01 19 34", change: "N", birthSequence: S },
};

function person(loopId: string, shape: PersonShape, inquiries: GuideLoop): GuideLoop {
  const { name } = shape;
  return loop(loopId, name, R, 1, [
    nm1(name, R, shape.role, shape.shape),
    describedRef(`${name}'s other identifiers`, 9, shape.numbers, "N"),
    ...address(name, S),
    providerRole("Provider", CARE_PROVIDERS, PROVIDER_NUMBERS),
    demographics(`${name}'s birth and sex`, "F M"),
    member(`${name} as a member`, shape.member),
    diagnoses(),
    dtp("Dates of the plan", S, 2, "102 291", "D8 RD8"),
    inquiries,
  ]);
}

/** Loops 2110C and 2110D: what is asked; only of a subscriber may it be the whole family's. */
function inquiry(loopId: string, usage: Usage, ofSubscriber: boolean): GuideLoop {
  const spendDown: GuideSegment[] = [
    amt("Spend-down", S, 1, "R"),
    amt("Billed, for the spend-down", S, 1, "PB"),
  ];
  return loop(loopId, "What is asked", usage, 99, [
    segment("EQ", "What is asked", R, 1, [
      serviceTypes(),
      serviceAskedAbout(undefined),
      ofSubscriber
        ? id("Who of the family", S, 3, 3, codes("FAM"), COVERAGE_LEVEL)
        : id("Who of the family", "N", 3, 3),
      id("Kind of insurance", "N", 1, 3),
      diagnosisPointers(),
    ]),
    ...(ofSubscriber ? spendDown : []),
    furtherFacts(S, "ZZ", "N"),
    ref("Referral or prior authorization", S, 1, "9F G1"),
    dtp("Date that is asked about", S, 1, "291", "D8 RD8"),
  ]);
}

const dependentLevel: GuideLoop = level("2000D", "Dependent", S, "23", ["2000C"], "0", [
  trace(2, "1"),
  person("2100D", DEPENDENT, inquiry("2110D", R, false)),
]);

const subscriberLevel: GuideLoop = level("2000C", "Subscriber", R, "22", ["2000B"], "0 1", [
  trace(2, "1"),
  person("2100C", SUBSCRIBER, inquiry("2110C", S, true)),
  dependentLevel,
]);

const receiverLevel: GuideLoop = level("2000B", "Who asks", R, "21", ["2000A"], "1", [
  loop("2100B", "Who asks", R, 1, [
    nm1("Who asks", R, RECEIVERS, {
      kinds: "1 2",
      last: R,
      suffix: S,
      id: [R, RECEIVER_IDS],
    }),
    describedRef("Other identifiers of who asks", 9, RECEIVER_NUMBERS, S),
    ...address("Who asks", S),
    providerRole("Part of who asks", `${CARE_PROVIDERS} SB`, "PXC"),
  ]),
  subscriberLevel,
]);

const sourceLevel: GuideLoop = level("2000A", "Who answers", R, "20", [], "1", [
  loop("2100A", "Who answers", R, 1, [
    nm1("Who answers", R, SOURCES, { kinds: "1 2", last: R, suffix: S, id: [R, SOURCE_IDS] }),
  ]),
  receiverLevel,
]);

/** The 270 as data (X12 005010X279 with its errata A1); one subscriber (2000C) at a time. */
export const guide270: Guide = {
  transactionSet: "270",
  versions: VERSIONS,
  name: "270",
  functionalIdentifier: "HS",
  unitLoops: ["2000C"],
  root: loop("ST", "Request for eligibility and benefits", R, 1, [
    st("270", VERSIONS),
    beginning("01 13", "RT"),
    sourceLevel,
    se(),
  ]),
};
