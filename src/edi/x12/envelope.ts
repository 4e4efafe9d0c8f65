import type { Delimiters } from "./delimiters.ts";
import type { Segment } from "./segment.ts";

/** ISA01 to ISA04: authorization and password, each behind its qualifier. */
export type Credentials = readonly [string, string, string, string];

/** An interchange as its ISA describes it; identifiers without their padding. */
export interface Interchange {
  /** Present where ISA01 or ISA03 is not 00; a password may be in it, so it is never told. */
  readonly credentials?: Credentials;
  /** ISA05, ISA06. */
  readonly senderQualifier: string;
  readonly senderId: string;
  /** ISA07, ISA08. */
  readonly receiverQualifier: string;
  readonly receiverId: string;
  /** ISA09 as YYMMDD and ISA10 as HHMM. */
  readonly date: string;
  readonly time: string;
  /** ISA13. */
  readonly controlNumber: string;
  /** ISA15: P production, T test. */
  readonly usage: string;
  /** ISA12: `00501`. */
  readonly version: string;
  /** ISA14 is 1. */
  readonly acknowledgmentRequested: boolean;
  readonly delimiters: Delimiters;
  /** 1 for the first interchange of the file. */
  readonly ordinal: number;
}

/** A functional group as its GS describes it. */
export interface FunctionalGroup {
  /** GS01: `HC`, `HP`, `FA`. */
  readonly functionalIdentifier: string;
  /** GS02, GS03. */
  readonly senderCode: string;
  readonly receiverCode: string;
  /** GS04 as CCYYMMDD and GS05. */
  readonly date: string;
  readonly time: string;
  /** GS06. */
  readonly controlNumber: string;
  /** GS08: `005010X222A1`. */
  readonly version: string;
}

/** A transaction set as its ST describes it. */
export interface TransactionSetHeader {
  /** ST01: `837`, `835`. */
  readonly id: string;
  /** ST02. */
  readonly controlNumber: string;
  /** ST03, or GS08 where ST03 is absent. */
  readonly implementation: string;
  readonly group: FunctionalGroup;
  readonly interchange: Interchange;
  /** 1 for the first transaction set of the file. */
  readonly ordinal: number;
}

/** The interchange that an ISA opens. */
export function interchangeOf(isa: Segment, ordinal: number): Interchange {
  const isOpen = isa.element(1) === "00" && isa.element(3) === "00";
  return {
    ...(isOpen ? {} : { credentials: credentialsOf(isa) }),
    senderQualifier: isa.element(5).trim(),
    senderId: isa.element(6).trim(),
    receiverQualifier: isa.element(7).trim(),
    receiverId: isa.element(8).trim(),
    date: isa.element(9),
    time: isa.element(10),
    version: isa.element(12).trim(),
    controlNumber: isa.element(13).trim(),
    acknowledgmentRequested: isa.element(14) === "1",
    usage: isa.element(15).trim(),
    delimiters: isa.delimiters,
    ordinal,
  };
}

function credentialsOf(isa: Segment): Credentials {
  const [qualifier, authorization, kind, password] = [1, 2, 3, 4].map((number) =>
    isa.element(number).trim(),
  );
  return [qualifier ?? "", authorization ?? "", kind ?? "", password ?? ""];
}

/** The functional group that a GS opens. */
export function functionalGroupOf(gs: Segment): FunctionalGroup {
  return {
    functionalIdentifier: gs.element(1).trim(),
    senderCode: gs.element(2).trim(),
    receiverCode: gs.element(3).trim(),
    date: gs.element(4),
    time: gs.element(5),
    controlNumber: gs.element(6).trim(),
    version: gs.element(8).trim(),
  };
}

/** The group of a transaction set that stands in an interchange without one. */
export const NO_GROUP: FunctionalGroup = {
  functionalIdentifier: "",
  senderCode: "",
  receiverCode: "",
  date: "",
  time: "",
  controlNumber: "",
  version: "",
};
