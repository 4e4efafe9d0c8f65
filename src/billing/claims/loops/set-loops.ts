import type { LoopValue, SegmentValue } from "../../../edi/x12/index.ts";
import type { Contact, Encounter } from "../../intake/index.ts";
import { capitals } from "../capitals.ts";
import type { PreparedClaim } from "../prepared-claim.ts";
import { claimLoops, claimSegments } from "./claim-loop.ts";
import {
  addAddress,
  addPer,
  addRef,
  digitsOnly,
  type Named,
  nm1,
  plainDate,
  plainDecimal,
  type Segments,
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
 * Loop "ST" of an 837: claims of one billing provider share loop 2000A; claims of one subscriber
 * share 2000B when all that is said of subscriber and payer is the same; patients likewise. HL
 * numbers run through the set.
 */
export function claimSetLoops(claims: readonly PreparedClaim[], header: ClaimSetHeader): LoopValue {
  const providers: Levels = new Map();
  for (const prepared of claims) place(providers, prepared);
  const hierarchy: Hierarchy = { next: 1, latest: new Map() };
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
      ...[...providers.values()].flat().map((level) => levelLoop(level, "", hierarchy)),
    ],
  };
}

/** What a hierarchical level is: HL03, what it holds, and which encounters share one. */
interface LevelKind {
  readonly id: "2000A" | "2000B" | "2000C";
  readonly code: "20" | "22" | "23";
  /** The level's own segments behind HL, and the loops before its claims. */
  readonly content: (encounter: Encounter) => LoopContent;
  /** Whether two encounters say the same at this level. */
  readonly isShared: (one: Encounter, other: Encounter) => boolean;
}

const BILLING: LevelKind = {
  id: "2000A",
  code: "20",
  content: billingLevel,
  isShared: (one, other) =>
    isSame(one.billing, other.billing) && isSame(one.payToAddress, other.payToAddress),
};

const SUBSCRIBER: LevelKind = {
  id: "2000B",
  code: "22",
  content: subscriberLevel,
  isShared(one, other) {
    if ((one.dependent === undefined) !== (other.dependent === undefined)) return false;
    if (one.dependent === undefined && !isSamePatient(one, other)) return false;
    return (
      one.claimInformation.claimFilingCode === other.claimInformation.claimFilingCode &&
      one.tradingPartnerName === other.tradingPartnerName &&
      isSame(one.payerAddress, other.payerAddress) &&
      isSame(one.subscriber, other.subscriber)
    );
  },
};

const PATIENT: LevelKind = {
  id: "2000C",
  code: "23",
  content: patientLevel,
  isShared: (one, other) => isSame(one.dependent, other.dependent) && isSamePatient(one, other),
};

/** One hierarchical level as it is gathered: the claims and levels under it. */
interface Level {
  readonly kind: LevelKind;
  /** The first encounter at this level; another that says the same shares it. */
  readonly encounter: Encounter;
  readonly claims: PreparedClaim[];
  /** Made with the first level under it: most subscribers are the patient and have none. */
  levels: Levels | undefined;
}

/** Levels by an identifier that most often tells them apart. */
type Levels = Map<string, Level[]>;

interface Hierarchy {
  /** HL01 of the level that comes next. */
  next: number;
  /** The loop of each id that was made last. */
  readonly latest: Map<string, LateLoop>;
}

function place(providers: Levels, prepared: PreparedClaim): void {
  const { encounter, claim } = prepared;
  const provider = levelOf(providers, claim.billingProvider.npi, BILLING, encounter);
  provider.levels ??= new Map();
  const holder = levelOf(provider.levels, claim.patient.memberId, SUBSCRIBER, encounter);
  if (encounter.dependent === undefined) {
    holder.claims.push(prepared);
    return;
  }
  holder.levels ??= new Map();
  const patient = levelOf(holder.levels, claim.patient.firstName, PATIENT, encounter);
  patient.claims.push(prepared);
}

/** The level with room that says the same, or a new one. */
function levelOf(levels: Levels, identifier: string, kind: LevelKind, encounter: Encounter): Level {
  const known = levels.get(identifier);
  const same = known?.findLast((level) => kind.isShared(level.encounter, encounter));
  if (same !== undefined && same.claims.length < CLAIMS_PER_LEVEL) return same;
  const level: Level = { kind, encounter, claims: [], levels: undefined };
  if (known === undefined) levels.set(identifier, [level]);
  else known.push(level);
  return level;
}

