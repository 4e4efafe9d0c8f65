import type {
  AcknowledgementCode,
  Finding,
  FunctionalGroup,
  Segment,
  TransactionSetHeader,
} from "../x12/index.ts";
import type { Guide } from "./guide.ts";

/** A transaction set as its ST describes it, and the guide it is read by. */
export interface TransactionSet extends TransactionSetHeader {
  /** Undefined when none of the guides fits ST01 and the version. */
  readonly guide: Guide | undefined;
}

/** The guide of a transaction set: by ST01, and the version in ST03 or GS08. */
export function guideFor(
  guides: readonly Guide[],
  { id, implementation }: TransactionSetHeader,
): Guide | undefined {
  return guides.find((guide) => guide.transactionSet === id && reads(guide, implementation));
}

function reads({ versions, readsAnyVersion }: Guide, version: string): boolean {
  return readsAnyVersion === true || versions.includes(version);
}

/** For an interchange that is addressed to somebody else. */
export function receiverUnknown(): Finding {
  const message = "ISA08 names none of the receivers that were given.";
  const place = { segment: "ISA", position: 1, element: 8 };
  return told("receiver-unknown", { in: "TA105", code: "009" }, message, place);
}

/** Whether groups of this kind and version are read here. */
export function groupSupport(
  guides: readonly Guide[],
  group: FunctionalGroup,
  { position }: Segment,
): Finding[] {
  const ofKind = guides.filter(
    (guide) => guide.functionalIdentifier === group.functionalIdentifier,
  );
  if (ofKind.some((guide) => reads(guide, group.version))) return [];
  if (ofKind.length === 0) {
    const message = "No guide is held for this kind of functional group.";
    const place = { segment: "GS", position, element: 1 };
    return [told("functional-group-not-supported", { in: "AK905", code: "1" }, message, place)];
  }
  const message = "No guide is held for this version of the functional group.";
  const place = { segment: "GS", position, element: 8 };
  return [
    told("functional-group-version-not-supported", { in: "AK905", code: "2" }, message, place),
  ];
}

/** Whether the set is read here, and belongs into its group. */
export function setSupport(guides: readonly Guide[], set: TransactionSet, st: Segment): Finding[] {
  const findings: Finding[] = [];
  const ofSet = guides.filter((guide) => guide.transactionSet === set.id);
  const { functionalIdentifier } = set.group;
  const place = { segment: "ST", position: st.position };
  const tell = (code: string, ik502: string, element: number, message: string) =>
    findings.push(told(code, { in: "IK502", code: ik502 }, message, { ...place, element }));
  if (
    ofSet.length > 0 &&
    functionalIdentifier !== "" &&
    ofSet.every((guide) => guide.functionalIdentifier !== functionalIdentifier)
  ) {
    const message = "Sets of this kind do not belong into a functional group of this kind.";
    tell("transaction-set-not-in-group", "18", 1, message);
  }
  if (set.guide === undefined && ofSet.length > 0) {
    const message = "No guide is held for this version of the set; its segments were only counted.";
    tell("implementation-not-supported", "I6", 3, message);
  } else if (set.guide === undefined) {
    const message = "No guide is held for this transaction set; its segments were only counted.";
    tell("transaction-set-not-supported", "1", 1, message);
  }
  return findings;
}

function told(
  code: string,
  acknowledgement: AcknowledgementCode,
  message: string,
  place: Pick<Finding, "segment" | "position" | "element">,
): Finding {
  return { severity: "error", code, snip: 1, acknowledgement, ...place, message };
}
