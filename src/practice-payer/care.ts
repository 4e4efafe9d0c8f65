/** What a provider of the sample practice is trained in. */
export type Specialty =
  | "family"
  | "paediatrics"
  | "cardiology"
  | "orthopaedics"
  | "behavioural"
  | "therapy"
  | "dermatology"
  | "laboratory";

/**
 * A service that a kind of visit brings. "RT|LT" means the one that fits the side of the diagnosis.
 */
export interface CareLine {
  readonly code: string;
  readonly modifiers?: readonly string[];
  /** Least and most units; 1 when absent. */
  readonly units?: readonly [number, number];
  /** In how many of 100 visits; always when absent. */
  readonly percent?: number;
  /** 1-based positions among the diagnoses; the first when absent. */
  readonly pointers?: readonly number[];
}

/** A kind of visit: who comes, with what, and what is done. */
export interface Care {
  readonly specialty: Specialty;
  /** How often among the visits that suit a patient. */
  readonly weight: number;
  readonly ages: readonly [number, number];
  readonly gender?: "F" | "M";
  /** Filing indicators of the payers that cover it; any when absent. */
  readonly coveredBy?: readonly string[];
  /** Place of service codes, the common one first. */
  readonly places: readonly string[];
  /** Alternatives of ICD-10-CM codes, principal first. "M1711|M1712" is right and left. */
  readonly diagnoses: readonly (readonly string[])[];
  readonly lines: readonly CareLine[];
  /** The patient comes again for the same. */
  readonly series?: boolean;
  readonly referred?: boolean;
  /** In how many of 100 visits a prior authorization is on the claim. */
  readonly authorizedPercent?: number;
  /** The claim carries the number of the laboratory's certificate. */
  readonly laboratory?: boolean;
}

const OFFICE = ["11"] as const;
const OFFICE_OR_VIDEO = ["11", "11", "10"] as const;
const SIDE = ["RT|LT"] as const;

const FAMILY: readonly Care[] = [
  {
    specialty: "family",
    weight: 14,
    ages: [35, 95],
    places: OFFICE,
    diagnoses: [
      ["I10", "E785"],
      ["E119", "I10", "E785"],
      ["E1165", "E785"],
      ["E039", "R5383"],
      ["I129", "N1830"],
    ],
    lines: [
      { code: "99214", pointers: [1, 2] },
      { code: "36415", percent: 70 },
      { code: "83036", modifiers: ["QW"], percent: 45 },
      { code: "80061", percent: 35, pointers: [2] },
    ],
    laboratory: true,
  },
  {
    specialty: "family",
    weight: 12,
    ages: [6, 80],
    places: OFFICE_OR_VIDEO,
    diagnoses: [["J069"], ["J0190"], ["J209", "R051"], ["K219"], ["R197", "R112"], ["H6691|H6692"]],
    lines: [{ code: "99213" }],
  },
  {
    specialty: "family",
    weight: 6,
    ages: [4, 60],
    places: OFFICE,
    diagnoses: [
      ["J029", "R509"],
      ["J020", "R509"],
      ["J101", "R509"],
    ],
    lines: [
      { code: "99213" },
      { code: "87880", modifiers: ["QW"] },
      { code: "87804", modifiers: ["QW"], percent: 50 },
      { code: "87804", modifiers: ["QW", "59"], percent: 50 },
    ],
    laboratory: true,
  },
  {
    specialty: "family",
    weight: 6,
    ages: [12, 75],
    gender: "F",
    places: OFFICE,
    diagnoses: [["N390"], ["R300", "N390"]],
    lines: [{ code: "99213" }, { code: "81003", modifiers: ["QW"] }],
    laboratory: true,
  },
  {
    specialty: "family",
    weight: 7,
    ages: [18, 39],
    places: OFFICE,
    diagnoses: [["Z0000", "Z23"]],
    lines: [
      { code: "99395", modifiers: ["25"] },
      { code: "90715", pointers: [2] },
      { code: "90471", pointers: [2] },
    ],
  },
  {
    specialty: "family",
    weight: 7,
    ages: [40, 64],
    places: OFFICE,
    diagnoses: [
      ["Z0001", "R7303"],
      ["Z0000", "E785"],
    ],
    lines: [
      { code: "99396" },
      { code: "99213", modifiers: ["25"], percent: 40, pointers: [2] },
      { code: "36415" },
      { code: "80061", pointers: [2] },
    ],
  },
  {
    specialty: "family",
    weight: 12,
    ages: [66, 95],
    coveredBy: ["MB"],
    places: OFFICE,
    diagnoses: [
      ["Z0000", "I10"],
      ["Z0000", "E785", "Z23"],
    ],
    lines: [
      { code: "G0439" },
      { code: "99213", modifiers: ["25"], percent: 40, pointers: [2] },
      { code: "36415", percent: 50, pointers: [2] },
    ],
  },
  {
    specialty: "family",
    weight: 4,
    ages: [20, 85],
    places: OFFICE,
    diagnoses: [["H6121|H6122"]],
    lines: [
      { code: "99212", modifiers: ["25"], percent: 60 },
      { code: "69210", modifiers: SIDE },
    ],
  },
];

