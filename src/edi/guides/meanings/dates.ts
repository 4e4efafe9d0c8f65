/** What the qualifiers of dates and of their formats mean. */
import { meanings } from "./table.ts";

/** Data element 374: what a date is the date of. */
export const DATE = meanings(`
  009 Processed
  011 Shipped
  036 Coverage ended
  050 Received
  090 Report began (care assumed)
  091 Report ended (care relinquished)
  096 Discharge
  102 Issued
  150 Service began
  151 Service ended
  152 Effective date of a change
  193 Period began
  194 Period ended
  196 Treatment began
  198 Treatment completed
  232 Statement from
  233 Statement to
  290 Coordination of benefits
  291 Plan
  292 Benefit
  295 Primary care provider
  296 Return to work
  297 Last worked
  304 Last visit
  307 Eligibility
  314 Disability
  318 Added
  340 COBRA began
  341 COBRA ended
  342 Premium paid to, begin
  343 Premium paid to, end
  346 Plan began
  347 Plan ended
  348 Benefit began
  349 Benefit ended
  356 Eligibility began
  357 Eligibility ended
  360 Disability began
  361 Disability ended
  382 Enrollment
  405 Production
  431 Onset of the present symptoms or illness
  434 Statement
  435 Admission
  439 Accident
  441 Prior placement
  442 Death
  444 First contact
  446 Replacement
  452 Appliance placement
  453 Acute manifestation of a chronic condition
  454 Initial treatment
  455 Last X-ray
  458 Certification
  461 Last certification
  463 Therapy began
  471 Prescription
  472 Service
  484 Last menstrual period
  539 Policy effective
  540 Policy expired
  573 Claim paid
  607 Certification revised
  636 Last update
  738 Most recent hemoglobin or hematocrit
  739 Most recent serum creatine
  771 Status
`);

/** Data element 1250: how the date behind it is written. */
export const DATE_FORMAT = meanings(`
  D8 A day: CCYYMMDD
  DT A day and time: CCYYMMDDHHMM
  RD8 A range of days: CCYYMMDD-CCYYMMDD
  TM A time: HHMM
`);
