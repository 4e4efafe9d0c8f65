/** What the codes of eligibility requests and responses (270, 271) mean. */
import { meanings } from "./table.ts";

/** Data element 1365: the kind of service that a benefit is of. */
export const SERVICE_TYPE = meanings(`
  1 Medical care
  2 Surgery
  3 Consultation
  4 Diagnostic X-ray
  5 Diagnostic laboratory
  6 Radiation therapy
  7 Anesthesia
  8 Assistance at surgery
  9 Other medical
  10 Blood charges
  11 Used durable medical equipment
  12 Durable medical equipment, purchase
  13 Facility of an ambulatory surgery center
  14 Supplies for kidneys at home
  15 Alternative method of dialysis
  16 Equipment for chronic kidney disease
  17 Testing before admission
  18 Durable medical equipment, rental
  19 Pneumonia vaccine
  20 Second surgical opinion
  21 Third surgical opinion
  22 Social work
  23 Diagnostic dental
  24 Periodontics
  25 Dental restoration
  26 Endodontics
  27 Maxillofacial prosthetics
  28 Other dental services
  30 Coverage of the plan
  32 Waiting period of the plan
  33 Chiropractic
  34 Chiropractic office visits
  35 Dental care
  36 Dental crowns
  37 Dental accident
  38 Orthodontics
  39 Prosthodontics
  40 Oral surgery
  41 Preventive dental
  42 Home health care
  43 Home health prescriptions
  44 Home health visits
  45 Hospice
  46 Respite care
  47 Hospital
  48 Hospital, inpatient
  49 Hospital, room and board
  50 Hospital, outpatient
  51 Hospital, emergency accident
  52 Hospital, emergency medical
  53 Hospital, ambulatory surgery
  54 Long-term care
  55 Major medical
  56 Medically related transportation
  57 Air transportation
  58 Cab transportation
  59 Licensed ambulance
  60 General benefits
  61 In-vitro fertilization
  62 Magnetic resonance and CT scan
  63 Donor procedures
  64 Acupuncture
  65 Care of newborns
  66 Pathology
  67 Stopping smoking
  68 Care of well babies
  69 Maternity
  70 Transplants
  71 Audiology
  72 Inhalation therapy
  73 Diagnostic medical
  74 Private duty nursing
  75 Prosthetic device
  76 Dialysis
  77 Ear examination
  78 Chemotherapy
  79 Allergy testing
  80 Immunizations
  81 Routine physical
  82 Family planning
  83 Infertility
  84 Abortion
  85 AIDS
  86 Emergency services
  87 Cancer
  88 Pharmacy
  89 Prescription drugs by mail free of charge
  90 Prescription drugs by mail
  91 Brand name drugs
  92 Generic drugs
  93 Podiatry
  94 Podiatry office visits
  95 Podiatry nursing home visits
  96 Professional (physician)
  97 Anesthesiologist
  98 Professional visit, office
  99 Professional visit, inpatient
  A0 Professional visit, outpatient
  A1 Professional visit, nursing home
  A2 Professional visit, skilled nursing facility
  A3 Professional visit, home
  A4 Psychiatric
  A5 Psychiatric room and board
  A6 Psychotherapy
  A7 Psychiatric inpatient
  A8 Psychiatric outpatient
  A9 Rehabilitation
  AA Rehabilitation room and board
  AB Rehabilitation inpatient
  AC Rehabilitation outpatient
  AD Occupational therapy
  AE Physical medicine
  AF Speech therapy
  AG Skilled nursing care
  AH Skilled nursing room and board
  AI Substance abuse
  AJ Alcoholism
  AK Drug addiction
  AL Vision
  AM Glasses frames
  AN Routine eye examination
  AO Glasses lenses
  AQ Eye examination that is not medically necessary
  AR Experimental drug therapy
  B1 Burn care
  B2 Brand name drugs on the formulary
  B3 Brand name drugs off the formulary
  BA Independent medical evaluation
  BB Partial hospitalization, psychiatric
  BC Day care, psychiatric
  BD Cognitive therapy
  BE Massage therapy
  BF Pulmonary rehabilitation
  BG Cardiac rehabilitation
  BH Pediatrics
  BI Nursery
  BJ Skin
  BK Orthopedics
  BL Heart
  BM Lymphatic
  BN Gastrointestinal
  BP Endocrine
  BQ Nerves
  BR Eye
  BS Invasive procedures
  BT Gynecology
  BU Obstetrics
  BV Obstetrics and gynecology
  BW Mail order brand name drugs
  BX Mail order generic drugs
  BY Physician visit, office: sick
  BZ Physician visit, office: well
  C1 Coronary care
  CA Private duty nursing, inpatient
  CB Private duty nursing, home
  CC Surgical benefits, professional
  CD Surgical benefits, facility
  CE Mental health provider, inpatient
  CF Mental health provider, outpatient
  CG Mental health facility, inpatient
  CH Mental health facility, outpatient
  CI Substance abuse facility, inpatient
  CJ Substance abuse facility, outpatient
  CK Screening X-ray
  CL Screening laboratory
  CM Mammogram, high-risk patient
  CN Mammogram, low-risk patient
  CO Flu vaccination
  CP Glasses and accessories
  CQ Case management
  DG Dermatology
  DM Durable medical equipment
  DS Diabetic supplies
  GF Generic drugs on the formulary
  GN Generic drugs off the formulary
  GY Allergy
  IC Intensive care
  MH Mental health
  NI Neonatal intensive care
  ON Oncology
  PT Physical therapy
  PU Pulmonary
  RN Kidney
  RT Residential psychiatric treatment
  TC Transitional care
  TN Transitional nursery care
  UC Urgent care
`);

