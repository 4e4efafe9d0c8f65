import type { LoopValue, SegmentValue } from "../../../edi/x12/index.ts";
import type {
  Address,
  AmbulanceCertification,
  AmbulanceTransport,
  Attachment,
} from "../../intake/index.ts";
import { capitals } from "../capitals.ts";
import { addressSegments, NONE, plainDecimal } from "./segments.ts";

/** PWK of each attachment. */
export function attachmentSegments(
  attachments: readonly Attachment[] | undefined,
): readonly SegmentValue[] {
  if (attachments === undefined) return NONE;
  return attachments.map((each) => {
    const { attachmentReportTypeCode: type, attachmentTransmissionCode: way } = each;
    const number = each.attachmentControlNumber;
    if (number === undefined) return ["PWK", type, way];
    return ["PWK", type, way, "", "", "AC", number];
  });
}

/** CR1 and CRC*07 of an ambulance. */
export function ambulanceSegments(
  transport: AmbulanceTransport | undefined,
  certifications: readonly AmbulanceCertification[] | undefined,
): readonly SegmentValue[] {
  if (transport === undefined && certifications === undefined) return NONE;
  const segments: SegmentValue[] = [];
  if (transport !== undefined) {
    const { patientWeightInPounds: weight } = transport;
    segments.push([
      "CR1",
      weight === undefined ? "" : "LB",
      weight === undefined ? "" : plainDecimal(weight),
      "",
      transport.ambulanceTransportReasonCode,
      "DH",
      plainDecimal(transport.transportDistanceInMiles),
      "",
      "",
      capitals(transport.roundTripPurposeDescription ?? ""),
      capitals(transport.stretcherPurposeDescription ?? ""),
    ]);
  }
  for (const { certificationConditionIndicator, conditionCodes } of certifications ?? []) {
    segments.push(["CRC", "07", certificationConditionIndicator, ...conditionCodes]);
  }
  return segments;
}

/** The pick-up (NM1*PW) and drop-off (NM1*45) loops of an ambulance, where they are told. */
export function ambulanceLoops(
  ids: readonly [pickUp: string, dropOff: string],
  pickUp: Address | undefined,
  dropOff: Address | undefined,
): LoopValue[] {
  const loops: LoopValue[] = [];
  if (pickUp !== undefined) loops.push(place(ids[0], "PW", pickUp));
  if (dropOff !== undefined) loops.push(place(ids[1], "45", dropOff));
  return loops;
}

function place(id: string, role: string, address: Address): LoopValue {
  return { id, segments: [["NM1", role, "2"], ...addressSegments(address)], loops: [] };
}
