import { checkGs, checkIsa, checkServiceRequest } from "./check-header.ts";
import { STANDARD_DELIMITERS } from "./delimiters.ts";
import {
  type FunctionalGroup,
  functionalGroupOf,
  type Interchange,
  interchangeOf,
  NO_GROUP,
  type TransactionSetHeader,
} from "./envelope.ts";
import type { AcknowledgementCode, Finding } from "./finding.ts";
import { isSecurity, SecurityTrail } from "./security.ts";
import type { Segment } from "./segment.ts";
import { namedSegment } from "./segment-ids.ts";
import type { SegmentSink } from "./tokenize.ts";

/** How the trailer of a transaction set agreed with what was read. */
export interface TransactionSetVerdict {
  /** False when SE is missing or disagrees with the count of segments or the control number. */
  readonly intact: boolean;
  /** Segments read, ST and SE included. */
  readonly segmentCount: number;
  /** Position of SE, or where it should stand. */
  readonly end: number;
  readonly findings: readonly Finding[];
}

/** Who is told what the envelopes hold, in file order. */
export interface EnvelopeSink {
  interchange(interchange: Interchange): void;
  interchangeEnd(interchange: Interchange, findings: readonly Finding[]): void;
  /** An interchange whose ISA cannot be worked with; nothing more of it is read. */
  interchangeRefused(interchange: Interchange, findings: readonly Finding[]): void;
  /** A TA1, which stands between ISA and the first GS. */
  interchangeAcknowledgement(interchange: Interchange, segment: Segment): void;
  functionalGroup(group: FunctionalGroup, gs: Segment): void;
  /** `declaredSets` is GE01, undefined where it is missing or no number. */
  functionalGroupEnd(
    group: FunctionalGroup,
    findings: readonly Finding[],
    declaredSets: number | undefined,
  ): void;
  /** The ST; the segments that follow, SE included, come one by one. */
  transactionSet(header: TransactionSetHeader, st: Segment): void;
  segment(segment: Segment): void;
  transactionSetEnd(verdict: TransactionSetVerdict): void;
  /** Something outside of any interchange. */
  finding(finding: Finding): void;
  /** What is wrong with an envelope, as soon as it is known; the end of the envelope tells it too. */
  told(finding: Finding): void;
}

/** A segment that a finding is about, or one that is missing and where it should stand. */
type Place = Pick<Segment, "id" | "position">;

/** Findings kept per envelope; after them only their number is told. */
const FINDINGS_MAX = 10_000;

/** Content that an interchange must not have. */
const NO_CONTENT: AcknowledgementCode = { in: "TA105", code: "024" };

/** Follows ISA/IEA, GS/GE and ST/SE and proves their counts and control numbers. */
export class Envelopes implements SegmentSink {
  readonly #sink: EnvelopeSink;
  #interchange: Interchange | undefined;
  #interchangeFindings: Finding[] = [];
  #groups = 0;
  /** Whether the interchange has brought a group, a set outside of any, or a TA1. */
  #holdsAnything = false;
  #group: FunctionalGroup | undefined;
  #groupFindings: Finding[] = [];
  #sets = 0;
  #set: TransactionSetHeader | undefined;
  #setFindings: Finding[] = [];
  #segments = 0;
  /** Segments of the interchange, or outside of any, that came before the one at hand. */
  #passed = 0;
  #interchangeOrdinal = 0;
  #setOrdinal = 0;
  /** Control numbers seen, to tell reuse: GS06 of the interchange, ST02 of the group. */
  readonly #groupNumbers = new Set<string>();
  readonly #setNumbers = new Set<string>();
  /** Sender, receiver and ISA13 of the interchanges of the file. */
  readonly #interchangeNumbers = new Set<string>();
  readonly #groupSecurity = new SecurityTrail();
  readonly #setSecurity = new SecurityTrail();

  constructor(sink: EnvelopeSink) {
    this.#sink = sink;
  }

  segment(segment: Segment): void {
    switch (segment.id) {
      case "SE":
        this.#closeSet(segment);
        break;
      case "ST":
        this.#openSet(segment);
        break;
      case "GS":
        this.#openGroup(segment);
        break;
      case "GE":
        this.#closeGroup(segment);
        break;
      case "ISA":
        this.#openInterchange(segment);
        break;
      case "IEA":
        this.#closeInterchange(segment);
        break;
      default:
        if (this.#set !== undefined) {
          this.#segments += 1;
          this.#sink.segment(segment);
          if (isSecurity(segment.id)) this.#secureSet(segment);
        } else this.#stray(segment);
    }
    this.#passed += 1;
  }