/** Data element 1390: what EB tells of the coverage. */
export const BENEFIT = meanings(`
  1 Active coverage
  2 Active, full risk capitation
  3 Active, services capitated
  4 Active, services capitated to the primary care physician
  5 Active, pending investigation
  6 Inactive
  7 Inactive, pending an update of eligibility
  8 Inactive, pending investigation
  A Co-insurance
  B Co-payment
  C Deductible
  CB Basis of the coverage
  D Description of the benefit
  E Exclusions
  F Limits
  G Out-of-pocket maximum
  H Unlimited
  I Not covered
  J Cost containment
  K Reserve
  L Primary care provider
  M Pre-existing condition
  MC Managed care coordinator
  N Services restricted to a provider
  O Not deemed medically necessary
  P Disclaimer
  Q Second surgical opinion required
  R Other or further payer
  S History of earlier years
  T Card reported lost or stolen
  U Contact whom the entity names
  V Cannot be processed
  W Other source of data
  X Health care facility
  Y Spend-down
`);

/** Data element 1207: who of the family is covered. */
export const COVERAGE_LEVEL = meanings(`
  CHD Children only
  DEP Dependents only
  ECH Employee and children
  EMP Employee only
  ESP Employee and spouse
  FAM Family
  IND Individual
  SPC Spouse and children
  SPO Spouse only
`);

/** Data element 901 in AAA: why a request was refused. */
export const REFUSAL = meanings(`
  04 Authorized number of requests exceeded
  15 Required data are missing
  33 Errors in the input
  35 Out of network
  41 Access is restricted
  42 Unable to respond now
  43 Provider's identification is missing or wrong
  44 Provider's name is missing or wrong
  45 Provider's specialty is missing or wrong
  46 Provider's telephone number is missing or wrong
  47 Provider's state is missing or wrong
  48 Referring provider's identification is missing or wrong
  49 Provider is not the primary care physician
  50 Provider may not ask
  51 Provider is not on file
  52 Service is not within the provider's enrollment
  53 Benefit does not fit the kind of provider
  54 Kind of service code does not fit
  55 Service code does not fit
  56 Date does not fit
  57 Date of service is missing or wrong
  58 Date of birth is missing or wrong
  60 Birth is after the service
  61 Death is before the service
  62 Service is outside of the time that may be asked for
  63 Service is in the future
  64 Patient's identification is missing or wrong
  65 Patient's name is missing or wrong
  66 Patient's sex is missing or wrong
  67 Patient was not found
  68 Patient's identification is there twice
  69 Does not fit the patient's age
  70 Does not fit the patient's sex
  71 Date of birth differs from the one on file
  72 Subscriber's identification is missing or wrong
  73 Subscriber's name is missing or wrong
  74 Subscriber's sex is missing or wrong
  75 Subscriber was not found
  76 Subscriber's identification is there twice
  77 Subscriber was found, the patient was not
  78 Subscriber is not in the group or plan
  79 Participant's identification is wrong
  80 No response came
  97 Provider's address is missing or wrong
  98 Experimental service
  AA Authorization number was not found
  AE Authorization by the primary care physician is required
  AF Diagnosis is missing or wrong
  AG Procedure is missing or wrong
  AO More on the patient's condition is required
  CI Certification does not fit the patient
  E8 Medical review is required
  IA Authorization number is not well formed
  MA Authorization number is missing
  T4 Payer is missing
`);

/** Data element 889: what to do after a refusal. */
export const FOLLOW_UP = meanings(`
  C Correct it and send it again
  N Do not send it again
  P Send the original again
  R It may be sent again
  S Do not send it again: another party is being asked
  W Wait 30 days and send it again
  X Wait 10 days and send it again
  Y Do not send it again: an answer will come
`);

/** Data element 875 and 1203: why a membership changed. */
export const MAINTENANCE = meanings(`
  001 Change
  25 Change of identifying data
`);

