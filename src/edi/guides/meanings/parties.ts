/** What codes about people and organizations mean: roles, identifiers, relationships, contacts. */
import { meanings } from "./table.ts";

/** Data element 98: the role in which someone is named. */
export const ROLE = meanings(`
  03 Dependent
  13 Service provider under contract
  17 Consultant's office
  1E Health maintenance organization
  1G Oncology center
  1H Dialysis unit
  1I Preferred provider organization
  1O Acute care hospital
  1P Provider
  1Q Military facility
  1R University, college or school
  1S Outpatient surgery center
  1T Physician, clinic or group practice
  1U Long-term care facility
  1V Extended care facility
  1W Psychiatric facility
  1X Laboratory
  1Y Retail pharmacy
  1Z Home health care
  28 Subcontractor
  2A Facility of a government
  2B Third-party administrator
  2D Other health care facility
  2E Other facility, not of health care
  2I Facility run by a church
  2K Partnership
  2P Public Health Service facility
  2Q Veterans Affairs facility
  2S Indian Health Service facility
  2Z Hospital unit within an institution
  30 Service supplier
  36 Employer
  3A Hospital unit for people with intellectual disabilities
  3C Tuberculosis and respiratory disease facility
  3D Obstetrics and gynecology facility
  3E Eye, ear, nose and throat facility
  3F Rehabilitation facility
  3G Orthopedic facility
  3H Chronic disease facility
  3I Other specialty facility
  3J Children's general facility
  3K Children's hospital unit within an institution
  3L Children's psychiatric facility
  3M Children's tuberculosis and respiratory disease facility
  3N Children's eye, ear, nose and throat facility
  3O Children's rehabilitation facility
  3P Children's orthopedic facility
  3Q Children's chronic disease facility
  3R Children's other specialty facility
  3S Institution for people with intellectual disabilities
  3T Facility for alcohol and drug dependency
  3U General inpatient care for AIDS
  3V AIDS unit
  3W Outpatient program for AIDS
  3X Inpatient unit for alcohol and drug dependency
  3Y Outpatient services for alcohol and drug dependency
  3Z Arthritis treatment center
  40 Receiver of the transmission
  41 Submitter of the transmission
  43 Representative whom the claimant authorized
  44 Data processing bureau
  45 Place of drop-off
  4A Birthing room
  4B Burn unit
  4C Heart catheterization laboratory
  4D Open-heart surgery facility
  4E Cardiac intensive care unit
  4F Angioplasty facility
  4G Facility for chronic obstructive lung disease
  4H Emergency department
  4I Trauma center
  4J Shock-wave lithotripsy unit
  4L Genetic counseling and screening
  4M Adult day care
  4N Alzheimer's diagnosis and assessment
  4O Geriatric assessment facility
  4P Geriatric emergency response unit
  4Q Geriatric acute care unit
  4R Geriatric clinic
  4S Respite care facility
  4U Patient education unit
  4V Community health promotion
  4W Worksite health promotion
  4X Hemodialysis facility
  4Y Home health services
  4Z Hospice
  5A Intensive care unit
  5B Histopathology laboratory
  5C Blood bank
  5D Neonatal intensive care unit
  5E Obstetrics unit
  5F Occupational health services
  5G Organized outpatient services
  5H Pediatric acute inpatient unit
  5I Psychiatric services for children and adolescents
  5J Psychiatric consultation
  5K Psychiatric education
  5L Psychiatric emergency services
  5M Geriatric psychiatry
  5N Psychiatric inpatient unit
  5O Psychiatric outpatient services
  5P Psychiatric partial hospitalization
  5Q Megavoltage radiation therapy unit
  5R Radioactive implant unit
  5S Therapeutic radioisotope facility
  5T X-ray therapy unit
  5U CT scanner unit
  5V Diagnostic radioisotope facility
  5W Magnetic resonance imaging facility
  5X Ultrasound unit
  5Y Rehabilitation inpatient unit
  5Z Rehabilitation outpatient services
  61 Where the work was performed
  6A Reproductive health services
  6B Skilled nursing or other long-term care unit
  6C Single photon emission tomography unit
  6D Social work facility
  6E Outpatient social work
  6F Social work of an emergency department
  6G Sports medicine
  6H Hospital auxiliary unit
  6I Patient representative
  6J Volunteer services
  6K Outpatient surgery
  6L Organ and tissue transplant unit
  6M Orthopedic surgery facility
  6N Occupational therapy
  6O Physical therapy
  6P Recreational therapy
  6Q Respiratory therapy
  6R Speech therapy
  6S Women's health center
  6U Cardiac rehabilitation program
  6V Non-invasive cardiac assessment
  6W Emergency medical technician
  6X Disciplinary contact
  6Y Case manager
  71 Attending physician
  72 Operating physician
  73 Other physician
  74 Corrected patient or insured
  77 Place of service
  7C Place of the occurrence
  80 Hospital
  82 Rendering provider
  84 Subscriber's employer
  85 Billing provider
  87 Pay-to provider
  95 Research institute
  AY Clearinghouse
  CK Pharmacist
  CZ Admitting surgeon
  D2 Commercial insurer
  DD Assistant surgeon
  DJ Consulting physician
  DK Ordering provider
  DN Referring provider
  DO Dependent
  DQ Supervising provider
  E1 Legally responsible for a child
  E2 With whom a child lives
  E7 Earlier employer
  E9 Participating laboratory
  FA Facility
  FD Street address
  FE Mailing address
  G0 Insured dependent
  G3 Clinic
  GB Other insured
  GD Guardian
  GI Paramedic
  GJ Paramedical company
  GK Earlier insured
  GM Insured spouse
  GP Gateway provider
  GW Group
  GY Treatment facility
  HF Facility in a shortage area
  HH Home health agency
  HK Subscriber
  I3 Independent physicians association
  IJ Place of injection
  IL Insured or subscriber
  IN Insurer
  LI Independent laboratory
  LR Legal representative
  MR Medical insurance carrier
  MSC Mammography screening center
  OB Ordered by
  OC Origin carrier
  OD Optometrist
  OX Oxygen therapy facility
  P0 Patient's facility
  P2 Primary insured
  P3 Primary care provider
  P4 Earlier insurer
  P5 Plan sponsor
  P6 Preferred provider organization that reviews
  P7 Preferred provider organization that reprices
  PE Payee
  PR Payer
  PRP Primary payer
  PT Receiver of a test report
  PV Who certifies
  PW Place of pick-up
  QA Pharmacy
  QB Provider of a purchased service
  QC Patient
  QD Responsible party
  QE Policyholder
  QH Physician
  QK Managed care
  QL Chiropractor
  QN Dentist
  QO Doctor of osteopathy
  QS Podiatrist
  QV Group practice
  QY Medical doctor
  RC Receiving location
  RW Rural health clinic
  S4 Skilled nursing facility
  SEP Secondary payer
  SJ Service provider
  SU Supplier or manufacturer
  T4 Transfer point
  TL Testing laboratory
  TQ Organization that reviews
  TT Payer to which it was passed on
  TTP Tertiary payer
  TU Organization that reprices
  UH Nursing home
  VER Who verified
  VN Vendor
  VY Organization that completes a change of ownership
  X3 Utilization management organization
  X4 Spouse
  X5 Supplier of durable medical equipment
  Y2 Managed care organization
  ZZ Other operating physician
`);

