import type { LoopValue } from "../../../edi/x12/index.ts";
import type {
  Address,
  AmbulanceCertification,
  AmbulanceTransport,
  Attachment,
  Contract,
  Encounter,
} from "../../intake/index.ts";
import { capitals } from "../capitals.ts";
import { addAddress, plainAmount, plainDecimal, type Segments } from "./segments.ts";

/** Adds PWK of each attachment. */
export function addAttachments(
  segments: Segments,
  attachments: readonly Attachment[] | undefined,
): void {
  for (const each of attachments ?? []) {
    const { attachmentReportTypeCode: type, attachmentTransmissionCode: way } = each;
    const number = each.attachmentControlNumber;
    if (number === undefined) segments.push(["PWK", type, way]);
    else segments.push(["PWK", type, way, "", "", "AC", number]);
  }
}

/** Adds CN1 of what payer and provider agreed on. */
export function addContract(segments: Segments, contract: Contract | undefined): void {
  if (contract === undefined) return;
  const { contractAmount: amount, contractPercentage: share } = contract;
  const discount = contract.termsDiscountPercentage;
  segments.push([
    "CN1",
    contract.contractTypeCode,
    amount === undefined ? "" : plainAmount(amount),
    share === undefined ? "" : plainDecimal(share),
    contract.contractCode ?? "",
    discount === undefined ? "" : plainDecimal(discount),
    contract.contractVersionIdentifier ?? "",
  ]);
}

/** Adds CR2 of a spinal manipulation. */
export function addSpinalManipulation(
  segments: Segments,
  manipulation: Encounter["claimInformation"]["spinalManipulation"],
): void {
  if (manipulation === undefined) return;
  const { patientConditionDescription1: first, patientConditionDescription2: second } =
    manipulation;
  const unused = Array.from({ length: 7 }, () => "");
  const words = [capitals(first ?? ""), capitals(second ?? "")];
  segments.push(["CR2", ...unused, manipulation.patientConditionCode, "", ...words]);
}

/** Adds CR1 and CRC*07 of an ambulance. */
export function addAmbulance(
  segments: Segments,
  transport: AmbulanceTransport | undefined,
  certifications: readonly AmbulanceCertification[] | undefined,
): void {
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
}

/** Adds the pick-up (NM1*PW) and drop-off (NM1*45) loops of an ambulance, where they are told. */
export function addAmbulanceLoops(
  loops: LoopValue[],
  ids: readonly [pickUp: string, dropOff: string],
  pickUp: Address | undefined,
  dropOff: Address | undefined,
): void {
  if (pickUp !== undefined) loops.push(place(ids[0], "PW", pickUp));
  if (dropOff !== undefined) loops.push(place(ids[1], "45", dropOff));
}

function place(id: string, role: string, address: Address): LoopValue {
  const segments: Segments = [["NM1", role, "2"]];
  addAddress(segments, address);
  return { id, segments, loops: [] };
}
