import {
  type Delimiters,
  type Finding,
  isDate,
  isPartyQualifier,
  isTime,
  type LoopValue,
  type SegmentValue,
  STANDARD_DELIMITERS,
  writeInterchange,
} from "../x12/index.ts";
import { guide999 } from "./999.ts";
import type {
  BusinessUnit,
  FunctionalGroupVerdict,
  InterchangeVerdict,
  TransactionSetVerdict,
} from "./verdict.ts";
import { writeTransactionSet } from "./write.ts";

/** Acknowledgments are not acknowledged (005010X231, 1.4). */
const ACKNOWLEDGEMENTS: readonly string[] = ["997", "999", "TA1"];

/** TA105 notes with which an interchange cannot be worked with at all; with the others it can. */
const REJECTING_NOTES: readonly string[] = ["003", "004", "017", "022", "027"];

/** IK502–IK506 and AK905–AK909 hold so many codes. */
const CODES_MAX = 5;

/** IK501: accepted, accepted with errors, rejected. */
export type SetStatus = "A" | "E" | "R";

/**
 * IK501 of a set: an error of syntax or of the guide itself (SNIP 1, 2) rejects it. A sum that is
 * off, or what one claim lacks in its case (SNIP 3, 4), is told, and so is a warning that a 999 can
 * name; but it does not reject the claims beside it: that claim is for a 277CA to refuse.
 */
export function statusOfSet(set: TransactionSetVerdict): SetStatus {
  if (!set.intact || set.findings.some(isOfWholeSet)) return "R";
  return set.findings.some(isAnswerable) ? "E" : "A";
}

/** What stands in a TA1 for a date and a time that could not be read. */
const NO_DATE = "000101";
const NO_TIME = "0000";

/** Stands for a party whose identifier could not be read. */
const NO_PARTY = { qualifier: "ZZ", id: "UNKNOWN" } as const;

/** TA1 for an interchange; undefined when it brings nothing but acknowledgments. */
export function buildTa1(verdict: InterchangeVerdict): SegmentValue | undefined {
  if (bringsOnlyAcknowledgements(verdict)) return undefined;
  const { controlNumber, date, time } = verdict.interchange;
  const notes = codesOf(verdict.findings, "TA105");
  const [note = "000"] = [...notes].sort((one, other) => rejects(other) - rejects(one));
  const status = note === "000" ? "A" : rejects(note) === 1 ? "R" : "E";
  const received = [
    date.length === 6 && isDate(date) ? date : NO_DATE,
    time.length === 4 && isTime(time) ? time : NO_TIME,
  ] as const;
  return ["TA1", digits(controlNumber, 9), ...received, status, note];
}

/**
 * 999 for a functional group, as loop "ST" of the guide; undefined for a group of acknowledgments.
 */
export function build999(verdict: FunctionalGroupVerdict): LoopValue | undefined {
  const { group } = verdict;
  if (group.functionalIdentifier === "FA") return undefined;
  const sets = verdict.sets.filter(({ id }) => !ACKNOWLEDGEMENTS.includes(id));
  const statuses = sets.map(statusOfSet);
  const accepted = statuses.filter((status) => status !== "R").length;
  const ak1: SegmentValue = [
    "AK1",
    plain(group.functionalIdentifier).slice(0, 2).padEnd(2, "Z"),
    digits(group.controlNumber, 1),
    // AK103 is required, also in answer to a group that names no version.
    plain(group.version).slice(0, 12) || "000000",
  ];
  const codes = codesOf(verdict.findings, "AK905").slice(0, CODES_MAX);
  const ak9: SegmentValue = [
    "AK9",
    statusOfGroup(statuses, accepted, codes),
    String(verdict.declaredSets),
    String(verdict.sets.length),
    String(accepted),
    ...codes,
  ];
  return { id: "ST", segments: [ak1, ak9], loops: sets.map(loopOfSet) };
}

function statusOfGroup(
  statuses: readonly SetStatus[],
  accepted: number,
  codes: readonly string[],
): string {
  if (accepted === 0) return "R";
  if (accepted < statuses.length) return "P";
  return codes.length > 0 || statuses.includes("E") ? "E" : "A";
}

