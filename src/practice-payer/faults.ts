import type { Encounter } from "../billing/intake/encounter.ts";
import { add, cents, formatAmount, parseAmount, ZERO } from "../billing/money/index.ts";
import { addDays, compactDate } from "./calendar.ts";
import { wrongNpi } from "./npi.ts";

/** The mistakes that synthetic encounters make, in the order in which a run makes them. */
export const FAULTS = [
  "npi-check-digit",
  "header-diagnosis",
  "dangling-pointer",
  "charge-mismatch",
  "future-date",
  "duplicate",
] as const;

/** One mistake of a synthetic encounter. */
export type FaultName = (typeof FAULTS)[number];

type ClaimInformation = Encounter["claimInformation"];
type ServiceLine = ClaimInformation["serviceLines"][number];

const DAYS_AHEAD = 20;
const MISMATCH = cents(1000);
/** A category of ICD-10-CM: it exists, and cannot be billed without more digits. */
const HEADER_CODE = "M54";

/** The encounter with one mistake that needs no other encounter (a duplicate does). */
export function withFault(
  encounter: Encounter,
  fault: Exclude<FaultName, "duplicate">,
  today: string,
): Encounter {
  const claim = encounter.claimInformation;
  switch (fault) {
    case "npi-check-digit":
      return {
        ...encounter,
        rendering: { ...encounter.rendering, npi: wrongNpi(encounter.rendering?.npi ?? "") },
      };
    case "header-diagnosis":
      return withClaim(encounter, {
        healthCareCodeInformation: diagnosesOf(claim).map((diagnosis, index) =>
          index === 0 ? { ...diagnosis, diagnosisCode: HEADER_CODE } : diagnosis,
        ),
      });
    case "dangling-pointer":
      return withFirstLine(encounter, (line) => ({
        ...line,
        professionalService: {
          ...serviceOf(line),
          compositeDiagnosisCodePointers: {
            diagnosisCodePointers: [String(diagnosesOf(claim).length + 3)],
          },
        },
      }));
    case "charge-mismatch":
      return withClaim(encounter, {
        claimChargeAmount: formatAmount(
          add(parseAmount(claim.claimChargeAmount) ?? ZERO, MISMATCH),
        ),
      });
    case "future-date":
      return withFirstLine(encounter, (line) => ({
        ...line,
        serviceDate: compactDate(addDays(today, DAYS_AHEAD)),
      }));
  }
}

/** Synthetic visits are professional: they list their diagnoses. */
function diagnosesOf({ healthCareCodeInformation }: ClaimInformation) {
  if (healthCareCodeInformation === undefined) throw new RangeError("a visit has diagnoses");
  return healthCareCodeInformation;
}

function serviceOf({ professionalService }: ServiceLine) {
  if (professionalService === undefined) throw new RangeError("a visit has services");
  return professionalService;
}

function withClaim(encounter: Encounter, change: Partial<ClaimInformation>): Encounter {
  return { ...encounter, claimInformation: { ...encounter.claimInformation, ...change } };
}

function withFirstLine(
  encounter: Encounter,
  change: (line: ServiceLine) => ServiceLine,
): Encounter {
  const { serviceLines } = encounter.claimInformation;
  return withClaim(encounter, {
    serviceLines: serviceLines.map((line, index) => (index === 0 ? change(line) : line)),
  });
}
