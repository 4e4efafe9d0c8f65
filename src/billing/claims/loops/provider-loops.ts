import type { LoopValue } from "../../../edi/x12/index.ts";
import type {
  Encounter,
  EncounterKind,
  EncounterLine,
  Facility,
  LineProvider,
  Provider,
} from "../../intake/index.ts";
import { capitals } from "../capitals.ts";
import { addAddress, addPer, addRef, nm1, type Segments } from "./segments.ts";

/** NM101 of each role, and the code under which the guides take its specialty (PRV01). */
const ROLES = {
  attending: ["71", "AT"],
  operatingPhysician: ["72", ""],
  otherOperatingPhysician: ["ZZ", ""],
  assistantSurgeon: ["DD", "AS"],
  rendering: ["82", "PE"],
  referring: ["DN", "RF"],
  supervising: ["DQ", ""],
  ordering: ["DK", ""],
} as const;

type Role = keyof typeof ROLES;

/** A loop in which a provider may stand, and what the guide has in it besides NM1. */
interface Place {
  readonly loop: string;
  readonly role: Role;
  /** PRV. */
  readonly specialty?: true;
  /** REF*LU. */
  readonly location?: true;
}

/** The provider loops of a claim by kind: 005010X222A1, X223A2, X224A2 loops 2310. */
const OF_CLAIM: Readonly<Record<EncounterKind, readonly Place[]>> = {
  professional: [
    { loop: "2310A", role: "referring" },
    { loop: "2310B", role: "rendering", specialty: true, location: true },
    { loop: "2310D", role: "supervising", location: true },
  ],
  institutional: [
    { loop: "2310A", role: "attending", specialty: true, location: true },
    { loop: "2310B", role: "operatingPhysician", location: true },
    { loop: "2310C", role: "otherOperatingPhysician", location: true },
    { loop: "2310D", role: "rendering", location: true },
    { loop: "2310F", role: "referring" },
  ],
  dental: [
    { loop: "2310A", role: "referring", specialty: true },
    { loop: "2310B", role: "rendering", specialty: true, location: true },
    { loop: "2310D", role: "assistantSurgeon", specialty: true, location: true },
    { loop: "2310E", role: "supervising", location: true },
  ],
};

const FACILITY_OF_CLAIM = {
  professional: "2310C",
  institutional: "2310E",
  dental: "2310C",
} as const;

/** The provider loops of a line, and the property that holds each: loops 2420. */
const OF_LINE: Readonly<
  Record<EncounterKind, readonly (Place & { readonly from: LineProviderField })[]>
> = {
  professional: [
    {
      loop: "2420A",
      role: "rendering",
      from: "renderingProvider",
      specialty: true,
      location: true,
    },
    { loop: "2420D", role: "supervising", from: "supervisingProvider", location: true },
    { loop: "2420E", role: "ordering", from: "orderingProvider" },
    { loop: "2420F", role: "referring", from: "referringProvider" },
  ],
  institutional: [
    { loop: "2420A", role: "operatingPhysician", from: "operatingPhysician", location: true },
    {
      loop: "2420B",
      role: "otherOperatingPhysician",
      from: "otherOperatingPhysician",
      location: true,
    },
    { loop: "2420C", role: "rendering", from: "renderingProvider", location: true },
    { loop: "2420D", role: "referring", from: "referringProvider" },
  ],
  dental: [
    {
      loop: "2420A",
      role: "rendering",
      from: "renderingProvider",
      specialty: true,
      location: true,
    },
    {
      loop: "2420B",
      role: "assistantSurgeon",
      from: "assistantSurgeon",
      specialty: true,
      location: true,
    },
    { loop: "2420C", role: "supervising", from: "supervisingProvider", location: true },
  ],
};

type LineProviderField =
  | "renderingProvider"
  | "supervisingProvider"
  | "orderingProvider"
  | "referringProvider"
  | "operatingPhysician"
  | "otherOperatingPhysician"
  | "assistantSurgeon";

const FACILITY_OF_LINE = { professional: "2420C", institutional: "", dental: "2420D" } as const;

/**
 * The provider loops of a claim, and its place; `rendering` is undefined where the billing provider
 * did the work.
 */
