/** What the codes of claims mean: coverage, attachments, certifications, repricing, teeth. */
import { meanings } from "./table.ts";

/** Data element 640 of BHT06 and its like: what a transaction is about. */
export const TRANSACTION_KIND = meanings(`
  31 Demand of a Medicaid agency for money that another payer owes
  CH Claims to be paid
  DG Response
  RP Encounters that are only reported
  RT Spend-down
  TH Receipt acknowledged
`);

/** Data element 353: why a transaction is sent. */
export const PURPOSE = meanings(`
  00 Original
  01 Cancellation
  06 Confirmation
  08 Status
  11 Response
  13 Request
  18 Sent again
`);

/** Data element 1005: how the levels of a transaction stand in one another. */
export const STRUCTURE = meanings(`
  0010 Payer, receiver, provider, subscriber, dependent
  0019 Provider, subscriber, dependent
  0022 Payer, receiver, subscriber, dependent
  0085 Payer, receiver, provider, patient
`);

/** Data element 1138: which payer in turn is meant. */
export const PAYER_SEQUENCE = meanings(`
  A Fourth
  B Fifth
  C Sixth
  D Seventh
  E Eighth
  F Ninth
  G Tenth
  H Eleventh
  P Primary
  S Secondary
  T Tertiary
  U Unknown
`);

/** Data element 1032: what kind of coverage pays. */
export const CLAIM_FILING = meanings(`
  11 Other federal program than Medicare and Medicaid
  12 Preferred provider organization
  13 Point of service plan
  14 Exclusive provider organization
  15 Indemnity insurance
  16 Medicare Advantage by a health maintenance organization
  17 Dental maintenance organization
  AM Automobile medical
  BL Blue Cross Blue Shield
  CH TRICARE (CHAMPUS)
  CI Commercial insurance
  DS Disability
  FI Federal employees program
  HM Health maintenance organization
  LM Liability medical
  MA Medicare part A
  MB Medicare part B
  MC Medicaid
  OF Other federal program
  TV Title V
  VA Veterans Affairs plan
  WC Workers' compensation
  ZZ Other
`);

/** Data element 1336: why Medicare pays second, or what kind of insurance a benefit is of. */
export const INSURANCE_TYPE = meanings(`
  12 Medicare second: working aged
  13 Medicare second: kidney disease, within the time of coordination
  14 Medicare second: no-fault or automobile insurance first
  15 Medicare second: workers' compensation first
  16 Medicare second: Public Health Service or other federal agency first
  41 Medicare second: black lung
  42 Medicare second: Veterans Affairs
  43 Medicare second: disabled, with a large group plan
  47 Medicare second: other liability insurance first
  AP Automobile insurance
  C1 Commercial
  CO Continued coverage (COBRA)
  CP Medicare pays first for a time
  D Disability
  DB Disability benefits
  EP Exclusive provider organization
  FF Family or friends
  GP Group policy
  HM Health maintenance organization
  HN Medicare Advantage by a health maintenance organization
  HS Special low-income Medicare beneficiary
  IN Indemnity
  IP Individual policy
  LC Long-term care
  LD Long-term policy
  LI Life insurance
  LT Litigation
  MA Medicare part A
  MB Medicare part B
  MC Medicaid
  MH Medigap part A
  MI Medigap part B
  MP Medicare first
  OT Other
  PE Property insurance, personal
  PL Personal
  PP The person pays, without insurance
  PR Preferred provider organization
  PS Point of service plan
  QM Qualified Medicare beneficiary
  RP Property insurance, real estate
  SP Supplemental policy
  TF Continued coverage under TEFRA
  WC Workers' compensation
  WU Wrap-up policy
`);

/** Data element 1332: which list the facility code is of. */
export const FACILITY_LIST = meanings(`
  A Type of bill
  B Place of service
`);

/** Data element 1359: whether the provider takes the payer's amount as full payment. */
export const ASSIGNMENT = meanings(`
  A Accepts assignment
  B Accepts assignment of laboratory services only
  C Does not accept assignment
`);

