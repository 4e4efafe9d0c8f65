/** What the qualifiers of amounts, quantities and units mean. */
import { meanings } from "./table.ts";

/** Data element 522: what an amount is. */
export const AMOUNT = meanings(`
  A8 Not covered
  AU Covered
  B6 Allowed
  D Paid by the payer
  D8 Discount
  DY Per day limit
  EAF Owed by the patient
  F3 Patient responsibility, estimated
  F4 Postage claimed
  F5 Paid by the patient
  GT Goods and services tax
  I Interest
  KH Deduction (late filing)
  N8 Miscellaneous taxes (of the facility)
  NL Negative ledger balance
  PB Billed, for the spend-down
  R Spend-down
  T Tax
  T2 Total claim before taxes
  T3 Total charge
  YU In process (accepted)
  YY Returned (rejected)
  ZK Federal Medicare or Medicaid payment, category 1
  ZL Federal Medicare or Medicaid payment, category 2
  ZM Federal Medicare or Medicaid payment, category 3
  ZN Federal Medicare or Medicaid payment, category 4
  ZO Federal Medicare or Medicaid payment, category 5
`);

/** Data element 673: what a quantity counts. */
export const QUANTITY = meanings(`
  8H Minimum
  90 Acknowledged
  99 Used
  AA Not acknowledged
  CA Covered, actual
  CD Co-insured, actual
  CE Covered, estimated
  D3 Co-insurance days
  DB Blood deductible units
  DY Days
  FL Units
  HS Hours
  LA Lifetime reserve, actual
  LE Lifetime reserve, estimated
  M2 Maximum
  MN Month
  NE Not covered, estimated
  NR Not replaced blood units
  OU Outlier days
  P6 Services or procedures
  PS Prescription
  PT Patients
  QA Approved
  QC Disapproved
  S7 Age, highest
  S8 Age, lowest
  VS Visits
  YY Years
  ZK Federal Medicare or Medicaid payment, category 1
  ZL Federal Medicare or Medicaid payment, category 2
  ZM Federal Medicare or Medicaid payment, category 3
  ZN Federal Medicare or Medicaid payment, category 4
  ZO Federal Medicare or Medicaid payment, category 5
`);

/** Data element 355: the unit in which something is measured. */
export const UNIT = meanings(`
  01 Actual pounds
  DA Days
  DH Miles
  F2 International unit
  GR Gram
  LB Pound
  ME Milligram
  MJ Minutes
  ML Milliliter
  MO Months
  UN Units
  VS Visits
  WK Weeks
  YR Years
`);
