import assert from "node:assert/strict";
import { GUIDES, writeTransactionSet } from "../../edi/guides/index.ts";
import {
  type Delimiters,
  type Finding,
  STANDARD_DELIMITERS,
  writeInterchange,
} from "../../edi/x12/index.ts";
import { compactDate, type EncounterKind } from "../intake/index.ts";
import { claimSetLoops, type Receiver, type Submitter } from "./loops/index.ts";
import type { PreparedClaim } from "./prepared-claim.ts";

/** The most claims of one ST when nothing else is asked for (837P front matter 1.3: 5,000 CLM). */
const CLAIMS_PER_SET = 5000;

/** The guide by which claims of a kind travel, and ST03 and GS08 of its files. */
const FORMATS = {
  professional: { guide: "837P", version: "005010X222A1" },
  institutional: { guide: "837I", version: "005010X223A2" },
  dental: { guide: "837D", version: "005010X224A2" },
} as const satisfies Readonly<Record<EncounterKind, { guide: string; version: string }>>;

/** All that an 837 interchange needs besides its claims. */
export interface BatchOptions {
  readonly submitter: Submitter;
  readonly receiver: Receiver;
  /** ISA05 and ISA06, GS02. */
  readonly sender: { readonly qualifier: string; readonly id: string; readonly code: string };
  /** ISA07 and ISA08, GS03. */
  readonly addressee: { readonly qualifier: string; readonly id: string; readonly code: string };
  /** ISA15. */
  readonly usage: "P" | "T";
  /** ISA13 and GS06, 1 to 9 digits. */
  readonly interchangeControlNumber: string;
  readonly groupControlNumber: string;
  /** ST02 and BHT03 of the set at `index`, from 0; four to nine digits, unique within the group. */
  readonly setControlNumber: (index: number) => string;
  /** ISO calendar date and HHMM of the generation, where the practice is. */
  readonly date: string;
  readonly time: string;
  readonly delimiters?: Delimiters;
  readonly claimsPerSet?: number;
  readonly acknowledgmentRequested?: boolean;
}

/** One transaction set of a generated batch. */
export interface GeneratedSet {
  /** ST02. */
  readonly controlNumber: string;
  /** Patient control numbers (CLM01), in the order of the text. */
  readonly patientControlNumbers: readonly string[];
  /** SE01. */
  readonly segmentCount: number;
}

/** A batch as text. */
export interface GeneratedBatch {
  /** The interchange, ISA to IEA; "" when a value held a delimiter: then nothing may be sent. */
  readonly text: string;
  readonly sets: readonly GeneratedSet[];
  /** Of the writer: `delimiter-in-value`. */
  readonly findings: readonly Finding[];
}

/**
 * The 837 interchange of claims of one kind that go to one payer: pure, so the same claims and
 * numbers give the same bytes. Claims and encounter reports (BHT06) never share a transaction set.
 */
export function generateBatch(
  claims: readonly PreparedClaim[],
  options: BatchOptions,
): GeneratedBatch {
  const [first] = claims;
  assert(first !== undefined, "a batch holds at least one claim");
  const { kind, payer } = first.claim;
  assert(
    claims.every(({ claim }) => claim.payer.id === payer.id && claim.kind === kind),
    "a batch is of one kind and goes to one payer",
  );
  const { guide: name, version } = FORMATS[kind];
  const guide = GUIDES.find((each) => each.name === name);
  assert(guide !== undefined, `the ${name} guide is held`);
  const delimiters = options.delimiters ?? STANDARD_DELIMITERS;
  const date = compactDate(options.date);
  const sets: GeneratedSet[] = [];
  const texts: string[] = [];
  const findings: Finding[] = [];
  for (const [index, part] of parts(claims, options.claimsPerSet ?? CLAIMS_PER_SET).entries()) {
    const controlNumber = options.setControlNumber(index);
    const root = claimSetLoops(part, {
      submitter: options.submitter,
      receiver: options.receiver,
      reference: controlNumber,
      date,
      time: options.time,
      encounterOnly: part[0]?.claim.encounterOnly ?? false,
    });
    const written = writeTransactionSet(guide, root, {
      controlNumber,
      implementation: version,
      delimiters,
    });
    texts.push(written.text);
    findings.push(...written.findings);
    const { segmentCount } = written;
    const patientControlNumbers = part.map(({ claim }) => claim.patientControlNumber);
    sets.push({ controlNumber, patientControlNumbers, segmentCount });
  }
  if (findings.length > 0) return { text: "", sets: [], findings };
  return { text: interchange(texts, options, delimiters, version), sets, findings };
}

/** Claims and encounter reports apart, each in parts of at most `size`. */
function parts(claims: readonly PreparedClaim[], size: number): PreparedClaim[][] {
  assert(size > 0, "a transaction set holds at least one claim");
  const result: PreparedClaim[][] = [];
  for (const encounterOnly of [false, true]) {
    const same = claims.filter(({ claim }) => claim.encounterOnly === encounterOnly);
    for (let at = 0; at < same.length; at += size) result.push(same.slice(at, at + size));
  }
  return result;
}

function interchange(
  transactionSets: readonly string[],
  options: BatchOptions,
  delimiters: Delimiters,
  version: string,
): string {
  const { sender, addressee, time } = options;
  const date = compactDate(options.date);
  return writeInterchange({
    senderQualifier: sender.qualifier,
    senderId: sender.id,
    receiverQualifier: addressee.qualifier,
    receiverId: addressee.id,
    date: date.slice(2),
    time,
    controlNumber: options.interchangeControlNumber,
    usage: options.usage,
    acknowledgmentRequested: options.acknowledgmentRequested ?? false,
    delimiters,
    groups: [
      {
        functionalIdentifier: "HC",
        senderCode: sender.code,
        receiverCode: addressee.code,
        date,
        time,
        controlNumber: options.groupControlNumber,
        version,
        transactionSets,
      },
    ],
  });
}
