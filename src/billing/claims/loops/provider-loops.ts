import type { LoopValue } from "../../../edi/x12/index.ts";
import type { Encounter, Facility, LineProvider, Provider } from "../../intake/index.ts";
import { capitals } from "../capitals.ts";
import { addAddress, addRef, nm1, type Segments } from "./segments.ts";

/**
 * The provider loops of a claim: 2310A referring, 2310B rendering, 2310C facility, 2310D
 * supervising.
 */
export function claimProviderLoops(
  encounter: Encounter,
  rendering: Provider | undefined,
): LoopValue[] {
  const { referring, supervising, claimInformation } = encounter;
  const { serviceFacilityLocation: facility } = claimInformation;
  const loops: LoopValue[] = [];
  if (referring !== undefined) loops.push(providerLoop("2310A", "DN", referring));
  if (rendering !== undefined) loops.push(providerLoop("2310B", "82", rendering));
  if (facility !== undefined) loops.push(facilityLoop("2310C", facility));
  if (supervising !== undefined) loops.push(providerLoop("2310D", "DQ", supervising));
  return loops;
}

/** The role whose specialty the guide takes (PRV*PE). */
const WITH_SPECIALTY = "82";
/** Loops in which a location number (REF*LU) may stand. */
const WITH_LOCATION = new Set(["2310B", "2310D", "2420A", "2420D"]);

/** NM1, PRV where the guide has it, and the provider's other numbers. */
export function providerLoop(
  id: string,
  role: string,
  provider: Provider | LineProvider,
): LoopValue {
  const { taxonomyCode } = provider;
  const segments: Segments = [nm1(role, provider, "XX", provider.npi)];
  if (taxonomyCode !== undefined && role === WITH_SPECIALTY) {
    segments.push(["PRV", "PE", "PXC", capitals(taxonomyCode)]);
  }
  addRef(segments, "0B", provider.stateLicenseNumber);
  addRef(segments, "1G", provider.providerUpinNumber);
  addRef(segments, "G2", provider.commercialNumber);
  if (WITH_LOCATION.has(id)) addRef(segments, "LU", provider.locationNumber);
  if ("secondaryIdentifier" in provider) addSecondary(segments, provider.secondaryIdentifier);
  return { id, segments, loops: [] };
}

/** NM1*77, its address and its other numbers; the contact only where the guide has it (2310C). */
export function facilityLoop(id: "2310C" | "2420C", facility: Facility): LoopValue {
  const { phoneNumber, phoneName = "", phoneExtension } = facility;
  const segments: Segments = [
    nm1("77", { organizationName: facility.organizationName }, "XX", facility.npi),
  ];
  addAddress(segments, facility.address);
  addSecondary(segments, facility.secondaryIdentifier);
  if (phoneNumber !== undefined && id === "2310C") {
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
