import { isDate, isTime } from "./data-types.ts";
import type { AcknowledgementCode, Finding } from "./finding.ts";
import type { Segment } from "./segment.ts";

/** What one element of a header must hold, and how a TA1 or 999 answers when it does not. */
interface HeaderRule {
  readonly element: number;
  readonly code: string;
  readonly answer: AcknowledgementCode;
  readonly holds: (value: string, header: Segment) => boolean;
  /** The rest of the sentence behind the element's name. */
  readonly says: string;
}

/** The interchange versions that are read here: 00401 to 00801 and the steps between. */
const VERSION = /^00[4-8][0-9]{2}$/;
const REPEATS_SINCE = "00402";
/** I05 of X12 00501. */
const PARTY_QUALIFIER = /^(?:0[1-9]|[12][0-9]|3[0-8]|AM|NR|SA|SN|ZZ)$/;

/** Whether a qualifier of a sender or receiver (ISA05, ISA07) is one of X12. */
export function isPartyQualifier(value: string): boolean {
  return PARTY_QUALIFIER.test(value);
}

/** ISA (X12.5): a value that is not allowed, each by its TA105 note. */
const ISA_RULES: readonly HeaderRule[] = [
  isa(1, "010", "authorization-qualifier-invalid", matching(/^0[0-6]$/), "is no qualifier"),
  isa(2, "011", "authorization-missing", behind(1), "is blank although ISA01 announces a value"),
  isa(3, "012", "security-qualifier-invalid", matching(/^0[01]$/), "is no qualifier"),
  isa(4, "013", "security-missing", behind(3), "is blank although ISA03 announces a password"),
  isa(5, "005", "sender-qualifier-invalid", isPartyQualifier, "is no qualifier"),
  isa(6, "006", "sender-missing", filled, "names no sender"),
  isa(7, "007", "receiver-qualifier-invalid", isPartyQualifier, "is no qualifier"),
  isa(8, "008", "receiver-missing", filled, "names no receiver"),
  isa(
    9,
    "014",
    "interchange-date-invalid",
    (date) => date.length === 6 && isDate(date),
    "is no date",
  ),
  isa(
    10,
    "015",
    "interchange-time-invalid",
    (time) => time.length === 4 && isTime(time),
    "is no time",
  ),
  isa(
    11,
    "002",
    "interchange-standard-unknown",
    isOurStandard,
    "names a standard that is not read here",
  ),
  isa(
    11,
    "016",
    "interchange-standard-invalid",
    isStandard,
    "is neither U nor, since 00402, a separator",
  ),
  isa(12, "017", "interchange-version-invalid", matching(/^00[0-9]{3}$/), "is no version"),
  isa(12, "003", "interchange-version-unknown", isRead, "names a version that is not read here"),
  isa(
    13,
    "018",
    "interchange-control-number-invalid",
    matching(/^[0-9]{9}$/),
    "is not nine digits",
  ),
  isa(14, "019", "acknowledgment-request-invalid", matching(/^[01]$/), "is neither 0 nor 1"),
  isa(15, "020", "usage-indicator-invalid", matching(/^[IPT]$/), "is neither P nor T"),
];

/** GS (X12.22): answered as wrong content of the interchange, its own number in the 999. */
const GS_RULES: readonly HeaderRule[] = [
  gs(1, matching(/^[A-Z0-9]{2}$/), "is no kind of group"),
  gs(2, filled, "names no sender"),
  gs(3, filled, "names no receiver"),
  gs(4, (date) => isDate(date), "is no date"),
  gs(5, (time) => isTime(time), "is no time"),
  {
    element: 6,
    code: "group-control-number-invalid",
    answer: { in: "AK905", code: "6" },
    holds: matching(/^[0-9]{1,9}$/),
    says: "is not a number of one to nine digits",
  },
  gs(7, matching(/^[TX]$/), "is neither X nor T"),
  gs(8, filled, "names no version"),
];