/** Data element 1363: on what ground the patient's data are released. */
export const RELEASE = meanings(`
  I Consent as regulation wants it, not collected by signature
  Y Signed statement on file
`);

/** Data element 1351. */
export const SIGNATURE = meanings(`
  P Provider signed, as the patient was not there
`);

/** Data element 1362: what caused the condition. */
export const CAUSE = meanings(`
  AA Automobile accident
  EM Employment
  OA Other accident
`);

/** Data element 1366: the public program under which the care was given. */
export const SPECIAL_PROGRAM = meanings(`
  01 Early and periodic screening of children
  02 Program for children with physical disabilities
  03 Special federal funding
  05 Disability
  09 Second opinion or surgery
`);

/** Data element 1514: why the claim is late. */
export const DELAY = meanings(`
  1 Eligibility was not known
  2 Litigation
  3 Authorization was delayed
  4 Certification of the provider was delayed
  5 Billing forms were delayed
  6 Custom-made appliances were delayed
  7 Another payer was slow
  8 Eligibility was decided late
  9 First claim was rejected for another reason than lateness
  10 Prior approval was delayed
  11 Other
  15 Natural disaster
`);

/** Data element 1383. */
export const SUBMISSION_REASON = meanings(`
  PB Asks for benefits before treatment
`);

/** Data element 755: what an attachment is. */
export const ATTACHMENT = meanings(`
  03 Why treatment goes beyond guidelines
  04 Drugs administered
  05 Diagnosis for the treatment
  06 Initial assessment
  07 Functional goals
  08 Plan of treatment
  09 Progress report
  10 Continued treatment
  11 Chemical analysis
  13 Certified test report
  15 Why admission was needed
  21 Recovery plan
  A3 Allergies and sensitivities
  A4 Autopsy report
  AM Ambulance certification
  AS Admission summary
  B2 Prescription
  B3 Physician's order
  B4 Referral form
  BR Benchmark test results
  BS Baseline
  BT Blanket test results
  CB Why chiropractic care was needed
  CK Consent form
  CT Certification
  D2 Drug profile
  DA Dental models
  DB Prescription of durable medical equipment
  DG Diagnostic report
  DJ Discharge monitoring report
  DS Discharge summary
  EB Explanation of benefits of another payer
  HC Health certificate
  HR Health clinic records
  I5 Immunization record
  IR Immunization record of a school
  LA Laboratory results
  M1 Medical record
  MT Models
  NN Nursing notes
  OB Operative note
  OC Oxygen content averages
  OD Orders and treatments
  OE Physical examination
  OX Oxygen therapy certification
  OZ Supporting data for the claim
  P4 Pathology report
  P5 Medical history
  P6 Periodontal chart
  PE Certification of feeding by tube or vein
  PN Physical therapy notes
  PO Certification of a prosthesis or orthosis
  PQ Paramedical results
  PY Physician's report
  PZ Physical therapy certification
  RB X-ray films
  RR X-ray reports
  RT Report of tests and analyses
  RX Oxygen content averages, renewed
  SG Symptoms
  V5 Death notice
  XP Photographs
`);

/** Data element 756: how an attachment or a remittance advice travels. */
export const TRANSMISSION = meanings(`
  AA At the provider's, on request
  AB Sent earlier
  AD Certification within this claim
  AF Narrative within this claim
  AG No documentation is required
  BM By mail
  EL Electronically, as a transaction
  EM By e-mail
  FT By file transfer
  FX By fax
  NS Not specified
  OL Online
`);

/** Data element 1166: kind of contract between provider and payer. */
export const CONTRACT = meanings(`
  01 By diagnosis related group
  02 By the day
  03 By the day, variable
  04 Flat
  05 Capitated
  06 Percentage
  09 Other
`);

/** Data element 363: what a note is about. */
export const NOTE = meanings(`
  ADD Additional information
  ALG Allergies
  CER Certification
  DCP Goals, rehabilitation potential or discharge plans
  DGN Description of the diagnosis
  DME Equipment and supplies
  MED Medications
  NTR Nutritional requirements
  ODT Orders for disciplines and treatments
  RHB Functional limits, or why homebound
  RLH Why the patient leaves home
  RNH When and why the patient was not at home
  SET Unusual home or social environment
  SFM Safety measures
  SPT Supplementary plan of treatment
  TPO Third party's note
  UPI Updated information
`);