  refusedHeader(isa: Segment, finding: Finding): void {
    this.#endInterchange("interchange-trailer-missing");
    this.#interchangeOrdinal += 1;
    // What it declares cannot be used to answer it.
    const delimiters = STANDARD_DELIMITERS;
    const interchange = { ...interchangeOf(isa, this.#interchangeOrdinal), delimiters };
    this.#sink.interchangeRefused(interchange, [finding]);
  }

  finding(finding: Finding, outside: boolean): void {
    if (outside || this.#interchange === undefined) this.#sink.finding(finding);
    else this.#keep(this.#innermost(), finding);
  }

  /** Says that the file has ended; what is still open is closed with findings. */
  end(): void {
    this.#endInterchange("file-ends-early");
  }

  #keep(findings: Finding[], finding: Finding): void {
    keep(findings, finding);
    this.#sink.told(finding);
  }

  #innermost(): Finding[] {
    if (this.#set !== undefined) return this.#setFindings;
    return this.#group === undefined ? this.#interchangeFindings : this.#groupFindings;
  }

  /** What does not come, where the segment at hand or the end of the file comes instead. */
  #missing(id: string): Place {
    return { id, position: this.#passed + 1 };
  }

  #openInterchange(isa: Segment): void {
    this.#endInterchange("interchange-trailer-missing");
    this.#passed = 0;
    this.#interchangeOrdinal += 1;
    const interchange = interchangeOf(isa, this.#interchangeOrdinal);
    this.#interchange = interchange;
    this.#interchangeFindings = [];
    this.#groups = 0;
    this.#holdsAnything = false;
    this.#groupNumbers.clear();
    this.#sink.interchange(interchange);
    for (const finding of checkIsa(isa)) this.#keep(this.#interchangeFindings, finding);
    const { senderQualifier, senderId, receiverQualifier, receiverId, controlNumber } = interchange;
    const key = [senderQualifier, senderId, receiverQualifier, receiverId, controlNumber].join(" ");
    if (this.#interchangeNumbers.has(key)) {
      const message = "ISA13 was used by an earlier interchange of this sender in the file.";
      this.#tellInterchange("interchange-control-number-reused", "025", message, isa, 13);
    }
    remember(this.#interchangeNumbers, key);
  }

  #closeInterchange(iea: Segment): void {
    if (this.#interchange === undefined) return;
    this.#endGroup("functional-group-trailer-missing");
    if (!this.#holdsAnything) {
      const message = "The interchange holds no functional group and no acknowledgment.";
      this.#tellInterchange("interchange-empty", "024", message, iea);
    }
    if (!agrees(iea.element(1), this.#groups)) {
      const message = `IEA01 disagrees with the ${this.#groups} functional groups that were read.`;
      this.#tellInterchange("group-count-mismatch", "021", message, iea, 1);
    }
    if (iea.element(2).trim() !== this.#interchange.controlNumber) {
      const message = "IEA02 differs from the control number in ISA13.";
      this.#tellInterchange("interchange-control-number-mismatch", "001", message, iea, 2);
    }
    this.#leaveInterchange();
  }

  #endInterchange(code: string): void {
    if (this.#interchange === undefined) return;
    this.#endGroup("functional-group-trailer-missing");
    const message = "The interchange has no IEA segment; the file may have been cut off.";
    this.#tellInterchange(code, "023", message, this.#missing("IEA"));
    this.#leaveInterchange();
  }

  #leaveInterchange(): void {
    const interchange = this.#interchange;
    this.#interchange = undefined;
    if (interchange !== undefined)
      this.#sink.interchangeEnd(interchange, this.#interchangeFindings);
  }

  #openGroup(gs: Segment): void {
    if (this.#interchange === undefined) return;
    this.#endGroup("functional-group-trailer-missing");
    const group = functionalGroupOf(gs);
    this.#groups += 1;
    this.#holdsAnything = true;
    this.#group = group;
    this.#groupFindings = [];
    this.#sets = 0;
    this.#setNumbers.clear();
    this.#sink.functionalGroup(group, gs);
    if (this.#groupNumbers.has(group.controlNumber)) {
      const message = "GS06 was used by an earlier functional group of this interchange.";
      this.#tellGroup("group-control-number-reused", "19", message, gs, 6);
    }
    for (const finding of checkGs(gs)) {
      const ofGroup = finding.acknowledgement?.in === "AK905";
      this.#keep(ofGroup ? this.#groupFindings : this.#interchangeFindings, finding);
    }
    remember(this.#groupNumbers, group.controlNumber);
  }

  #closeGroup(ge: Segment): void {
    if (this.#group === undefined) {
      this.#stray(ge);
      return;
    }
    this.#endSet("transaction-set-trailer-missing");
    if (!agrees(ge.element(1), this.#sets)) {
      const message = `GE01 disagrees with the ${this.#sets} transaction sets that were read.`;
      this.#tellGroup("transaction-set-count-mismatch", "5", message, ge, 1);
    }
    if (ge.element(2).trim() !== this.#group.controlNumber) {
      const message = "GE02 differs from the control number in GS06.";
      this.#tellGroup("group-control-number-mismatch", "4", message, ge, 2);
    }
    const declared = ge.element(1).trim();
    this.#leaveGroup(/^[0-9]{1,6}$/.test(declared) ? Number(declared) : undefined);
  }

  #endGroup(code: string): void {
    this.#endSet("transaction-set-trailer-missing");
    if (this.#group === undefined) return;
    const message = "The functional group has no GE segment.";
    this.#tellGroup(code, "3", message, this.#missing("GE"));
    this.#leaveGroup(undefined);
  }

  #leaveGroup(declaredSets: number | undefined): void {
    const group = this.#group;
    for (const { code, inGroup, message, lacks } of this.#groupSecurity.end()) {
      this.#tellGroup(code, inGroup, message, this.#missing(lacks));
    }
    this.#group = undefined;
    if (group !== undefined) {
      this.#sink.functionalGroupEnd(group, this.#groupFindings, declaredSets);
    }
  }

  #openSet(st: Segment): void {
    if (this.#interchange === undefined) return;
    this.#endSet("transaction-set-trailer-missing");
    const group = this.#group ?? NO_GROUP;
    this.#sets += 1;
    this.#setOrdinal += 1;
    const header: TransactionSetHeader = {
      id: st.element(1).trim(),
      controlNumber: st.element(2).trim(),
      implementation: st.element(3).trim() || group.version,
      group,
      interchange: this.#interchange,
      ordinal: this.#setOrdinal,
    };
    this.#set = header;
    this.#holdsAnything = true;
    this.#setFindings = [];
    this.#segments = 1;
    this.#sink.transactionSet(header, st);
    this.#checkHeader(header, st);
  }

  #checkHeader(header: TransactionSetHeader, st: Segment): void {
    if (header.group === NO_GROUP) {
      const message = "The transaction set stands outside of any functional group.";
      this.#tellInterchange("functional-group-missing", "024", message, st);
    }
    if (!/^[0-9]{3}$/.test(header.id)) {
      const message = "ST01 is missing or no number of a transaction set.";
      this.#tellSet("transaction-set-identifier-invalid", "6", message, st, 1);
    }
    if (header.controlNumber.length < 4 || header.controlNumber.length > 9) {
      const message = "ST02 is missing or not of four to nine characters.";
      this.#tellSet("transaction-set-control-number-invalid", "7", message, st, 2);
    }
    const implementation = st.element(3).trim();
    if (implementation !== "" && implementation !== header.group.version) {
      const message = "ST03 names another guide than GS08 of its group.";
      this.#tellSet("implementation-mismatch", "19", message, st, 3);
    }
    if (header.controlNumber !== "" && this.#setNumbers.has(header.controlNumber)) {
      const message = "ST02 was used by an earlier transaction set of this functional group.";
      this.#tellSet("transaction-set-control-number-reused", "23", message, st, 2);
    }
    remember(this.#setNumbers, header.controlNumber);
  }

  #closeSet(se: Segment): void {
    const set = this.#set;
    if (set === undefined) {
      this.#stray(se);
      return;
    }
    this.#segments += 1;
    this.#sink.segment(se);
    const counts = agrees(se.element(1), this.#segments);
    const numbers = se.element(2).trim() === set.controlNumber;
    if (!counts) {
      const message = `SE01 disagrees with the ${this.#segments} segments that were read.`;
      this.#tellSet("segment-count-mismatch", "4", message, se, 1);
    }
    if (!numbers) {
      const message = "SE02 differs from the control number in ST02.";
      this.#tellSet("transaction-set-control-number-mismatch", "3", message, se, 2);
    }
    this.#leaveSet(counts && numbers, se.position);
  }

  #endSet(code: string): void {
    if (this.#set === undefined) return;
    const place = { id: "SE", position: this.#segments + 1 };
    this.#tellSet(code, "2", "The transaction set has no SE segment.", place);
    this.#leaveSet(false, place.position);
  }

  #leaveSet(intact: boolean, end: number): void {
    for (const { code, inSet, message, lacks } of this.#setSecurity.end()) {
      this.#tellSet(code, inSet, message, { id: lacks, position: end });
    }
    this.#set = undefined;
    const findings = this.#setFindings;
    this.#sink.transactionSetEnd({ intact, segmentCount: this.#segments, end, findings });
  }

  #stray(segment: Segment): void {
    if (this.#interchange === undefined) return;
    if (segment.id === "TA1") {
      this.#holdsAnything = true;
      if (this.#groups > 0) this.#tellMisplaced(segment);
      this.#sink.interchangeAcknowledgement(this.#interchange, segment);
      return;
    }
    const request = this.#group === undefined ? checkServiceRequest(segment) : undefined;
    if (request !== undefined) {
      for (const finding of request) this.#keep(this.#interchangeFindings, finding);
      return;
    }
    if (this.#group !== undefined && isSecurity(segment.id)) {
      for (const { code, inGroup, message } of this.#groupSecurity.take(segment.id)) {
        this.#tellGroup(code, inGroup, message, segment);
      }
      return;
    }
    this.#tellInterchange(
      "segment-outside-transaction-set",
      "024",
      "A segment stands outside of any transaction set and is left out.",
      segment,
    );
  }

  #secureSet(segment: Segment): void {
    for (const { code, inSet, message } of this.#setSecurity.take(segment.id)) {
      this.#tellSet(code, inSet, message, segment);
    }
  }

  #tellMisplaced(ta1: Segment): void {
    const message = "The TA1 stands behind a functional group; it belongs before the first.";
    const finding = told("acknowledgment-misplaced", NO_CONTENT, message, ta1, undefined);
    this.#keep(this.#interchangeFindings, { ...finding, severity: "warning" });
  }

  #tellInterchange(code: string, ta1: string, message: string, at: Place, n?: number): void {
    this.#keep(this.#interchangeFindings, told(code, { in: "TA105", code: ta1 }, message, at, n));
  }

