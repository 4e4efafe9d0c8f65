import type { LoopValue, SegmentValue } from "../../../edi/x12/index.ts";
import type { Encounter, Facility, LineProvider, Provider } from "../../intake/index.ts";
import { capitals } from "../capitals.ts";
import { addressSegments, nm1, ref } from "./segments.ts";

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

/** Roles whose specialty the guide takes (PRV*PE). */
const WITH_SPECIALTY = new Set(["82"]);
/** Loops in which a location number (REF*LU) may stand. */
const WITH_LOCATION = new Set(["2310B", "2310D", "2420A", "2420D"]);

/** NM1, PRV where the guide has it, and the provider's other numbers. */
export function providerLoop(
  id: string,
  role: string,
  provider: Provider | LineProvider,
): LoopValue {
  const { taxonomyCode } = provider;
  const specialty: SegmentValue[] =
    taxonomyCode !== undefined && WITH_SPECIALTY.has(role)
      ? [["PRV", "PE", "PXC", capitals(taxonomyCode)]]
      : [];
  const more = "secondaryIdentifier" in provider ? (provider.secondaryIdentifier ?? []) : [];
  const segments = [
    nm1(role, provider, "XX", provider.npi),
    ...specialty,
    ...ref("0B", provider.stateLicenseNumber),
    ...ref("1G", provider.providerUpinNumber),
    ...ref("G2", provider.commercialNumber),
    ...(WITH_LOCATION.has(id) ? ref("LU", provider.locationNumber) : []),
    ...more.map(secondary),
  ];
  return { id, segments, loops: [] };
}

/** NM1*77, its address and its other numbers; the contact only where the guide has it (2310C). */
export function facilityLoop(id: "2310C" | "2420C", facility: Facility): LoopValue {
  const { phoneNumber, phoneName = "", phoneExtension } = facility;
  const contact: SegmentValue[] = [];
  if (phoneNumber !== undefined && id === "2310C") {
    const extension = phoneExtension === undefined ? [] : ["EX", phoneExtension];
    const digits = phoneNumber.replace(/[^0-9]/g, "");
    contact.push(["PER", "IC", capitals(phoneName), "TE", digits, ...extension]);
  }
  const segments = [
    nm1("77", { organizationName: facility.organizationName }, "XX", facility.npi),
    ...addressSegments(facility.address),
    ...(facility.secondaryIdentifier ?? []).map(secondary),
    ...contact,
  ];
  return { id, segments, loops: [] };
}

function secondary(each: {
  readonly qualifier: string;
  readonly identifier: string;
  readonly otherIdentifier?: string;
}): SegmentValue {
  if (each.otherIdentifier === undefined) return ["REF", each.qualifier, each.identifier];
  return ["REF", each.qualifier, each.identifier, "", ["2U", each.otherIdentifier]];
}