const PAEDIATRICS: readonly Care[] = [
  {
    specialty: "paediatrics",
    weight: 14,
    ages: [0, 0],
    places: OFFICE,
    diagnoses: [["Z00129", "Z23"]],
    lines: [
      { code: "99391", modifiers: ["25"] },
      { code: "90700", pointers: [2] },
      { code: "90677", pointers: [2] },
      { code: "90460", units: [2, 2], pointers: [2] },
      { code: "90461", units: [2, 2], pointers: [2] },
    ],
  },
  {
    specialty: "paediatrics",
    weight: 14,
    ages: [1, 4],
    places: OFFICE,
    diagnoses: [
      ["Z00129", "Z23"],
      ["Z00121", "L209", "Z23"],
    ],
    lines: [
      { code: "99392", modifiers: ["25"] },
      { code: "96110", percent: 50 },
      { code: "90707", pointers: [2] },
      { code: "90716", percent: 60, pointers: [2] },
      { code: "90460", units: [1, 2], pointers: [2] },
    ],
  },
  {
    specialty: "paediatrics",
    weight: 10,
    ages: [5, 11],
    places: OFFICE,
    diagnoses: [["Z00129"], ["Z00121", "J4520"]],
    lines: [
      { code: "99393" },
      { code: "92551", percent: 60 },
      { code: "99213", modifiers: ["25"], percent: 30, pointers: [1] },
    ],
  },
  {
    specialty: "paediatrics",
    weight: 10,
    ages: [12, 17],
    places: OFFICE,
    diagnoses: [["Z00129", "Z23"]],
    lines: [
      { code: "99394", modifiers: ["25"] },
      { code: "96127", percent: 60 },
      { code: "90715", pointers: [2] },
      { code: "90471", pointers: [2] },
    ],
  },
  {
    specialty: "paediatrics",
    weight: 16,
    ages: [0, 14],
    places: OFFICE,
    diagnoses: [["H6691|H6692"], ["J069", "R509"], ["B084"], ["J4521", "R062"], ["L209"]],
    lines: [
      { code: "99213", modifiers: ["25"] },
      { code: "94640", percent: 20 },
    ],
  },
];

const CARDIOLOGY: readonly Care[] = [
  {
    specialty: "cardiology",
    weight: 10,
    ages: [45, 95],
    places: OFFICE,
    diagnoses: [
      ["I2510", "I10"],
      ["I4891", "Z7901"],
      ["I5022", "I2510", "Z95810"],
    ],
    lines: [
      { code: "99214", modifiers: ["25"], pointers: [1, 2] },
      { code: "93000" },
      { code: "93306", percent: 25 },
    ],
    referred: true,
    authorizedPercent: 15,
  },
  {
    specialty: "cardiology",
    weight: 5,
    ages: [30, 85],
    places: ["11", "22"],
    diagnoses: [["R0789", "R0602"], ["R002"], ["R9431", "R0789"]],
    lines: [
      { code: "99204", modifiers: ["25"] },
      { code: "93000", modifiers: ["59"] },
      { code: "93015", percent: 50 },
    ],
    referred: true,
    authorizedPercent: 40,
  },
];

const ORTHOPAEDICS: readonly Care[] = [
  {
    specialty: "orthopaedics",
    weight: 7,
    ages: [45, 92],
    places: OFFICE,
    diagnoses: [["M1711|M1712", "M25561|M25562"]],
    lines: [
      { code: "99213", modifiers: ["25"] },
      { code: "20610", modifiers: SIDE },
      { code: "J3301", units: [4, 4] },
      { code: "73562", modifiers: SIDE, percent: 50, pointers: [2] },
    ],
    referred: true,
    series: true,
  },
  {
    specialty: "orthopaedics",
    weight: 6,
    ages: [18, 80],
    places: OFFICE,
    diagnoses: [["M7541|M7542", "M25511|M25512"], ["M25511|M25512"]],
    lines: [{ code: "99203" }, { code: "73030", modifiers: SIDE }],
    referred: true,
    authorizedPercent: 20,
  },
  {
    specialty: "orthopaedics",
    weight: 6,
    ages: [8, 65],
    places: ["11", "11", "20"],
    diagnoses: [["S93401A|S93402A"], ["M79671|M79672"]],
    lines: [{ code: "99203" }, { code: "73610", modifiers: SIDE }],
  },
];