  #tellGroup(code: string, ak9: string, message: string, at: Place, n?: number): void {
    this.#keep(this.#groupFindings, told(code, { in: "AK905", code: ak9 }, message, at, n));
  }

  #tellSet(code: string, ik5: string, message: string, at: Place, n?: number): void {
    this.#keep(this.#setFindings, told(code, { in: "IK502", code: ik5 }, message, at, n));
  }
}

/** Adds to a list of findings that does not grow without bound. */
export function keep(findings: Finding[], finding: Finding): void {
  if (findings.length < FINDINGS_MAX) findings.push(finding);
  else if (findings.length === FINDINGS_MAX) {
    findings.push({
      severity: "warning",
      code: "findings-cut-off",
      snip: 1,
      message: `There are more than ${FINDINGS_MAX} findings; the others are not listed.`,
    });
  }
}

const CONTROL_NUMBERS_MAX = 1_000_000;

function remember(numbers: Set<string>, number: string): void {
  if (numbers.size < CONTROL_NUMBERS_MAX) numbers.add(number);
}

/** Whether a count as written, with or without leading zeros, is the count that was read. */
function agrees(written: string, counted: number): boolean {
  return /^[0-9]{1,10}$/.test(written.trim()) && Number(written) === counted;
}

function told(
  code: string,
  acknowledgement: AcknowledgementCode,
  message: string,
  at: Place,
  element: number | undefined,
): Finding {
  return {
    severity: "error",
    code,
    snip: 1,
    acknowledgement,
    ...namedSegment(at.id),
    position: at.position,
    ...(element === undefined ? {} : { element }),
    message,
  };
}
