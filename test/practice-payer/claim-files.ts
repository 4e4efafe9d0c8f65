/** Encounters as 837 files, the way the engine itself would send them. */
import { batchClaims, buildClaim, generateBatch } from "../../src/billing/claims/index.ts";
import type { Encounter } from "../../src/billing/intake/index.ts";
import { practiceProfile } from "../../src/practice-payer/index.ts";

/** One 837P file for each payer of these encounters, all made on `date`. */
export function claimFiles(encounters: readonly Encounter[], date: string): Uint8Array[] {
  const { submitter, receiver } = practiceProfile();
  const prepared = encounters.map((encounter) => {
    const number = encounter.claimInformation.patientControlNumber ?? "";
    const numbers = {
      patientControlNumber: number,
      lineControlNumber: (index: number) => `${number}L${index + 1}`,
    };
    return { encounter, claim: buildClaim(encounter, numbers) };
  });
  return batchClaims(prepared).map(({ claims, usage }, index) => {
    const { text } = generateBatch(claims, {
      submitter: {
        organizationName: submitter.organizationName ?? "",
        id: submitter.submitterIdentification ?? "",
        contact: submitter.contactInformation ?? {},
      },
      receiver: {
        organizationName: receiver.organizationName ?? "",
        id: receiver.receiverId ?? "",
      },
      sender: { qualifier: "ZZ", id: "SAMPLETON01", code: "SAMPLETON01" },
      addressee: { qualifier: "ZZ", id: "PRACTICEPAYER", code: "PRACTICEPAYER" },
      usage,
      interchangeControlNumber: String(index + 1),
      groupControlNumber: String(index + 1),
      setControlNumber: (set) => `${index + 1}${String(set + 1).padStart(3, "0")}`,
      date,
      time: "0900",
      acknowledgmentRequested: index === 0,
    });
    return new TextEncoder().encode(text);
  });
}

/** The encounter under another member id, by which the practice payer can be told what to do. */
export function withMember(encounter: Encounter, memberId: string): Encounter {
  return { ...encounter, subscriber: { ...encounter.subscriber, memberId } };
}