/** Data element 1065. */
export const PERSON_OR_ORGANIZATION = meanings(`
  1 Person
  2 Organization
`);

/** Data element 66: what kind of identifier stands behind it. */
export const IDENTIFIER = meanings(`
  24 Employer identification number
  34 Social security number
  46 Electronic transmitter number
  AC Attachment control number
  AD Blue Cross Blue Shield plan code
  BD Blue Cross provider number
  BS Blue Shield provider number
  C Changed number of the insured
  FA Facility number
  FI Federal tax number
  HN Health insurance claim number (Medicare)
  II Unique identifier of a person in health care
  MC Medicaid provider number
  MI Member number
  MR Medicaid recipient number
  NI National Association of Insurance Commissioners number
  PC Provider's commercial number
  PI Payer number
  PP Pharmacy processor number
  SL State license number
  SV Service provider number
  UP Unique physician identification number
  XV National plan identifier
  XX National provider identifier (NPI)
`);

/** Data element 1069: what someone is to the insured. */
export const RELATIONSHIP = meanings(`
  01 Spouse
  18 Self
  19 Child
  20 Employee
  21 Unknown
  34 Other adult
  39 Organ donor
  40 Cadaver donor
  53 Life partner
  G8 Other relationship
`);

/** Data element 706: what a related person or organization is to the member. */
export const RELATED_ENTITY = meanings(`
  01 Parent
  02 Child
  27 Domestic partner
  41 Spouse
  48 Employee
  65 Other
  72 Unknown
`);

/** Data element 365: how somebody is reached. */
export const CONTACT_NUMBER = meanings(`
  ED Electronic data interchange number
  EM E-mail
  EX Extension
  FX Fax
  TE Telephone
  UR Web address
  WP Telephone at work
`);

/** Data element 366. */
export const CONTACT_PURPOSE = meanings(`
  BL Technical department
  CX Claims department
  IC Information
`);

/** Data element 1221: which part a provider has in the care. */
export const PROVIDER_ROLE = meanings(`
  AD Admitting
  AS Assistant surgeon
  AT Attending
  BI Billing
  CO Consulting
  CV Covering
  H Hospital
  HH Home health
  LA Laboratory
  OT Other physician
  P1 Pharmacist
  P2 Pharmacy
  PC Primary care
  PE Performing
  R Rural health clinic
  RF Referring
  SB Submitting
  SK Skilled nursing facility
  SU Supervising
`);

/** Data element 1068. */
export const SEX = meanings(`
  F Female
  M Male
  U Unknown
`);

/** Data element 735: what a hierarchical level stands for. */
export const LEVEL = meanings(`
  19 Provider of service
  20 Source of the information
  21 Receiver of the information
  22 Subscriber
  23 Dependent
  PT Patient
`);

/** Data element 736. */
export const CHILDREN = meanings(`
  0 No level stands below
  1 Further levels stand below
`);

/** Data element 1073. */
export const YES_NO = meanings(`
  N No
  U Unknown
  W Not applicable
  Y Yes
`);
