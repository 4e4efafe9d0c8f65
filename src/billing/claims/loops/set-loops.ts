import type { LoopValue, SegmentValue } from "../../../edi/x12/index.ts";
import type { Contact, Encounter } from "../../intake/index.ts";
import { capitals } from "../capitals.ts";
import type { PreparedClaim } from "../prepared-claim.ts";
import { claimLoops, claimSegments } from "./claim-loop.ts";
import {
  addressSegments,
  digitsOnly,
  type Named,
  NONE,
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
 * Loop "ST" of an 837P: claims of one billing provider share loop 2000A; claims of one subscriber
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

/** One hierarchical level as it is gathered: what it is made of, the claims and levels under it. */
interface Level {
  readonly id: "2000A" | "2000B" | "2000C";
  readonly code: "20" | "22" | "23";
  /** All that the encounter says at this level; another encounter that says the same shares it. */
  readonly says: readonly unknown[];
  /**
   * The level's own segments behind HL, and the loops before its claims; made when it is written.
   */
  readonly content: () => LoopContent;
  readonly claims: PreparedClaim[];
  readonly levels: Levels;
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
  const { billing, payToAddress, subscriber, dependent, claimInformation: information } = encounter;
  const biller = [billing, payToAddress];
  const provider = levelOf(providers, claim.billingProvider.npi, biller, () =>
    newLevel("2000A", "20", biller, () => billingLevel(encounter)),
  );
  const { deathDate, patientWeight, pregnancyIndicator, propertyCasualtyClaimNumber } = information;
  const facts = [deathDate, patientWeight, pregnancyIndicator, propertyCasualtyClaimNumber];
  const { tradingPartnerName, payerAddress } = encounter;
  const insured = [subscriber, information.claimFilingCode, tradingPartnerName, payerAddress];
  const own = dependent === undefined ? [...insured, ...facts] : [...insured, "dependent"];
  const holder = levelOf(provider.levels, claim.patient.memberId, own, () =>
    newLevel("2000B", "22", own, () => subscriberLevel(encounter)),
  );
  if (dependent === undefined) {
    holder.claims.push(prepared);
    return;
  }
  const patient = levelOf(holder.levels, claim.patient.firstName, [dependent, ...facts], () =>
    newLevel("2000C", "23", [dependent, ...facts], () => patientLevel(encounter, dependent)),
  );
  patient.claims.push(prepared);
}

/** The level with room that says the same, or a new one. */
function levelOf(
  levels: Levels,
  identifier: string,
  says: readonly unknown[],
  make: () => Level,
): Level {
  const known = levels.get(identifier);
  const same = known?.findLast((level) => isSame(level.says, says));
  if (same !== undefined && same.claims.length < CLAIMS_PER_LEVEL) return same;
  const level = make();
  if (known === undefined) levels.set(identifier, [level]);
  else known.push(level);
  return level;
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

function newLevel(
  id: Level["id"],
  code: Level["code"],
  says: readonly unknown[],
  content: () => LoopContent,
): Level {
  return { id, code, says, content, claims: [], levels: new Map() };
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
  for (const levels of level.levels.values()) {
    for (const child of levels) children.push(levelLoop(child, number, hierarchy));
  }
  const { latest } = hierarchy;
  const hl: SegmentValue = ["HL", number, parent, level.code, children.length > 0 ? "1" : "0"];
  return new LateLoop(level.id, latest, () => {
    const content = level.content();
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
  const contact = per(submitter.contact);
  if (contact.length === 0) throw new RangeError("a submitter without telephone, fax or e-mail");
  return {
    id: "1000A",
    segments: [nm1("41", submitter, "46", submitter.id), ...contact],
    loops: [],
  };
}

function billingLevel({ billing, payToAddress }: Encounter): LoopContent {
  const { taxonomyCode, employerId, ssn } = billing;
  const specialty: readonly SegmentValue[] =
    taxonomyCode === undefined ? NONE : [["PRV", "BI", "PXC", capitals(taxonomyCode)]];
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
  return { segments: specialty, loops: [provider, ...payTo] };
}

function subscriberLevel(encounter: Encounter): LoopContent {
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
  return { segments: [coverage, ...facts], loops: [person, payerLoop(encounter)] };
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

function patientLevel(
  encounter: Encounter,
  dependent: NonNullable<Encounter["dependent"]>,
): LoopContent {
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
  return { segments: facts, loops: [person] };
}

/** PAT; none when there is nothing to say of the patient. */
function patientFacts(relationship: string, encounter: Encounter): readonly SegmentValue[] {
  const { deathDate, patientWeight, pregnancyIndicator } = encounter.claimInformation;
  const death = deathDate === undefined ? ["", ""] : ["D8", plainDate(deathDate)];
  const weight = patientWeight === undefined ? ["", ""] : ["01", plainDecimal(patientWeight)];
  const facts = [relationship, "", "", "", ...death, ...weight, pregnancyIndicator ?? ""];
  return facts.every((fact) => fact === "") ? [] : [["PAT", ...facts]];
}

function demographics(person: {
  readonly dateOfBirth?: string;
  readonly gender?: string;
}): readonly SegmentValue[] {
  const { dateOfBirth, gender } = person;
  if (dateOfBirth === undefined || gender === undefined) return [];
  return [["DMG", "D8", plainDate(dateOfBirth), gender]];
}

/**
 * REF*Y4 and the patient's telephone, which the guide has for property and casualty claims only.
 */
function propertyAndCasualty(
  { propertyCasualtyClaimNumber: number }: Encounter["claimInformation"],
  { contactInformation: contact }: { readonly contactInformation?: Contact },
): readonly SegmentValue[] {
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
