/**
 * What the codes of institutional claims mean that stand in HI, in our own words. Each is kept to
 * what a reader has to know; the whole of it stands in the manual of the NUBC.
 */
import { meanings } from "./table.ts";

/** Condition codes (HI*BG): what is true of the claim or the patient. */
export const CONDITION = meanings(`
  01 Of military service
  02 Of employment
  03 The patient has insurance that is not named here
  04 For information only
  05 A lien was filed
  06 Kidney failure, in the months in which an employer's plan pays first
  07 Hospice patient, for another illness than the terminal one
  08 Did not tell of other insurance
  09 Neither patient nor spouse is employed
  10 Employed, but without a plan of the employer
  11 Disabled, but without a plan of a large employer
  17 Has no home
  18 Kept the maiden name
  19 Child has the mother's name
  20 Billed because the patient asks for it
  21 Billed to be denied, for the next payer
  22 Takes several drugs
  23 Someone at home gives care
  24 Home infusion beside home health
  25 Lives outside of the United States
  26 Veteran who chose this facility
  27 Sent to a sole community hospital for laboratory tests
  28 Plan of the employer pays after Medicare
  29 Plan of a large employer pays after Medicare
  30 Clinical trial that qualifies
  31 Student, full time by day
  32 Student who works besides
  33 Student, full time at night
  34 Student, part time
  36 In a special unit for lack of another
  37 In a ward by own wish
  38 No semi-private room was free
  39 Private room is necessary
  40 Transferred on the day of admission
  41 Partial hospitalization
  42 Care after discharge has nothing to do with the stay
  43 Care after discharge began too late to count
  44 Admission was changed to outpatient care
  45 Gender is ambiguous
  46 Statement of non-availability is on file
  47 Came from another home health agency
  48 Residential psychiatric treatment of a child
  49 Device replaced within its life cycle
  50 Device replaced after a recall
  51 Outpatient services have nothing to do with the stay
  52 Out of the service area of the hospice
  53 First placement of a device, free or in a trial
  54 No skilled visit in the period, as policy allows
  55 No bed in skilled nursing was free
  56 Skilled nursing was not yet appropriate
  57 Back to skilled nursing within thirty days
  58 Medicare Advantage ended during the stay
  59 Dialysis elsewhere than usual
  60 Outlier by days
  61 Outlier by cost
  66 No payment as an outlier is asked for
  67 Keeps the lifetime reserve days
  68 Uses lifetime reserve days
  69 Only payment for teaching is asked for
  70 Gives the anemia drug to oneself
  71 Dialysis, full care in the unit
  72 Dialysis, self-care in the unit
  73 Dialysis, training for self-care
  74 Dialysis at home
  75 Dialysis at home, paid in full
  76 Dialysis in a facility as back-up
  77 What the first payer pays is accepted in full
  78 New coverage that the plan does not have yet
  79 Rehabilitation away from the facility
  80 Dialysis at home in a nursing facility
  81 Birth induced before 39 weeks, necessary
  82 Birth induced before 39 weeks, elective
  83 Birth at 39 weeks or later
  84 Dialysis for acute kidney injury
  85 Hospice certified late
  86 More dialysis than usual, justified
  A0 TRICARE partnership outside of its facilities
  A1 Screening of a child (EPSDT)
  A2 Program for children with handicaps
  A3 Special federal funding
  A4 Family planning
  A5 Disability
  A6 Vaccine that is paid in full
  A9 Second opinion on surgery
  AA Abortion after rape
  AB Abortion after incest
  AC Abortion for a grave defect of the fetus
  AD Abortion to save the mother's life
  AE Abortion for the mother's physical health
  AF Abortion for the mother's emotional health
  AG Abortion for social or economic reasons
  AH Elective abortion
  AI Sterilization
  AJ Payer owes the co-payment
  AK Air ambulance was necessary
  AL Bed or treatment was not available nearer
  AM Stretcher was necessary without an emergency
  AN Screening before admission is not required
  B0 Medicare coordinated care demonstration
  B1 Not eligible for the demonstration
  B2 Ambulance of a critical access hospital
  B3 Pregnant
  B4 Admitted again on the day of discharge, for something else
  C1 Review approved it as billed
  C2 Approved without review
  C3 Review approved it in part
  C4 Review denied it
  C5 Review follows payment
  C6 Review before admission is asked for
  C7 Review extended the stay
  D0 Changes dates of service
  D1 Changes charges
  D2 Changes revenue or procedure codes
  D3 Second or later interim bill
  D4 Changes diagnoses or procedures
  D5 Cancels, the number of the insured or provider was wrong
  D6 Cancels, to pay back a duplicate or overpayment
  D7 Changes so that Medicare is secondary
  D8 Changes so that Medicare is primary
  D9 Changes something else
  DR Of a disaster
  E0 Changes how the patient left
  G0 Another visit on the same day, for something else
  H0 Filed late, the intent was announced
  H2 Hospice discharged the patient for cause
  P1 Order not to resuscitate
  P7 Admitted through the emergency room
  W2 Duplicate of an original bill
  W3 Appeal, first level
  W4 Appeal, second level
  W5 Appeal, third level
`);