/** ISB and ISE (X12.5): what a sender asks of a network on the way. */
const REQUEST_RULES: Readonly<Record<string, readonly HeaderRule[]>> = {
  ISB: [request(1, "031", matching(/^[0-9A-Z]$/), "is no grade of service")],
  ISE: [
    request(1, "028", (date) => isDate(date), "is no date of delivery"),
    request(2, "029", (time) => isTime(time), "is no time of delivery"),
    request(3, "030", matching(/^[0-9A-Z]{2,3}$/), "is no code of a delivery time"),
  ],
};

/** What is wrong with the values of an ISA. */
export function checkIsa(header: Segment): readonly Finding[] {
  return broken(ISA_RULES, header);
}

/** What is wrong with the values of a GS: TA105 024, and AK905 6 for its control number. */
export function checkGs(header: Segment): readonly Finding[] {
  return broken(GS_RULES, header);
}

/**
 * What is wrong with an ISB or ISE, and that nothing comes of it here; undefined for any other
 * segment.
 */
export function checkServiceRequest(segment: Segment): readonly Finding[] | undefined {
  const rules = REQUEST_RULES[segment.id];
  if (rules === undefined) return undefined;
  const leftOut: Finding = {
    severity: "information",
    code: "service-request-left-out",
    snip: 1,
    segment: segment.id,
    position: segment.position,
    message: "What is asked of a network on the way is left out: the file has arrived.",
  };
  return [...broken(rules, segment), leftOut];
}

function isa(
  element: number,
  note: string,
  code: string,
  holds: HeaderRule["holds"],
  says: string,
): HeaderRule {
  return { element, code, answer: { in: "TA105", code: note }, holds, says };
}

function gs(element: number, holds: HeaderRule["holds"], says: string): HeaderRule {
  return isa(element, "024", "functional-group-header-invalid", holds, says);
}

function request(
  element: number,
  note: string,
  holds: HeaderRule["holds"],
  says: string,
): HeaderRule {
  return isa(element, note, "service-request-invalid", holds, says);
}

function matching(pattern: RegExp): HeaderRule["holds"] {
  return (value) => pattern.test(value);
}

function filled(value: string): boolean {
  return value !== "";
}

/** A value that must be there when the qualifier before it is not 00. */
function behind(qualifier: number): HeaderRule["holds"] {
  return (value, header) => value !== "" || /^(?:00)?$/.test(header.element(qualifier).trim());
}

/**
 * Before 00402 ISA11 names the standard, and the one of the U.S. is U; later it separates. In a
 * version that is not read nobody knows.
 */
function isOurStandard(value: string, header: Segment): boolean {
  return !knowsVersion(header) || isSeparatorSince(header) || !/^[A-TV-Z]$/.test(value);
}

function isStandard(value: string, header: Segment): boolean {
  if (!knowsVersion(header)) return true;
  if (!isSeparatorSince(header)) return /^[A-Z]$/.test(value);
  return /^[^A-Za-z0-9 ]$/.test(value);
}

function knowsVersion(header: Segment): boolean {
  return VERSION.test(header.element(12).trim());
}

function isSeparatorSince(header: Segment): boolean {
  return header.element(12).trim() >= REPEATS_SINCE;
}

/** What is no version at all is told by another rule. */
function isRead(value: string): boolean {
  return VERSION.test(value) || !/^00[0-9]{3}$/.test(value);
}

function broken(rules: readonly HeaderRule[], header: Segment): Finding[] {
  const findings: Finding[] = [];
  for (const { element, code, answer, holds, says } of rules) {
    if (holds(header.element(element).trim(), header)) continue;
    findings.push({
      severity: "error",
      code,
      snip: 1,
      acknowledgement: answer,
      segment: header.id,
      position: header.position,
      element,
      message: `${header.id}${String(element).padStart(2, "0")} ${says}.`,
    });
  }
  return findings;
}