/** Whether the claims tell the same of the patient, apart from who it is. */
function isSamePatient(
  { claimInformation: one }: Encounter,
  { claimInformation: other }: Encounter,
): boolean {
  return (
    one.deathDate === other.deathDate &&
    one.patientWeight === other.patientWeight &&
    one.pregnancyIndicator === other.pregnancyIndicator &&
    one.propertyCasualtyClaimNumber === other.propertyCasualtyClaimNumber
  );
}

/** Whether two JSON values say the same; the order of keys does not matter. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object") return false;
  if (one === null || other === null) return false;
  const theirs = other as Record<string, unknown>;
  let keys = 0;
  for (const key in one) {
    keys += 1;
    if (!isSame((one as Record<string, unknown>)[key], theirs[key])) return false;
  }
  for (const _key in theirs) keys -= 1;
  return keys === 0;
}

/** What a loop holds. */
interface LoopContent {
  readonly segments: readonly SegmentValue[];
  readonly loops: readonly LoopValue[];
}

/**
 * A loop that is made when the writer comes to it and let go when the writer comes to the next of
 * its id, so that a set of thousands of claims holds the segments of one claim at a time. Asked
 * again later, it is made again.
 */
class LateLoop implements LoopValue {
  readonly id: string;
  readonly #make: () => LoopContent;
  readonly #latest: Map<string, LateLoop>;
  #content: LoopContent | undefined;

  constructor(id: string, latest: Map<string, LateLoop>, make: () => LoopContent) {
    this.id = id;
    this.#latest = latest;
    this.#make = make;
  }

  get segments(): readonly SegmentValue[] {
    return this.#made().segments;
  }

  get loops(): readonly LoopValue[] {
    return this.#made().loops;
  }

  #made(): LoopContent {
    if (this.#content !== undefined) return this.#content;
    const before = this.#latest.get(this.id);
    if (before !== undefined) before.#content = undefined;
    this.#latest.set(this.id, this);
    this.#content = this.#make();
    return this.#content;
  }
}

/** A level and those under it as loops; HL numbers are given in the order of writing. */
function levelLoop(level: Level, parent: string, hierarchy: Hierarchy): LoopValue {
  const number = String(hierarchy.next);
  hierarchy.next += 1;
  const children: LoopValue[] = [];
  for (const levels of level.levels?.values() ?? []) {
    for (const child of levels) children.push(levelLoop(child, number, hierarchy));
  }
  const { latest } = hierarchy;
  const { id, code, content: contentOf } = level.kind;
  return new LateLoop(id, latest, () => {
    const hl: SegmentValue = ["HL", number, parent, code, children.length > 0 ? "1" : "0"];
    const content = contentOf(level.encounter);
    const claims = level.claims.map(
      ({ encounter, claim }) =>
        new LateLoop("2300", latest, () => ({
          segments: claimSegments(encounter, claim),
          loops: claimLoops(encounter, claim),
        })),
    );
    const segments = [hl, ...content.segments];
    return { segments, loops: [...content.loops, ...claims, ...children] };
  });
}

function submitterLoop(submitter: Submitter): LoopValue {
  const segments: Segments = [nm1("41", submitter, "46", submitter.id)];
  addPer(segments, submitter.contact);
  if (segments.length < 2) throw new RangeError("a submitter without telephone, fax or e-mail");
  return { id: "1000A", segments, loops: [] };
}

function billingLevel({ billing, payToAddress }: Encounter): LoopContent {
  const { taxonomyCode, employerId, ssn } = billing;
  const specialty: Segments = [];
  if (taxonomyCode !== undefined) specialty.push(["PRV", "BI", "PXC", capitals(taxonomyCode)]);
  const segments: Segments = [nm1("85", billing, "XX", billing.npi)];
  addAddress(segments, billing.address);
  if (employerId === undefined) addRef(segments, "SY", digitsOnly(ssn ?? ""));
  else addRef(segments, "EI", digitsOnly(employerId));
  addRef(segments, "0B", billing.stateLicenseNumber);
  addRef(segments, "1G", billing.providerUpinNumber);
  addPer(segments, billing.contactInformation);
  const loops: LoopValue[] = [{ id: "2010AA", segments, loops: [] }];
  if (payToAddress !== undefined) {
    const payTo: Segments = [["NM1", "87", billing.lastName === undefined ? "2" : "1"]];
    addAddress(payTo, payToAddress);
    loops.push({ id: "2010AB", segments: payTo, loops: [] });
  }
  return { segments: specialty, loops };
}