/** Data element 678: on which days a service is delivered. */
export const DELIVERY_DAYS = meanings(`
  1 First week of the month
  2 Second week of the month
  3 Third week of the month
  4 Fourth week of the month
  5 Fifth week of the month
  6 First and third weeks of the month
  7 Second and fourth weeks of the month
  8 First working day of the period
  9 Last working day of the period
  A Monday to Friday
  B Monday to Saturday
  C Monday to Sunday
  D Monday
  E Tuesday
  F Wednesday
  G Thursday
  H Friday
  J Saturday
  K Sunday
  L Monday to Thursday
  M At once
  N As directed
  O Every day, Monday to Friday
  P Half on Monday, half on Thursday
  Q Half on Tuesday, half on Thursday
  R Half on Wednesday, half on Friday
  S Once, any day from Monday to Friday
  SG Tuesday to Friday
  SL Monday, Tuesday and Thursday
  SP Monday, Tuesday and Friday
  SX Wednesday and Thursday
  SY Monday, Wednesday and Thursday
  SZ Tuesday, Thursday and Friday
  T Half on Tuesday, half on Friday
  U Half on Monday, half on Wednesday
  V A third each on Monday, Wednesday and Friday
  W When needed
  X Half by Wednesday, the rest by Friday
  Y None
`);

/** Data element 679: at which time of the day a service is delivered. */
export const DELIVERY_TIME = meanings(`
  A First shift
  B Second shift
  C Third shift
  D Morning
  E Afternoon
  F As directed
  G Any shift
  Y None
`);

/** Data element 933 in III: what kind of finding it is. */
export const BODY_PART = meanings(`
  44 Nature of the injury
`);

/** N405: what the location behind it is. */
export const LOCATION = meanings(`
  RJ Region of the Defense Department's health services
`);

/** Data element 1201: how recent what is told of the service is. */
export const INFORMATION_STATUS = meanings(`
  A Partial
  C Current
  L Latest
  O Oldest
  P Prior
  S Second latest
  T Third latest
`);

/** Data element 584 in MPI: in what capacity someone serves. */
export const SERVICE_STATUS = meanings(`
  AE Active reserve
  AO Active, overseas
  AS Student of an academy
  AT Appointed by the President
  AU Active, within the United States
  CC Contractor
  DD Dishonorably discharged
  HD Honorably discharged
  IR Inactive reserve
  LX On military leave
  PE Plans to enlist
  RE Recommissioned
  RM Retired, overseas
  RR Retired without recall
  RU Retired, within the United States
`);

/** Data element 1595: with which service. */
export const MILITARY_SERVICE = meanings(`
  A Air Force
  B Air Force Reserve
  C Army
  D Army Reserve
  E Coast Guard
  F Marine Corps
  G Marine Corps Reserve
  H National Guard
  I Navy
  J Navy Reserve
  K Other
  L Peace Corps
  M Regular armed forces
  N Reserves
  O Public Health Service
  Q Foreign military
  R Red Cross
  S Department of Defense
  U United Services Organization
  W Military Sealift Command
`);

/** Data element 1596: military rank. */
export const RANK = meanings(`
  A1 Admiral
  A2 Airman
  A3 Airman first class
  B1 Basic airman
  B2 Brigadier general
  C1 Captain
  C2 Chief master sergeant
  C3 Chief petty officer
  C4 Chief warrant
  C5 Colonel
  C6 Commander
  C7 Commodore
  C8 Corporal
  C9 Corporal, specialist 4
  E1 Ensign
  F1 First lieutenant
  F2 First sergeant
  F3 First sergeant, master sergeant
  F4 Fleet admiral
  G1 General
  G4 Gunnery sergeant
  L1 Lance corporal
  L2 Lieutenant
  L3 Lieutenant colonel
  L4 Lieutenant commander
  L5 Lieutenant general
  L6 Lieutenant junior grade
  M1 Major
  M2 Major general
  M3 Master chief petty officer
  M4 Master gunnery sergeant major
  M5 Master sergeant
  M6 Master sergeant, specialist 8
  P1 Petty officer first class
  P2 Petty officer second class
  P3 Petty officer third class
  P4 Private
  P5 Private first class
  R1 Rear admiral
  R2 Recruit
  S1 Seaman
  S2 Seaman apprentice
  S3 Seaman recruit
  S4 Second lieutenant
  S5 Senior chief petty officer
  S6 Senior master sergeant
  S7 Sergeant
  S8 Sergeant first class, specialist 7
  S9 Sergeant major, specialist 9
  SA Sergeant, specialist 5
  SB Staff sergeant
  SC Staff sergeant, specialist 6
  T1 Technical sergeant
  V1 Vice admiral
  W1 Warrant officer
`);

/** Data element 615: the span of time that a benefit covers. */
export const TIME_PERIOD = meanings(`
  6 Hour
  7 Day
  13 24 hours
  21 Years
  22 Service year
  23 Calendar year
  24 Year to date
  25 Contract
  26 Episode
  27 Visit
  28 Outlier
  29 Remaining
  30 Exceeded
  31 Not exceeded
  32 Lifetime
  33 Lifetime, remaining
  34 Month
  35 Week
  36 Admission
`);