/** Data element 1270: the list that a code of HI, LQ, TOO or EB belongs to. */
export const CODE_LIST = meanings(`
  ABF Diagnosis (ICD-10-CM)
  ABJ Admitting diagnosis (ICD-10-CM)
  ABK Principal diagnosis (ICD-10-CM)
  ABN External cause of injury (ICD-10-CM)
  APR Reason for the visit (ICD-10-CM)
  AS Form of the payer
  BBQ Other procedure (ICD-10-PCS)
  BBR Principal procedure (ICD-10-PCS)
  BE Value code
  BF Diagnosis (ICD-9-CM)
  BG Condition code
  BH Occurrence code
  BI Occurrence span code
  BJ Admitting diagnosis (ICD-9-CM)
  BK Principal diagnosis (ICD-9-CM)
  BN External cause of injury (ICD-9-CM)
  BO Other procedure (HCPCS)
  BP Principal procedure (HCPCS)
  BQ Other procedure (ICD-9-CM)
  BR Principal procedure (ICD-9-CM)
  CAH Principal procedure (advanced billing concepts)
  DR Diagnosis related group
  GR National Council on Compensation Insurance: nature of the injury
  HE Remark of a claim payment
  JP Tooth number of the American Dental Association
  NI Nature of the injury
  PR Reason for the visit (ICD-9-CM)
  RX Reject of the National Council for Prescription Drug Programs
  TC Treatment code
  TQ Dental diagnosis (SNODENT)
  UT Certificate of medical necessity
  ZZ Agreed between the partners
`);

/** Data element 235: the list that the code of a service or product belongs to. */
export const SERVICE_CODE = meanings(`
  AD Dental procedure (CDT)
  CJ Procedure (CPT)
  EN Article number of 13 digits (EAN)
  EO Article number of 8 digits (EAN)
  ER Procedure of the jurisdiction
  HC Procedure (HCPCS, CPT)
  HI Labeling code of a supplier (HIBC)
  HP Rate code of Medicare (HIPPS)
  ID Procedure (ICD)
  IV Home infusion
  N4 National drug code
  N6 National health related item code
  NU Revenue code
  ON Customer's order number
  UI Product code of a package (UPC)
  UK Trade item number of 14 digits (GTIN)
  UP Article number of 12 digits (UCC)
  WK Advanced billing concepts
  ZZ Agreed between the partners
`);

/** Data element 1136: what the conditions of a CRC are about. */
export const CONDITION_CATEGORY = meanings(`
  07 Ambulance certification
  09 Equipment certification
  70 Hospice
  75 Functional limits
  E1 Lenses of glasses
  E2 Contact lenses
  E3 Frames of glasses
  ZZ Screening of children
`);

/** Data element 1321: a condition of the patient, or what was done after a screening. */
export const CONDITION = meanings(`
  01 Admitted to a hospital
  04 Moved by stretcher
  05 Unconscious or in shock
  06 Transported in an emergency
  07 Had to be restrained
  08 Visible bleeding
  09 Ambulance was medically necessary
  12 Confined to bed or chair
  38 Signed certification is on file
  65 Physician is employed by the hospice
  AV Referral was refused
  IH Homebound
  L1 Prescription differs by the general standard
  L2 Replaced after loss or theft
  L3 Replaced after breakage or damage
  L4 Replaced by the patient's wish
  L5 Replaced for a medical reason
  NU No referral was made
  S2 Under treatment already
  ST New services were asked for
  ZV Replacement item
`);

/** Data element 1317: why the ambulance took the patient where it did. */
export const TRANSPORT_REASON = meanings(`
  A Nearest facility for the symptoms
  B Physician of the patient's choice
  C Near the family
  D A specialist or special equipment was there
  E Moved to a rehabilitation facility
`);

/** Data element 1342: condition of a patient whose spine was manipulated. */
export const PATIENT_CONDITION = meanings(`
  A Acute
  C Chronic
  D Not acute
  E Not life-threatening
  F Routine
  G With symptoms
  M Acute phase of a chronic condition
`);

