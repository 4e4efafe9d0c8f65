import type { LoopValue, SegmentValue } from "../../../edi/x12/index.ts";
import type { Contact, Encounter } from "../../intake/index.ts";
import type { PreparedClaim } from "../prepared-claim.ts";
import { claimLoop } from "./claim-loop.ts";
import {
  addressSegments,
  capitals,
  digitsOnly,
  type Named,
  nm1,
  per,
  plainDate,
  plainDecimal,
  ref,
} from "./segments.ts";

/** Who sends the file (1000A). */
export interface Submitter extends Named {
  /** NM109, the electronic transmitter id that the receiver gave out. */
  readonly id: string;
  /** PER is required: a telephone number, fax number or e-mail address. */
  readonly contact: Contact;
}

/** Who receives the file (1000B): a clearinghouse or payer. */
export interface Receiver {
  readonly organizationName: string;
  /** NM109. */
  readonly id: string;
}

/** What stands above the claims of one transaction set. */
export interface ClaimSetHeader {
  readonly submitter: Submitter;
  readonly receiver: Receiver;
  /** BHT03, the submitter's number of this set, at most 50 characters. */
  readonly reference: string;
  /** BHT04 as CCYYMMDD, BHT05 as HHMM. */
  readonly date: string;
  readonly time: string;
  /** BHT06 = RP instead of CH. */
  readonly encounterOnly: boolean;
}

/** The most claims of one patient under one HL (guide limit of loop 2300). */
const CLAIMS_PER_LEVEL = 100;

/**
 * Loop "ST" of an 837P: claims of one billing provider share loop 2000A; claims of one subscriber share 2000B
 * when all that is said of subscriber and payer is the same; patients likewise. HL numbers run through the set.
 */
export function claimSetLoops(claims: readonly PreparedClaim[], header: ClaimSetHeader): LoopValue {
  const providers = new Map<string, Level>();
  for (const prepared of claims) place(providers, prepared);
  const hierarchy: Hierarchy = { next: 1 };
  return {
    id: "ST",
    segments: [
      [
        "BHT",
        "0019",
        "00",
        header.reference,
        header.date,
        header.time,
        header.encounterOnly ? "RP" : "CH",
      ],
    ],
    loops: [
      submitterLoop(header.submitter),
      {
        id: "1000B",
        segments: [nm1("40", header.receiver, "46", header.receiver.id)],
        loops: [],
      },
      ...[...providers.values()].map((level) => levelLoop(level, "", hierarchy)),
    ],
  };
}

/** One hierarchical level as it is gathered: its own segments and loops, the claims and levels under it. */
interface Level {
  readonly id: "2000A" | "2000B" | "2000C";
  readonly code: "20" | "22" | "23";
  readonly segments: readonly SegmentValue[];
  readonly loops: readonly LoopValue[];
  readonly claims: LoopValue[];
  readonly levels: Map<string, Level>;
}

interface Hierarchy {
  next: number;
}

function place(providers: Map<string, Level>, { encounter, claim }: PreparedClaim): void {
  const provider = levelOf(providers, billingLevel(encounter));
  const subscriber = levelOf(provider.levels, subscriberLevel(encounter));
  const { dependent } = encounter;
  const patient =
    dependent === undefined
      ? subscriber
      : levelOf(subscriber.levels, patientLevel(encounter, dependent));
  patient.claims.push(claimLoop(encounter, claim));
}

/** The level that says the same, or a new one; a full level is followed by its like. */
function levelOf(levels: Map<string, Level>, wanted: Level): Level {
  for (let ordinal = 0; ; ordinal += 1) {
    const key = JSON.stringify([wanted.segments, wanted.loops, ordinal]);
    const known = levels.get(key);
    if (known === undefined) {
      levels.set(key, wanted);
      return wanted;
    }
    if (known.claims.length < CLAIMS_PER_LEVEL) return known;
  }
}

function levelLoop(level: Level, parent: string, hierarchy: Hierarchy): LoopValue {
  const number = String(hierarchy.next);
  hierarchy.next += 1;
  const hasChildren = level.levels.size > 0 ? "1" : "0";
  const children = [...level.levels.values()];
  return {
    id: level.id,
    segments: [["HL", number, parent, level.code, hasChildren], ...level.segments],
    loops: [
      ...level.loops,
      ...level.claims,
      ...children.map((child) => levelLoop(child, number, hierarchy)),
    ],
  };
}

function submitterLoop(submitter: Submitter): LoopValue {
  const contact = per(submitter.contact);
  if (contact.length === 0) throw new RangeError("a submitter without telephone, fax or e-mail");
  return {
    id: "1000A",
    segments: [nm1("41", submitter, "46", submitter.id), ...contact],
    loops: [],
  };
}

