/** What the qualifiers of reference numbers mean (data element 128). */
import { meanings } from "./table.ts";

/** Data element 128: what a reference number is. */
export const REFERENCE = meanings(`
  0B State license number
  0K Policy form (health care policy of the payer)
  18 Plan number
  1A Blue Cross provider number
  1B Blue Shield provider number
  1C Medicare provider number
  1D Medicaid provider number
  1G Unique physician identification number (UPIN)
  1H CHAMPUS number
  1J Facility number
  1K Payer claim control number
  1L Group or policy number
  1S Ambulatory patient group number
  1W Member number
  23 Client number
  28 Employee number
  2U Payer number
  3H Case number
  49 Family unit number
  4A Personal identification number
  4N Why no authorization was asked
  6P Group number
  6R Line item control number
  9A Repriced claim number
  9B Repriced line number
  9C Adjusted repriced claim number
  9D Adjusted repriced line number
  9F Referral number
  9K Servicer
  ALS Alternative list
  APC Ambulatory payment classification
  BB Authorization number
  BLT Type of bill
  BT Batch number
  CE Class of contract
  CLI Coverage list
  CT Contract number
  D3 National pharmacy number
  D9 Clearinghouse's claim number
  E9 Attachment code
  EA Medical record number
  EI Employer identification number
  EJ Patient account number
  EL Electronic device PIN number
  EO Submitter number
  EV Receiver number
  EW Mammography certification
  F2 Version of the software
  F4 Facility certification (CLIA of the laboratory referred to)
  F5 Medicare version (section 4081 crossover)
  F6 Health insurance claim number (Medicare)
  F8 Original reference (payer claim control number)
  FJ Line item control number
  FO Drug formulary number
  FY Claim office number
  G1 Prior authorization number
  G2 Number that the payer gave the provider
  G3 Predetermination number
  G4 Peer review approval number
  GH Identification card number
  HI Health industry number
  HJ Identity card number
  HPI National provider identifier (NPI)
  IF Issue number
  IG Insurance policy number
  JD User identification
  LU Location number
  LX Investigational device exemption
  M7 Medical assistance category
  MRC Eligibility category
  N5 Provider's plan network number
  N6 Plan network number
  N7 Facility network number
  NF National Association of Insurance Commissioners number
  NQ Medicaid recipient number
  P4 Project code
  PQ Payee number
  PXC Provider taxonomy
  Q4 Earlier number
  RB Rate code
  SY Social security number
  T4 Signal code (claim adjusted)
  TJ Federal taxpayer number
  VV Voucher
  VY Link sequence number
  X4 CLIA number
  XZ Pharmacy prescription number
  Y4 Agency claim number (property and casualty)
`);

/** Data element 481: whose reference a trace number is. */
export const TRACE = meanings(`
  1 Of this transaction
  2 Of the transaction that is answered
`);
