/** What revenue codes are about, in our own words. */
import { meanings } from "./table.ts";

/** By their first three digits, which name the category; with four where one says much more. */
export const REVENUE = meanings(`
  0001 Total of the charges
  0022 Skilled nursing, by its payment group
  0023 Home health, by its payment group
  0024 Inpatient rehabilitation, by its payment group
  0456 Urgent care
  0636 Drugs that need a code of their own
  0637 Drugs that one may take oneself
  0761 Treatment room
  0762 Observation, by the hour
  010 Room and board, all included
  011 Room and board, private
  012 Room and board, two beds
  013 Room and board, three or four beds
  014 Room and board, private and deluxe
  015 Room and board, ward
  016 Room and board, other
  017 Nursery
  018 Leave of absence
  019 Subacute care
  020 Intensive care
  021 Coronary care
  022 Special charges
  023 Nursing beyond the usual
  024 Ancillary services, all included
  025 Pharmacy
  026 Infusion therapy
  027 Medical and surgical supplies
  028 Oncology
  029 Durable medical equipment
  030 Laboratory
  031 Pathology
  032 Radiology for diagnosis
  033 Radiology for therapy, chemotherapy
  034 Nuclear medicine
  035 CT scan
  036 Operating room
  037 Anesthesia
  038 Blood and its components
  039 Blood, its storage and giving
  040 Other imaging
  041 Respiratory services
  042 Physical therapy
  043 Occupational therapy
  044 Speech therapy
  045 Emergency room
  046 Lung function
  047 Audiology
  048 Cardiology
  049 Ambulatory surgery
  050 Outpatient services
  051 Clinic
  052 Freestanding clinic
  053 Osteopathic services
  054 Ambulance
  055 Home health, skilled nursing
  056 Home health, social services
  057 Home health, aide
  058 Home health, other visits
  059 Home health, by the unit
  060 Home health, oxygen
  061 Magnetic resonance
  062 Supplies beside radiology and others
  063 Drugs that are told apart
  064 Home infusion
  065 Hospice
  066 Respite care
  067 Residence for outpatients
  068 Trauma team
  069 Palliative care before hospice
  070 Cast room
  071 Recovery room
  072 Labor and delivery
  073 Electrocardiogram
  074 Electroencephalogram
  075 Gastrointestinal services
  076 Treatment and observation
  077 Preventive care
  078 Telemedicine
  079 Shock wave therapy
  080 Inpatient dialysis
  081 Organs and tissue
  082 Hemodialysis, outpatient
  083 Peritoneal dialysis, outpatient
  084 Continuous peritoneal dialysis
  085 Cycling peritoneal dialysis
  086 Magnetoencephalography
  087 Cell and gene therapy
  088 Other dialysis
  089 Drugs of cell and gene therapy
  090 Behavioral health
  091 Behavioral health, further
  092 Other diagnosis
  093 Rehabilitation by the day
  094 Other therapy
  095 Other therapy, further
  096 Professional fees
  097 Professional fees, further
  098 Professional fees, further
  099 For the patient's convenience
  100 Behavioral health, room and board
  210 Alternative therapy
  310 Adult care
`);

/** How many digits name the category of a revenue code. */
export const CATEGORY_DIGITS = 3;
