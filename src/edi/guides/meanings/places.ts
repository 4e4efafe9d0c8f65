/** What codes of states and of institutional bills mean, in our own words. */
import { CONDITION, OCCURRENCE, OCCURRENCE_SPAN, VALUE } from "./institutional.ts";
import { REVENUE } from "./revenue.ts";
import { type Meanings, meanings } from "./table.ts";
import { TOOTH } from "./teeth.ts";

/** States, territories and military post of the United States, and provinces of Canada. */
const STATE = meanings(`
  AA Armed forces, Americas
  AB Alberta
  AE Armed forces, Europe
  AK Alaska
  AL Alabama
  AP Armed forces, Pacific
  AR Arkansas
  AS American Samoa
  AZ Arizona
  BC British Columbia
  CA California
  CO Colorado
  CT Connecticut
  DC District of Columbia
  DE Delaware
  FL Florida
  GA Georgia
  GU Guam
  HI Hawaii
  IA Iowa
  ID Idaho
  IL Illinois
  IN Indiana
  KS Kansas
  KY Kentucky
  LA Louisiana
  MA Massachusetts
  MB Manitoba
  MD Maryland
  ME Maine
  MI Michigan
  MN Minnesota
  MO Missouri
  MP Northern Mariana Islands
  MS Mississippi
  MT Montana
  NB New Brunswick
  NC North Carolina
  ND North Dakota
  NE Nebraska
  NH New Hampshire
  NJ New Jersey
  NL Newfoundland and Labrador
  NM New Mexico
  NS Nova Scotia
  NT Northwest Territories
  NU Nunavut
  NV Nevada
  NY New York
  OH Ohio
  OK Oklahoma
  ON Ontario
  OR Oregon
  PA Pennsylvania
  PE Prince Edward Island
  PR Puerto Rico
  QC Quebec
  RI Rhode Island
  SC South Carolina
  SD South Dakota
  SK Saskatchewan
  TN Tennessee
  TX Texas
  UT Utah
  VA Virginia
  VI Virgin Islands
  VT Vermont
  WA Washington
  WI Wisconsin
  WV West Virginia
  WY Wyoming
  YT Yukon
`);

/** The first two digits of a type of bill: the kind of facility and of care. */
const BILL_TYPE = meanings(`
  11 Hospital, inpatient
  12 Hospital, inpatient without Part A
  13 Hospital, outpatient
  14 Hospital, laboratory for people who are no patients
  18 Hospital, swing bed
  21 Skilled nursing, inpatient
  22 Skilled nursing, inpatient without Part A
  23 Skilled nursing, outpatient
  28 Skilled nursing, swing bed
  32 Home health under a plan of care
  34 Home health without a plan of care
  41 Religious institution, inpatient
  43 Religious institution, outpatient
  65 Intermediate care, level I
  66 Intermediate care, level II
  71 Rural health clinic
  72 Dialysis clinic
  73 Freestanding clinic
  74 Outpatient rehabilitation
  75 Comprehensive outpatient rehabilitation
  76 Community mental health center
  77 Federally qualified health center
  78 Licensed freestanding emergency facility
  79 Other clinic
  81 Hospice outside of a hospital
  82 Hospice in a hospital
  83 Ambulatory surgery in a hospital
  84 Freestanding birthing center
  85 Critical access hospital
  86 Residential facility
  89 Other special facility
`);

/** The last digit of a type of bill, where it says more than the frequency of other claims. */
const BILL_FREQUENCY = meanings(`
  0 No payment is expected
  1 Admission through discharge
  2 First of several bills of a stay
  3 Continuing bill of a stay
  4 Last bill of a stay
  5 Late charges only
  7 Replacement of an earlier bill
  8 Void of an earlier bill
  9 Last claim of a home health episode
`);

const ADMISSION_TYPE = meanings(`
  1 Emergency
  2 Urgent
  3 Elective
  4 Newborn
  5 Trauma
  9 Not known
`);

/** Where a patient came from. */
const POINT_OF_ORIGIN = meanings(`
  1 From home or another place without health care
  2 From a clinic or doctor's office
  4 From another hospital
  5 From skilled nursing, or born in this hospital
  6 From another health facility, or born outside of this hospital
  7 From the emergency room (until June 2010)
  8 From court or prison
  9 Not known
  D From another unit of the same hospital
  E From an ambulatory surgery center
  F From hospice
  G From an alternate care site set up in a disaster
`);

/** How a patient left, or whether the stay goes on. */
const PATIENT_STATUS = meanings(`
  01 Went home
  02 To another hospital for short-term care
  03 To skilled nursing
  04 To intermediate care
  05 To a cancer center or children's hospital
  06 Home with home health care
  07 Left against medical advice
  09 Admitted as an inpatient
  20 Died
  21 To court or prison
  30 Still a patient
  40 Died at home, in hospice care
  41 Died in a facility, in hospice care
  42 Died, place unknown, in hospice care
  43 To a federal hospital
  50 To hospice at home
  51 To hospice in a facility
  61 To a swing bed
  62 To inpatient rehabilitation
  63 To a long-term care hospital
  64 To nursing under Medicaid
  65 To a psychiatric hospital
  66 To a critical access hospital
  69 To an alternate care site set up in a disaster
  70 To another health facility
  81 Went home, a return is planned
  82 To another hospital for short-term care, a return is planned
  83 To skilled nursing, a return is planned
  84 To intermediate care, a return is planned
  85 To a cancer center or children's hospital, a return is planned
  86 Home with home health care, a return is planned
  87 To court or prison, a return is planned
  88 To a federal hospital, a return is planned
  89 To a swing bed, a return is planned
  90 To inpatient rehabilitation, a return is planned
  91 To a long-term care hospital, a return is planned
  92 To nursing under Medicaid, a return is planned
  93 To a psychiatric hospital, a return is planned
  94 To a critical access hospital, a return is planned
  95 To another health facility, a return is planned
`);

/** Meanings of sets of which no releases are imported, by the name that guides give them. */
export const UNRELEASED: Readonly<Record<string, Meanings>> = {
  "admission-type": ADMISSION_TYPE,
  "bill-frequency": BILL_FREQUENCY,
  "nubc-condition": CONDITION,
  "nubc-occurrence": OCCURRENCE,
  "nubc-occurrence-span": OCCURRENCE_SPAN,
  "nubc-value": VALUE,
  "patient-status": PATIENT_STATUS,
  "point-of-origin": POINT_OF_ORIGIN,
  revenue: REVENUE,
  state: STATE,
  tooth: TOOTH,
  "type-of-bill": BILL_TYPE,
};