const BEHAVIOURAL: readonly Care[] = [
  {
    specialty: "behavioural",
    weight: 12,
    ages: [12, 80],
    places: ["11", "10", "02"],
    diagnoses: [["F411"], ["F331", "F411"], ["F4310"], ["F4323"]],
    lines: [{ code: "90834" }],
    series: true,
    authorizedPercent: 25,
  },
  {
    specialty: "behavioural",
    weight: 6,
    ages: [6, 17],
    places: ["11", "10"],
    diagnoses: [["F902"], ["F902", "F913"], ["F840"]],
    lines: [{ code: "90837" }, { code: "90785", percent: 60 }],
    series: true,
    authorizedPercent: 35,
  },
  {
    specialty: "behavioural",
    weight: 4,
    ages: [16, 75],
    places: OFFICE_OR_VIDEO,
    diagnoses: [["F321"], ["F1020", "F321"], ["F410"]],
    lines: [{ code: "90791" }, { code: "96127", units: [1, 2], modifiers: ["59"], percent: 50 }],
  },
];

const THERAPY: readonly Care[] = [
  {
    specialty: "therapy",
    weight: 12,
    ages: [16, 90],
    places: OFFICE,
    diagnoses: [["M5450", "M6281"], ["M5416"], ["M25561|M25562", "R2689"], ["M542", "M6281"]],
    lines: [
      { code: "97110", modifiers: ["GP"], units: [1, 3] },
      { code: "97140", modifiers: ["GP"], units: [1, 2], percent: 80 },
      { code: "97112", modifiers: ["GP"], percent: 50 },
      { code: "97530", modifiers: ["GP", "59"], percent: 40 },
    ],
    series: true,
    referred: true,
    authorizedPercent: 60,
  },
  {
    specialty: "therapy",
    weight: 4,
    ages: [50, 90],
    places: OFFICE,
    diagnoses: [["Z471", "Z96651|Z96652", "R2689"]],
    lines: [
      { code: "97161", modifiers: ["GP"] },
      { code: "97110", modifiers: ["GP"], units: [1, 2], pointers: [1, 2] },
      { code: "97112", modifiers: ["GP"], percent: 60, pointers: [3] },
      { code: "97116", modifiers: ["GP"], percent: 40, pointers: [3] },
    ],
    referred: true,
    authorizedPercent: 70,
  },
];

const DERMATOLOGY: readonly Care[] = [
  {
    specialty: "dermatology",
    weight: 5,
    ages: [45, 90],
    places: OFFICE,
    diagnoses: [["L570"], ["L570", "L814"]],
    lines: [
      { code: "99213", modifiers: ["25"] },
      { code: "17000" },
      { code: "17003", units: [2, 8], percent: 70 },
    ],
  },
  {
    specialty: "dermatology",
    weight: 5,
    ages: [25, 85],
    places: OFFICE,
    diagnoses: [["D485", "L989"], ["D225"]],
    lines: [
      { code: "99203", modifiers: ["25"], percent: 70 },
      { code: "11102" },
      { code: "11103", units: [1, 2], percent: 40 },
    ],
    referred: true,
  },
  {
    specialty: "dermatology",
    weight: 6,
    ages: [6, 45],
    places: OFFICE_OR_VIDEO,
    diagnoses: [["L700"], ["L309"], ["L400"], ["B351"]],
    lines: [{ code: "99213" }],
  },
  {
    specialty: "dermatology",
    weight: 3,
    ages: [5, 30],
    places: OFFICE,
    diagnoses: [["B079"]],
    lines: [{ code: "99212", modifiers: ["25"], percent: 50 }, { code: "17110" }],
  },
];

const LABORATORY: readonly Care[] = [
  {
    specialty: "laboratory",
    weight: 9,
    ages: [25, 95],
    places: ["81"],
    diagnoses: [
      ["E119", "E785"],
      ["I10", "Z79899"],
      ["E559", "R5383"],
      ["D649", "R5383"],
    ],
    lines: [
      { code: "80053" },
      { code: "85025" },
      { code: "80061", percent: 50, pointers: [2] },
      { code: "84443", percent: 40, pointers: [2] },
      { code: "82306", percent: 25 },
      { code: "36415" },
    ],
    referred: true,
    laboratory: true,
  },
  {
    specialty: "laboratory",
    weight: 3,
    ages: [30, 90],
    places: ["81"],
    diagnoses: [["D225"], ["D485"], ["K635"]],
    lines: [{ code: "88305", units: [1, 2] }],
    referred: true,
    laboratory: true,
  },
];

/** The kinds of visit that the sample practice knows. */
export const CARE: readonly Care[] = [
  ...FAMILY,
  ...PAEDIATRICS,
  ...CARDIOLOGY,
  ...ORTHOPAEDICS,
  ...BEHAVIOURAL,
  ...THERAPY,
  ...DERMATOLOGY,
  ...LABORATORY,
];
