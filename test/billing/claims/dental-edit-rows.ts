/** What the edits of dental claims fault, and what they let pass. */
import {
  dentalLine,
  dentalOf,
  dentalSamples,
  dentalWith,
  fillingVisit,
  tooth,
} from "./dental-encounters.ts";
import type { EditRow } from "./edit-row.ts";

const CLAIM = "/claimInformation";
const LINE = `${CLAIM}/serviceLines/0`;
const SERVICE = `${LINE}/dentalService`;
const TOOTH = `${LINE}/teethInformation/0`;
const ORTHODONTICS = `${CLAIM}/orthodonticTotalMonthsOfTreatment`;

const visit = fillingVisit();
const samples = dentalSamples();
const orthodontics = samples.orthodontics ?? visit;
const crown = dentalLine("D2740", "1000", { prosthesisCrownOrInlayCode: "R" }, tooth("14"));
const { serviceDate: _day, ...undated } = dentalLine("D0140", "55");

function months(orthodonticTotalMonthsOfTreatment: {
  monthsCount?: number;
  monthsRemaining?: number;
  treatmentIndicator?: "Y";
}) {
  return { ...orthodontics.claimInformation, orthodonticTotalMonthsOfTreatment };
}

export const DENTAL_EDIT_ROWS: readonly EditRow[] = [
  ["dental-procedure", `${SERVICE}/procedureCode`, dentalOf(dentalLine("99213", "55")), visit],
  [
    "tooth-code",
    `${TOOTH}/toothCode`,
    dentalOf(dentalLine("D2330", "90", {}, tooth("33", "M"))),
    dentalOf(dentalLine("D2330", "90", {}, tooth("DS", "M"))),
  ],
  [
    "tooth-code",
    `${CLAIM}/toothStatus/0/toothNumber`,
    dentalWith({ toothStatus: [{ toothNumber: "U", toothStatusCode: "M" }] }),
    orthodontics,
  ],
  [
    "tooth-surface",
    `${TOOTH}/toothSurfaceCodes/1`,
    dentalOf(dentalLine("D2331", "90", {}, tooth("8", "M", "O"))),
    dentalOf(dentalLine("D2331", "90", {}, tooth("8", "M", "I"))),
  ],
  [
    "tooth-surface",
    `${TOOTH}/toothSurfaceCodes/1`,
    dentalOf(dentalLine("D2392", "90", {}, tooth("3", "O", "O"))),
    dentalOf(dentalLine("D2392", "90", {}, tooth("3", "O", "D"))),
  ],
  [
    "tooth-count",
    `${SERVICE}/procedureCount`,
    dentalOf(
      dentalLine(
        "D7140",
        "90",
        { procedureCount: 2 },
        {
          teethInformation: [{ toothCode: "8" }, { toothCode: "9" }],
        },
      ),
    ),
    samples["several teeth after an accident"] ?? visit,
  ],
  [
    "dental-tooth",
    `${LINE}/teethInformation`,
    dentalOf(dentalLine("D2392", "90")),
    dentalOf(dentalLine("D0140", "90")),
  ],
  [
    "dental-tooth",
    `${TOOTH}/toothSurfaceCodes`,
    dentalOf(dentalLine("D2392", "90", {}, tooth("3", "O"))),
    dentalOf(dentalLine("D2394", "90", {}, tooth("3", "M", "O", "D", "L", "B"))),
  ],
  [
    "dental-quadrant",
    `${SERVICE}/oralCavityDesignation`,
    dentalOf(dentalLine("D4341", "90", { oralCavityDesignation: ["01"] })),
    dentalOf(dentalLine("D4341", "90", { oralCavityDesignation: ["40"] })),
  ],
  [
    "prosthesis-placement",
    `${SERVICE}/prosthesisCrownOrInlayCode`,
    dentalOf(dentalLine("D2740", "90", {}, tooth("14"))),
    dentalOf(dentalLine("D2740", "90", { prosthesisCrownOrInlayCode: "I" }, tooth("14"))),
    "warning",
  ],
  [
    "prior-placement",
    `${LINE}/serviceLineDateInformation/priorPlacementDate`,
    dentalOf(crown),
    dentalOf({ ...crown, serviceLineDateInformation: { priorPlacementDate: "20150501" } }),
  ],
  [
    "dental-service-date",
    `${LINE}/serviceDate`,
    dentalOf(undated),
    dentalOf(undated, { predeterminationOfBenefits: true }),
  ],
  [
    "dental-claim-dates",
    `${CLAIM}/claimDateInformation/serviceDateEnd`,
    dentalOf(undated, {
      claimDateInformation: { serviceDate: "20260302", serviceDateEnd: "20260301" },
    }),
    dentalOf(undated, {
      claimDateInformation: { serviceDate: "20260302", serviceDateEnd: "20260302" },
    }),
  ],
  [
    "dental-claim-dates",
    `${CLAIM}/claimDateInformation/serviceDateEnd`,
    dentalWith({ claimDateInformation: { serviceDateEnd: "20260301" } }),
    visit,
  ],
  ["orthodontics", ORTHODONTICS, dentalOf(dentalLine("D8080", "4800")), visit],
  [
    "orthodontics",
    `${ORTHODONTICS}/monthsRemaining`,
    { ...orthodontics, claimInformation: months({ monthsCount: 12, monthsRemaining: 13 }) },
    orthodontics,
  ],
  [
    "orthodontics",
    `${ORTHODONTICS}/treatmentIndicator`,
    { ...orthodontics, claimInformation: months({ monthsCount: 12, treatmentIndicator: "Y" }) },
    orthodontics,
  ],
  ["orthodontics", ORTHODONTICS, { ...orthodontics, claimInformation: months({}) }, orthodontics],
  [
    "orthodontics",
    `${CLAIM}/claimDateInformation/appliancePlacementDate`,
    dentalOf(dentalLine("D8080", "4800"), {
      orthodonticTotalMonthsOfTreatment: { monthsCount: 24 },
    }),
    samples.predetermination ?? visit,
    "warning",
  ],
];