export function claimProviderLoops(
  encounter: Encounter,
  kind: EncounterKind,
  rendering: Provider | undefined,
): LoopValue[] {
  const loops: LoopValue[] = [];
  for (const place of OF_CLAIM[kind]) {
    const provider = place.role === "rendering" ? rendering : encounter[place.role];
    if (provider !== undefined) loops.push(providerLoop(place, provider));
  }
  const facility = encounter.claimInformation.serviceFacilityLocation;
  if (facility !== undefined) loops.push(facilityLoop(FACILITY_OF_CLAIM[kind], facility));
  return loops;
}

/** The provider loops of a line, and its place. The claim's rendering provider is not repeated. */
export function lineProviderLoops(
  encounter: Encounter,
  kind: EncounterKind,
  line: EncounterLine,
): LoopValue[] {
  const loops: LoopValue[] = [];
  const named = encounter.rendering?.npi ?? encounter.billing.npi;
  for (const place of OF_LINE[kind]) {
    const own = line[place.from];
    const provider = place.role === "ordering" ? (own ?? encounter.ordering) : own;
    if (provider === undefined) continue;
    if (place.role === "rendering" && provider.npi === named) continue;
    const loop = providerLoop(place, provider);
    if (place.role !== "ordering") {
      loops.push(loop);
      continue;
    }
    const segments = [...loop.segments];
    addAddress(segments, provider.address);
    addPer(segments, provider.contactInformation);
    loops.push({ ...loop, segments });
  }
  const facility = line.serviceFacilityLocation;
  if (facility !== undefined) loops.push(facilityLoop(FACILITY_OF_LINE[kind], facility));
  return loops;
}

/** NM1, PRV where the guide has it, and the provider's other numbers. */
function providerLoop(place: Place, provider: Provider | LineProvider): LoopValue {
  const { taxonomyCode } = provider;
  const [role, specialty] = ROLES[place.role];
  const segments: Segments = [nm1(role, provider, "XX", provider.npi)];
  if (taxonomyCode !== undefined && place.specialty === true) {
    segments.push(["PRV", specialty, "PXC", capitals(taxonomyCode)]);
  }
  addRef(segments, "0B", provider.stateLicenseNumber);
  addRef(segments, "1G", provider.providerUpinNumber);
  addRef(segments, "G2", provider.commercialNumber);
  if (place.location === true) addRef(segments, "LU", provider.locationNumber);
  if ("secondaryIdentifier" in provider) addSecondary(segments, provider.secondaryIdentifier);
  return { id: place.loop, segments, loops: [] };
}

/** The one loop of a facility that has a contact: 2310C of the 837P. */
const WITH_CONTACT = "2310C";

/** NM1*77, its address and its other numbers; the contact where the encounter may tell one. */
function facilityLoop(id: string, facility: Facility): LoopValue {
  const { phoneNumber, phoneName = "", phoneExtension } = facility;
  const segments: Segments = [
    nm1("77", { organizationName: facility.organizationName }, "XX", facility.npi),
  ];
  addAddress(segments, facility.address);
  addSecondary(segments, facility.secondaryIdentifier);
  if (phoneNumber !== undefined && id === WITH_CONTACT) {
    const extension = phoneExtension === undefined ? [] : ["EX", phoneExtension];
    const digits = phoneNumber.replace(/[^0-9]/g, "");
    segments.push(["PER", "IC", capitals(phoneName), "TE", digits, ...extension]);
  }
  return { id, segments, loops: [] };
}

/** A number of a provider or facility; `otherIdentifier` names the payer that gave it out. */
interface SecondaryIdentifier {
  readonly qualifier: string;
  readonly identifier: string;
  readonly otherIdentifier?: string;
}

function addSecondary(
  segments: Segments,
  identifiers: readonly SecondaryIdentifier[] | undefined,
): void {
  for (const { qualifier, identifier, otherIdentifier } of identifiers ?? []) {
    if (otherIdentifier === undefined) segments.push(["REF", qualifier, identifier]);
    else segments.push(["REF", qualifier, identifier, "", ["2U", otherIdentifier]]);
  }
}
