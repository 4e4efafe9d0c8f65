/** How the tests prepare and send claims. */
import {
  type BatchOptions,
  buildClaim,
  type PreparedClaim,
} from "../../../src/billing/claims/index.ts";
import type { Encounter } from "../../../src/billing/intake/index.ts";

/** Claims with the control numbers PCN1, PCN2 … */
export function prepared(encounters: readonly Encounter[]): PreparedClaim[] {
  return encounters.map((encounter, index) => {
    const patientControlNumber = `PCN${index + 1}`;
    const lineControlNumber = (line: number): string => `${patientControlNumber}-${line + 1}`;
    return { encounter, claim: buildClaim(encounter, { patientControlNumber, lineControlNumber }) };
  });
}

export const BATCH: BatchOptions = {
  submitter: {
    organizationName: "Elm Street Family Medicine",
    id: "ELM01",
    contact: { name: "Kim Key", phoneNumber: "(217) 555-0123", phoneExtension: "12" },
  },
  receiver: { organizationName: "Example Clearinghouse", id: "CLEAR01" },
  sender: { qualifier: "ZZ", id: "ELM01", code: "ELM01" },
  addressee: { qualifier: "ZZ", id: "CLEAR01", code: "CLEAR01" },
  usage: "T",
  interchangeControlNumber: "1001",
  groupControlNumber: "2001",
  setControlNumber: (index) => String(index + 1).padStart(4, "0"),
  date: "2026-03-20",
  time: "0930",
};
