/**
 * Procedures that an outpatient practice commonly bills. CPT is the American Medical Association's:
 * here stand code numbers with a category in our own words, never a descriptor of theirs.
 */
import { type StarterRow, starterRecords, starterSet } from "./table.ts";

/** CPT code numbers by our own category. */
const CPT: Readonly<Record<string, string>> = {
  "office visit, new": "99202 99203 99204 99205",
  "office visit, established": "99211 99212 99213 99214 99215",
  "preventive visit, new": "99381 99382 99383 99384 99385 99386 99387",
  "preventive visit, established": "99391 99392 99393 99394 99395 99396 99397",
  "hospital or emergency visit": "99221 99222 99223 99231 99232 99233 99283 99284 99285",
  "care management": "99406 99417 99490 99495 99496",
  "behavioral health": "90785 90791 90832 90834 90837 90853 96110 96127",
  immunization: "90460 90461 90471 90472 90677 90686 90700 90707 90715 90716 90750",
  injection: "96372 20550 20605 20610",
  "blood draw": "36415 36416",
  laboratory:
    "80048 80050 80053 80061 81001 81002 81003 81025 82306 82270 82947 82962 83036 84153 84443 " +
    "85018 85025 85610 86580 87070 87086 87426 87635 87804 87880 88305",
  imaging: "71046 73030 73562 73610 73630 76856 77067",
  "heart and lung test": "93000 93005 93010 93015 93306 94010 94640 94760",
  "hearing test": "92551",
  "minor procedure": "10060 11042 11102 11103 11200 12001 17000 17003 17110 69210",
  "physical therapy": "97110 97112 97116 97140 97161 97530",
  chiropractic: "98940 98941",
  anesthesia: "00142 00400",
};

const HCPCS: readonly StarterRow[] = [
  ["A0425", "Ambulance, ground, each mile"],
  ["A0427", "Ambulance, advanced life support, emergency"],
  ["A0429", "Ambulance, basic life support, emergency"],
  ["A4253", "Glucose test strips, box of 50"],
  ["A7003", "Nebulizer set, disposable"],
  ["E0431", "Portable oxygen, rental"],
  ["E0570", "Nebulizer with compressor"],
  ["E1390", "Oxygen concentrator"],
  ["G0008", "Giving a flu vaccine"],
  ["G0009", "Giving a pneumococcal vaccine"],
  ["G0101", "Pelvic and breast exam, screening"],
  ["G0103", "PSA screening"],
  ["G0121", "Colonoscopy screening, average risk"],
  ["G0283", "Electrical stimulation, unattended"],
  ["G0402", "Welcome to Medicare visit"],
  ["G0438", "Annual wellness visit, first"],
  ["G0439", "Annual wellness visit, later"],
  ["G0444", "Depression screening, yearly"],
  ["G2211", "Office visit, lasting care of the patient"],
  ["J0696", "Ceftriaxone injection, 250 mg"],
  ["J1030", "Methylprednisolone acetate injection, 40 mg", "2024-03-31"],
  ["J1100", "Dexamethasone injection, 1 mg"],
  ["J1885", "Ketorolac injection, 15 mg"],
  ["J3301", "Triamcinolone injection, 10 mg"],
  ["J3420", "Vitamin B12 injection, up to 1 mg"],
  ["J7613", "Albuterol for inhalation, unit dose, 1 mg"],
  ["K0001", "Standard wheelchair"],
  ["Q0091", "Obtaining a Pap smear"],
];

const cptRows = Object.entries(CPT).flatMap(([category, codes]) =>
  codes.split(" ").map((code): StarterRow => [code, category]),
);

/** Common CPT code numbers with our own categories. */
export const starterCpt = starterSet("cpt", starterRecords(cptRows), false);

/** Common HCPCS Level II codes in our own words. */
export const starterHcpcs = starterSet("hcpcs", starterRecords(HCPCS), false);