function loopOfSet(set: TransactionSetVerdict): LoopValue {
  const errors = set.findings.filter(isInSegment);
  const status = statusOfSet(set);
  const codes = [...codesOf(set.findings, "IK502")];
  if (errors.length > 0 || (status === "R" && codes.length === 0)) {
    codes.push(errors.length > 0 && errors.every(isOfGuideOnly) ? "I5" : "5");
  }
  const ak2: SegmentValue = [
    "AK2",
    plain(set.id).slice(0, 3).padStart(3, "0"),
    plain(set.controlNumber).slice(0, 9).padStart(4, "0"),
    plain(set.implementation).slice(0, 35),
  ];
  const ik5: SegmentValue = ["IK5", status, ...codes.slice(0, CODES_MAX)];
  return { id: "2000", segments: [ak2, ik5], loops: segmentErrors(errors, set.businessUnits) };
}

/** One IK3 for each segment and error code; element errors of a segment share one with code 8. */
function segmentErrors(
  findings: readonly Finding[],
  units: readonly BusinessUnit[],
): readonly LoopValue[] {
  const loops = new Map<string, { readonly first: Finding; readonly elements: Finding[] }>();
  for (const finding of [...findings].sort(byPosition)) {
    const key = `${finding.position} ${finding.segment} ${segmentCode(finding)}`;
    const entry = loops.get(key) ?? { first: finding, elements: [] };
    loops.set(key, entry);
    if (finding.acknowledgement?.in === "IK403") entry.elements.push(finding);
  }
  return [...loops.values()].map(({ first, elements }) => ({
    id: "2100",
    segments: [
      [
        "IK3",
        segmentIdOf(first),
        String(first.position ?? 0),
        first.loop === "ST" ? "" : plain(first.loop ?? "").slice(0, 4),
        segmentCode(first),
      ],
      ...context(first, units),
    ],
    loops: elements.map((element) => ({ id: "2110", segments: [ik4(element)], loops: [] })),
  }));
}

/** IK301 must hold two or three characters; what is no segment id at all is named ZZZ. */
function segmentIdOf({ segment = "" }: Finding): string {
  const id = plain(segment);
  return id.length < 2 ? "ZZZ" : id.slice(0, 3);
}

function ik4(finding: Finding): SegmentValue {
  const { element = 0, component, repetition, acknowledgement } = finding;
  const place = [element, component ?? "", repetition ?? ""].map(String);
  return ["IK4", place, "", acknowledgement?.code ?? ""];
}

/** CTX: which claim the segment belongs to, when its number can be written. */
function context(finding: Finding, units: readonly BusinessUnit[]): readonly SegmentValue[] {
  // What is missing is told where it is missed: at the segment behind the claim.
  const isMissing = ["3", "I7"].includes(segmentCode(finding));
  const position = (finding.position ?? 0) - (isMissing ? 1 : 0);
  const unit = units.find(({ from, to }) => from <= position && position <= to);
  if (unit === undefined || !isWritable(unit.value)) return [];
  return [["CTX", [unit.element, unit.value]]];
}

/** What no delimiter can end; spaces alone are no text of X12. */
function isWritable(claimNumber: string): boolean {
  return /^[A-Za-z0-9 .-]{1,35}$/.test(claimNumber) && claimNumber.trim() !== "";
}

/** Who answers, and when: what a pure function cannot know. */
export interface AcknowledgementStamp {
  /** ISA13 and GS06 of the answer; 999s are numbered from ST02 `0001`. */
  readonly interchangeControlNumber: string;
  readonly groupControlNumber: string;
  /** CCYYMMDD. */
  readonly date: string;
  /** HHMM. */
  readonly time: string;
  /** Those of the interchange that is answered when absent, where they are ASCII. */
  readonly delimiters?: Delimiters;
}

/**
 * The interchange that answers another: a TA1 when it was asked for or something is wrong with the
 * envelope, and a 999 for each functional group unless the interchange is rejected as a whole.
 * Undefined when there is nothing to answer.
 */