/** Occurrence codes (HI*BH): what happened on the day beside it. */
export const OCCURRENCE = meanings(`
  01 Accident, medical payments cover it
  02 Accident, no-fault insurance
  03 Accident, someone else is liable
  04 Accident at work
  05 Accident, nobody's insurance covers it
  06 Victim of a crime
  09 Infertility treatment began
  10 Last menstrual period
  11 Illness began
  12 Dependence on care began
  16 Last therapy
  17 Plan of occupational therapy was made or reviewed
  18 Patient retired
  19 Spouse retired
  20 Guarantee of payment began
  21 Notice of the review came
  22 Active care ended
  24 Another insurance denied
  25 Benefits of the first payer ended
  26 Bed in skilled nursing became free
  27 Hospice was certified
  28 Plan of comprehensive rehabilitation was made or reviewed
  29 Plan of physical therapy was made or reviewed
  30 Plan of speech therapy was made or reviewed
  31 Patient was told that the stay will be billed
  32 Patient was told that treatment will be billed
  33 Kidney failure, coordination of benefits began
  34 Extended care was chosen
  35 Physical therapy began
  36 Discharge after a covered transplant
  37 Discharge after a transplant that is not covered
  38 Home infusion began
  39 Discharge with an infusion that goes on
  40 Admission is scheduled
  41 First test before admission
  42 Discharge
  43 Surgery that was called off
  44 Occupational therapy began
  45 Speech therapy began
  46 Cardiac rehabilitation began
  47 Outlier by cost begins
  50 Assessment
  51 Last measure of dialysis (Kt/V)
  52 Medical certification
  54 Last visit of the physician
  55 Died
  A1 Birth of the first insured
  A2 First policy began
  A3 First payer's benefits were used up
  A4 Bill is split here
  B1 Birth of the second insured
  B2 Second policy began
  B3 Second payer's benefits were used up
  C1 Birth of the third insured
  C2 Third policy began
  C3 Third payer's benefits were used up
`);

/** Occurrence span codes (HI*BI): what the days beside it are. */
export const OCCURRENCE_SPAN = meanings(`
  70 Stay that opens the right to skilled nursing
  71 Earlier stay
  72 First and last visit
  73 Eligible for benefits
  74 Not covered, or on leave
  75 Skilled nursing care in a hospital
  76 Patient has to pay
  77 Provider has to bear it
  78 Earlier stay in skilled nursing
  79 For the payer's use
  80 Earlier stay in the same skilled nursing facility
  81 Before birth, at a lower level of care
  82 Hospital care at home
  M0 Stay that the review approved
  M1 Provider has to bear it, no days are used up
  M2 Inpatient respite
  M3 Intermediate care
  M4 Residential care
`);

/** Value codes (HI*BE): what the amount or number beside it is. */
export const VALUE = meanings(`
  01 Usual semi-private rate
  02 Hospital has no semi-private rooms
  04 Professional fees billed together
  05 Professional fees included and billed besides
  06 Blood deductible
  08 Lifetime reserve days, first year
  09 Co-insurance, first year
  10 Lifetime reserve days, second year
  11 Co-insurance, second year
  12 Paid by the plan of a working aged
  13 Paid by an employer's plan, kidney failure
  14 Paid by no-fault insurance
  15 Paid by workers' compensation
  16 Paid by another federal agency
  21 Catastrophic (Medicaid)
  22 Surplus (Medicaid)
  23 Monthly income (Medicaid)
  24 Rate code of Medicaid
  25 Patient's share kept for drugs
  26 Patient's share kept for hearing
  27 Patient's share kept for vision
  28 Patient's share kept for teeth
  29 Patient's share kept for chiropractic
  30 Tests before admission
  31 Patient agreed to pay
  32 Patients in the ambulance
  33 Patient's share kept for podiatry
  34 Patient's share kept for other care
  35 Patient's share kept for premiums
  37 Pints of blood given
  38 Pints of blood in the deductible
  39 Pints of blood replaced
  40 New coverage that the plan does not have yet
  41 Paid by Black Lung
  42 Paid by Veterans Affairs
  43 Paid by a large employer's plan, disabled
  44 Accepted from the first payer as payment in full
  45 Hour of the accident
  46 Days of grace
  47 Paid by liability insurance
  48 Hemoglobin
  49 Hematocrit
  50 Visits of physical therapy
  51 Visits of occupational therapy
  52 Visits of speech therapy
  53 Visits of cardiac rehabilitation
  54 Birth weight in grams
  55 Threshold of charity care
  56 Hours of nursing at home
  57 Hours of an aide at home
  58 Oxygen pressure in the blood
  59 Oxygen saturation
  60 Area of the home health branch
  61 Area in which care is given
  66 Spend-down of Medicaid
  67 Hours of peritoneal dialysis
  68 Units of the anemia drug
  69 State's share of charity care
  80 Days covered
  81 Days not covered
  82 Days with co-insurance
  83 Lifetime reserve days
  85 County in which care is given
  A0 ZIP code where the ambulance came
  A1 Deductible of the first payer
  A2 Co-insurance of the first payer
  A3 First payer's estimated share
  A4 Drugs that one may take oneself, in an emergency
  A5 Drugs that one may take oneself, in another form
  A6 Drugs that one may take oneself, for a diagnosis
  A7 Co-payment of the first payer
  A8 Weight in kilograms
  A9 Height in centimeters
  AA Surcharge of the first payer
  AB Other assessment of the first payer
  B1 Deductible of the second payer
  B2 Co-insurance of the second payer
  B3 Second payer's estimated share
  B7 Co-payment of the second payer
  BA Surcharge of the second payer
  BB Other assessment of the second payer
  C1 Deductible of the third payer
  C2 Co-insurance of the third payer
  C3 Third payer's estimated share
  C7 Co-payment of the third payer
  CA Surcharge of the third payer
  CB Other assessment of the third payer
  D3 Patient's estimated share
  D4 Number of the clinical trial
  D5 Last measure of dialysis (Kt/V)
  FC Paid by the patient
  FD Credit for a replaced device
  G8 Area in which inpatient hospice care is given
  Y1 Demonstration, part A
  Y2 Demonstration, part B
  Y3 Demonstration, co-insurance of part B
  Y4 Demonstration, what would have been paid otherwise
`);
