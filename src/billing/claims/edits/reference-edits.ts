import type { Edit } from "./edit.ts";

/**
 * X12 basic character set without the usual delimiters, up to the 20 characters that a payer must
 * return.
 */
const CONTROL_NUMBER = /^[A-Z0-9!"&'()+,\-./;?= ]{1,20}$/;

/** Replacement and void; the bills of a stay that goes on name no other claim. */
const NAMES_ANOTHER: ReadonlySet<string> = new Set(["7", "8"]);

/** What is wrong with claim numbers and references. */
export const REFERENCE_EDITS: readonly Edit[] = [
  {
    id: "patient-control-number",
    snip: 2,
    source: "005010X222A1 2300 CLM01: 20 characters are returned; X12 basic character set",
    check({ claimInformation: { patientControlNumber: number } }, report) {
      if (number === undefined || CONTROL_NUMBER.test(number)) return;
      report(
        "/claimInformation/patientControlNumber",
        "is not 1 to 20 capitals, digits or basic signs",
        "Leave it out, and a number is assigned.",
      );
    },
  },
  {
    id: "frequency-reference",
    snip: 4,
    source: "005010X222A1 2300 CLM05-3 and REF*F8; DENIALS 6",
    check({ claimInformation: claim }, report) {
      const reference = claim.claimSupplementalInformation?.claimControlNumber;
      if (claim.claimFrequencyCode === "1") {
        if (reference === undefined) return;
        report(
          "/claimInformation/claimSupplementalInformation/claimControlNumber",
          "stands on an original claim",
          "Use frequency 7 to replace or 8 to void the claim it names.",
          "warning",
        );
      } else if (reference === undefined && NAMES_ANOTHER.has(claim.claimFrequencyCode)) {
        report(
          "/claimInformation/claimSupplementalInformation/claimControlNumber",
          "is missing: a replacement or void must name the payer's claim",
          "Copy CLP07 of the remittance, or use frequency 1 when the payer never took the claim.",
        );
      }
    },
  },
  {
    id: "attachment-control-number",
    snip: 4,
    source: "005010X222A1 2300 PWK06: required unless PWK02 is AA",
    check({ claimInformation: { claimSupplementalInformation: references } }, report) {
      const base = "/claimInformation/claimSupplementalInformation";
      for (const [index, each] of (references?.reportInformations ?? []).entries()) {
        if (each.attachmentTransmissionCode === "AA") continue;
        if (each.attachmentControlNumber !== undefined) continue;
        const pointer = `${base}/reportInformations/${index}/attachmentControlNumber`;
        report(pointer, "is missing", "Add the number under which the attachment is sent.");
      }
    },
  },
];