/** Data element 1322. */
export const CERTIFICATION = meanings(`
  I Initial
  R Renewal
  S Revised
`);

/** Data element 594: the span to which the price of a rental applies. */
export const RENTAL_SPAN = meanings(`
  1 Week
  4 Month
  6 Day
`);

/** Data element 1327. */
export const COPAY = meanings(`
  0 Exempt
`);

/** Data element 737: what a measurement was taken for. */
export const MEASURED_FOR = meanings(`
  OG First dosage
  TR Test result
`);

/** Data element 738: what was measured. */
export const MEASUREMENT = meanings(`
  HT Height
  R1 Hemoglobin
  R2 Hematocrit
  R3 First dosage of epoetin
  R4 Creatinine
`);

/** Data element 1473: how a third party priced a claim or line. */
export const PRICING = meanings(`
  00 Not covered, priced at zero
  01 As billed
  02 By the fee schedule
  03 By a percentage of the contract
  04 Bundled
  05 By peer review
  06 By the day
  07 Flat rate
  08 Combined
  09 Maternity
  10 Other
  11 Lower of cost
  12 Ratio of cost
  13 Cost reimbursed
  14 Adjusted
`);

/** Data element 901 in HCP: why a claim was not repriced. */
export const PRICING_REJECT = meanings(`
  T1 Provider does not take part
  T2 Payer does not take part
  T3 Insured does not take part
  T4 Payer is missing
  T5 Certification is missing
  T6 Too little information to reprice
`);

/** Data element 1526: whether the policy was followed. */
export const COMPLIANCE = meanings(`
  1 Followed
  2 Not followed: no call was made
  3 Not medically necessary
  4 Not followed: other
  5 Emergency admission to a hospital outside of the network
`);

/** Data element 1527: why care outside of the network is paid. */
export const EXCEPTION = meanings(`
  1 Professional outside of the network in a hospital of the network
  2 Emergency care
  3 Service or specialist is not in the network
  4 Outside of the service area
  5 A state demands it
  6 Other
`);

/** REF*4N: why no authorization was asked. */
export const AUTHORIZATION_EXCEPTION = meanings(`
  1 Immediate or urgent care
  2 Services were rendered in a retroactive period
  3 Emergency care
  4 Client has temporary Medicaid
  5 Request from the county for a second opinion
  6 Request for an override is pending
  7 Special handling
`);

/** Whether the condition was there at admission (data element 1073 in HI). */
export const PRESENT_ON_ADMISSION = meanings(`
  N Not present at admission
  U Documentation does not tell
  W Clinically undetermined
  Y Present at admission
`);

/** Data element 1361: an area of the mouth. */
export const ORAL_CAVITY = meanings(`
  00 Whole mouth
  01 Upper jaw
  02 Lower jaw
  09 Other area
  10 Upper right quadrant
  20 Upper left quadrant
  30 Lower left quadrant
  40 Lower right quadrant
  L Left
  R Right
`);

/** Data element 1358. */
export const PROSTHESIS = meanings(`
  I First placement
  R Replacement
`);

/** Data element 1368. */
export const TOOTH_STATUS = meanings(`
  E To be extracted
  M Missing
`);

/** Data element 1369. */
export const TOOTH_SURFACE = meanings(`
  B Buccal (cheek)
  D Distal (away from the middle)
  F Facial (lip or cheek)
  I Incisal (biting edge)
  L Lingual (tongue)
  M Mesial (towards the middle)
  O Occlusal (chewing)
`);

/** Data element 1328: which diagnosis of the claim a line is about, by their order in HI. */
export const DIAGNOSIS_POINTER = meanings(`
  1 First diagnosis of the claim
  2 Second diagnosis
  3 Third diagnosis
  4 Fourth diagnosis
  5 Fifth diagnosis
  6 Sixth diagnosis
  7 Seventh diagnosis
  8 Eighth diagnosis
  9 Ninth diagnosis
  10 Tenth diagnosis
  11 Eleventh diagnosis
  12 Twelfth diagnosis
`);