export function writeAcknowledgement(
  verdict: InterchangeVerdict,
  stamp: AcknowledgementStamp,
): string | undefined {
  const { interchange } = verdict;
  const delimiters = stamp.delimiters ?? writable(interchange.delimiters);
  const ta1 = buildTa1(verdict);
  const asked = interchange.acknowledgmentRequested || (ta1 !== undefined && ta1[4] !== "A");
  const transactionSets: string[] = [];
  const groups = ta1?.[4] === "R" ? [] : verdict.groups;
  for (const group of groups) {
    const root = build999(group);
    if (root === undefined) continue;
    const controlNumber = String(transactionSets.length + 1).padStart(4, "0");
    transactionSets.push(writeTransactionSet(guide999, root, { controlNumber, delimiters }).text);
  }
  const acknowledgements = asked && ta1 !== undefined ? [ta1] : [];
  if (transactionSets.length + acknowledgements.length === 0) return undefined;
  const [first] = verdict.groups;
  return writeInterchange({
    senderQualifier: qualifierOf(interchange.receiverQualifier),
    senderId: partyOf(interchange.receiverId, delimiters),
    receiverQualifier: qualifierOf(interchange.senderQualifier),
    receiverId: partyOf(interchange.senderId, delimiters),
    date: stamp.date.slice(2),
    time: stamp.time,
    controlNumber: stamp.interchangeControlNumber,
    usage: interchange.usage === "P" ? "P" : "T",
    delimiters,
    acknowledgements,
    groups:
      transactionSets.length === 0
        ? []
        : [
            {
              functionalIdentifier: "FA",
              senderCode: partyOf(first?.group.receiverCode ?? "", delimiters),
              receiverCode: partyOf(first?.group.senderCode ?? "", delimiters),
              date: stamp.date,
              time: stamp.time,
              controlNumber: stamp.groupControlNumber,
              version: guide999.versions[0] ?? "",
              transactionSets,
            },
          ],
  });
}

function bringsOnlyAcknowledgements({ groups, acknowledgements }: InterchangeVerdict): boolean {
  if (groups.length === 0) return acknowledgements > 0;
  return groups.every(({ group }) => group.functionalIdentifier === "FA");
}

function isOfWholeSet({ severity, snip = 1 }: Finding): boolean {
  return severity === "error" && snip <= 2;
}

function isAnswerable({ acknowledgement }: Finding): boolean {
  return acknowledgement !== undefined;
}

function isInSegment({ acknowledgement }: Finding): boolean {
  return acknowledgement?.in === "IK304" || acknowledgement?.in === "IK403";
}

/** Allowed by the standard and against the guide only: codes that begin with I. */
function isOfGuideOnly({ acknowledgement }: Finding): boolean {
  return acknowledgement?.code.startsWith("I") === true;
}

function segmentCode({ acknowledgement }: Finding): string {
  return acknowledgement?.in === "IK304" ? acknowledgement.code : "8";
}

function byPosition(one: Finding, other: Finding): number {
  return (one.position ?? 0) - (other.position ?? 0);
}

function codesOf(findings: readonly Finding[], segment: string): readonly string[] {
  const codes = new Set<string>();
  for (const { acknowledgement } of findings) {
    if (acknowledgement?.in === segment) codes.add(acknowledgement.code);
  }
  return [...codes];
}

function rejects(note: string): number {
  return REJECTING_NOTES.includes(note) ? 1 : 0;
}

/** What was read of an identifier, without what could end an element of the answer. */
function plain(value: string): string {
  return value.replace(/[^A-Za-z0-9]/g, "");
}

/**
 * Text is written as UTF-8, in which a delimiter beyond ASCII would be two bytes, and line breaks
 * within segments are taken out by who reads it. An answer is of version 00501 also where the
 * question knew no repetition.
 */
function writable(delimiters: Delimiters): Delimiters {
  const { element, component, segment } = delimiters;
  const repetition = delimiters.repetition ?? STANDARD_DELIMITERS.repetition ?? "";
  const own = element + component + segment;
  const isAscii = [...own, repetition].every((one) => one < "\u007f");
  const isSeen = !/\s/.test(element + component + repetition) && !/[^\S\r\n]/.test(segment);
  const isUsable = isAscii && isSeen && !own.includes(repetition);
  return isUsable ? { ...delimiters, repetition } : STANDARD_DELIMITERS;
}

/** The identifier of a party out of a header that may have been too wide, as an answer can carry it. */
function partyOf(value: string, delimiters: Delimiters): string {
  const { element, component, repetition = "", segment } = delimiters;
  const forbidden = element + component + repetition + segment;
  const kept = [...value].filter((character) => character >= " " && !forbidden.includes(character));
  return kept.join("").slice(0, 15).trim() || NO_PARTY.id;
}

function qualifierOf(value: string): string {
  return isPartyQualifier(value) ? value : NO_PARTY.qualifier;
}

function digits(value: string, width: number): string {
  return value
    .replace(/[^0-9]/g, "")
    .slice(0, 9)
    .padStart(width, "0");
}