function subscriberLevel(encounter: Encounter): LoopContent {
  const { subscriber, dependent, claimInformation: information } = encounter;
  const own: Segments = [
    [
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
    ],
  ];
  if (dependent === undefined) addPatientFacts(own, "", information);
  const segments: Segments = [nm1("IL", subscriber, "MI", subscriber.memberId)];
  addAddress(segments, subscriber.address);
  addDemographics(segments, subscriber);
  if (subscriber.ssn !== undefined) addRef(segments, "SY", digitsOnly(subscriber.ssn));
  if (dependent === undefined) addPropertyAndCasualty(segments, information, subscriber);
  const person: LoopValue = { id: "2010BA", segments, loops: [] };
  return { segments: own, loops: [person, payerLoop(encounter)] };
}

function payerLoop(encounter: Encounter): LoopValue {
  const { billing, tradingPartnerServiceId: id, tradingPartnerName: name = id } = encounter;
  const segments: Segments = [nm1("PR", { organizationName: name }, "PI", id)];
  addAddress(segments, encounter.payerAddress);
  addRef(segments, "G2", billing.commercialNumber);
  addRef(segments, "LU", billing.locationNumber);
  return { id: "2010BB", segments, loops: [] };
}

function patientLevel({ dependent, claimInformation: information }: Encounter): LoopContent {
  if (dependent === undefined) throw new RangeError("a patient level without a dependent");
  const { ssn, memberId } = dependent;
  const segments: Segments = [nm1("QC", dependent)];
  addAddress(segments, dependent.address);
  addDemographics(segments, dependent);
  addPropertyAndCasualty(segments, information, dependent);
  if (ssn === undefined) addRef(segments, "1W", memberId);
  else addRef(segments, "SY", digitsOnly(ssn));
  const facts: Segments = [];
  addPatientFacts(facts, dependent.relationshipToSubscriberCode, information);
  return { segments: facts, loops: [{ id: "2010CA", segments, loops: [] }] };
}

/** Adds PAT; none when there is nothing to say of the patient. */
function addPatientFacts(
  segments: Segments,
  relationship: string,
  { deathDate, patientWeight, pregnancyIndicator }: Encounter["claimInformation"],
): void {
  const death = deathDate === undefined ? ["", ""] : ["D8", plainDate(deathDate)];
  const weight = patientWeight === undefined ? ["", ""] : ["01", plainDecimal(patientWeight)];
  const facts = [relationship, "", "", "", ...death, ...weight, pregnancyIndicator ?? ""];
  if (facts.some((fact) => fact !== "")) segments.push(["PAT", ...facts]);
}

function addDemographics(
  segments: Segments,
  { dateOfBirth, gender }: { readonly dateOfBirth?: string; readonly gender?: string },
): void {
  if (dateOfBirth === undefined || gender === undefined) return;
  segments.push(["DMG", "D8", plainDate(dateOfBirth), gender]);
}

/**
 * Adds REF*Y4 and the patient's telephone, which the guide has for property and casualty claims
 * only.
 */
function addPropertyAndCasualty(
  segments: Segments,
  { propertyCasualtyClaimNumber: number }: Encounter["claimInformation"],
  { contactInformation: contact }: { readonly contactInformation?: Contact },
): void {
  if (number === undefined) return;
  addRef(segments, "Y4", number);
  const { name, phoneNumber, phoneExtension } = contact ?? {};
  if (phoneNumber === undefined) return;
  const telephone = {
    phoneNumber,
    ...(name === undefined ? {} : { name }),
    ...(phoneExtension === undefined ? {} : { phoneExtension }),
  };
  addPer(segments, telephone);
}