function billingLevel({ billing, payToAddress }: Encounter): Level {
  const { taxonomyCode, employerId, ssn } = billing;
  const specialty: SegmentValue[] =
    taxonomyCode === undefined ? [] : [["PRV", "BI", "PXC", capitals(taxonomyCode)]];
  const taxId =
    employerId === undefined ? ref("SY", digitsOnly(ssn ?? "")) : ref("EI", digitsOnly(employerId));
  const provider: LoopValue = {
    id: "2010AA",
    segments: [
      nm1("85", billing, "XX", billing.npi),
      ...addressSegments(billing.address),
      ...taxId,
      ...ref("0B", billing.stateLicenseNumber),
      ...ref("1G", billing.providerUpinNumber),
      ...per(billing.contactInformation),
    ],
    loops: [],
  };
  const payTo: LoopValue[] =
    payToAddress === undefined
      ? []
      : [
          {
            id: "2010AB",
            segments: [
              ["NM1", "87", billing.lastName === undefined ? "2" : "1"],
              ...addressSegments(payToAddress),
            ],
            loops: [],
          },
        ];
  return newLevel("2000A", "20", specialty, [provider, ...payTo]);
}

function subscriberLevel(encounter: Encounter): Level {
  const { subscriber, dependent, claimInformation: information } = encounter;
  const coverage: SegmentValue = [
    "SBR",
    subscriber.paymentResponsibilityLevelCode ?? "P",
    dependent === undefined ? "18" : "",
    subscriber.groupNumber ?? subscriber.policyNumber ?? "",
    capitals(subscriber.subscriberGroupName ?? ""),
    subscriber.insuranceTypeCode ?? "",
    "",
    "",
    "",
    information.claimFilingCode,
  ];
  const facts = dependent === undefined ? patientFacts("", encounter) : [];
  const person: LoopValue = {
    id: "2010BA",
    segments: [
      nm1("IL", subscriber, "MI", subscriber.memberId),
      ...(dependent === undefined || subscriber.address !== undefined
        ? addressSegments(subscriber.address)
        : []),
      ...demographics(subscriber),
      ...ref("SY", subscriber.ssn === undefined ? undefined : digitsOnly(subscriber.ssn)),
      ...(dependent === undefined ? propertyAndCasualty(information, subscriber) : []),
    ],
    loops: [],
  };
  return newLevel("2000B", "22", [coverage, ...facts], [person, payerLoop(encounter)]);
}

function payerLoop(encounter: Encounter): LoopValue {
  const { billing, tradingPartnerServiceId: id, tradingPartnerName: name = id } = encounter;
  return {
    id: "2010BB",
    segments: [
      nm1("PR", { organizationName: name }, "PI", id),
      ...addressSegments(encounter.payerAddress),
      ...ref("G2", billing.commercialNumber),
      ...ref("LU", billing.locationNumber),
    ],
    loops: [],
  };
}

function patientLevel(encounter: Encounter, dependent: NonNullable<Encounter["dependent"]>): Level {
  const { claimInformation: information } = encounter;
  const { ssn, memberId } = dependent;
  const person: LoopValue = {
    id: "2010CA",
    segments: [
      nm1("QC", dependent),
      ...addressSegments(dependent.address),
      ...demographics(dependent),
      ...propertyAndCasualty(information, dependent),
      ...(ssn === undefined ? ref("1W", memberId) : ref("SY", digitsOnly(ssn))),
    ],
    loops: [],
  };
  const facts = patientFacts(dependent.relationshipToSubscriberCode, encounter);
  return newLevel("2000C", "23", facts, [person]);
}

/** PAT; none when there is nothing to say of the patient. */
function patientFacts(relationship: string, encounter: Encounter): SegmentValue[] {
  const { deathDate, patientWeight, pregnancyIndicator } = encounter.claimInformation;
  const death = deathDate === undefined ? ["", ""] : ["D8", plainDate(deathDate)];
  const weight = patientWeight === undefined ? ["", ""] : ["01", plainDecimal(patientWeight)];
  const facts = [relationship, "", "", "", ...death, ...weight, pregnancyIndicator ?? ""];
  return facts.every((fact) => fact === "") ? [] : [["PAT", ...facts]];
}

function demographics(person: {
  readonly dateOfBirth?: string;
  readonly gender?: string;
}): SegmentValue[] {
  const { dateOfBirth, gender } = person;
  if (dateOfBirth === undefined || gender === undefined) return [];
  return [["DMG", "D8", plainDate(dateOfBirth), gender]];
}

/** REF*Y4 and the patient's telephone, which the guide has for property and casualty claims only. */
function propertyAndCasualty(
  { propertyCasualtyClaimNumber: number }: Encounter["claimInformation"],
  { contactInformation: contact }: { readonly contactInformation?: Contact },
): SegmentValue[] {
  if (number === undefined) return [];
  const { name, phoneNumber, phoneExtension } = contact ?? {};
  if (phoneNumber === undefined) return ref("Y4", number);
  const telephone = {
    phoneNumber,
    ...(name === undefined ? {} : { name }),
    ...(phoneExtension === undefined ? {} : { phoneExtension }),
  };
  return [...ref("Y4", number), ...per(telephone)];
}

function newLevel(
  id: Level["id"],
  code: Level["code"],
  segments: readonly SegmentValue[],
  loops: readonly LoopValue[],
): Level {
  return { id, code, segments, loops, claims: [], levels: new Map() };
}
