/** What the codes of the 999 and the TA1 mean. */
import { meanings } from "./table.ts";

/** Data element 143: what a transaction set is. */
export const TRANSACTION_SET = meanings(`
  270 Eligibility request
  271 Eligibility response
  276 Claim status request
  277 Claim status or claim acknowledgment
  278 Service review
  820 Premium payment
  834 Enrollment
  835 Remittance advice
  837 Claims
  997 Acknowledgment of syntax
  999 Acknowledgment of syntax and guide
`);

/** Data element 1705: by which guide, and in which of its versions, a set is written. */
export const GUIDE_VERSION = meanings(`
  005010X212 Claim status, 276 and 277
  005010X214 Claim acknowledgment, 277CA
  005010X221 Remittance advice, 835, without errata
  005010X221A1 Remittance advice, 835
  005010X222 Professional claims, 837P, without errata
  005010X222A1 Professional claims, 837P
  005010X222A2 Professional claims, 837P, second errata
  005010X223 Institutional claims, 837I, without errata
  005010X223A1 Institutional claims, 837I, first errata
  005010X223A2 Institutional claims, 837I
  005010X223A3 Institutional claims, 837I, third errata
  005010X224 Dental claims, 837D, without errata
  005010X224A1 Dental claims, 837D, first errata
  005010X224A2 Dental claims, 837D
  005010X224A3 Dental claims, 837D, third errata
  005010X230 Acknowledgment of syntax, 997
  005010X231 Acknowledgment of syntax and guide, 999, without errata
  005010X231A1 Acknowledgment of syntax and guide, 999
  005010X279 Eligibility, 270 and 271, without errata
  005010X279A1 Eligibility, 270 and 271
`);

/** Data element 479: what a functional group holds. */
export const GROUP = meanings(`
  BE Enrollments (834)
  FA Acknowledgments (999, 997)
  HB Eligibility responses (271)
  HC Claims (837)
  HI Service reviews (278)
  HN Claim status (277)
  HP Remittances (835)
  HR Claim status requests (276)
  HS Eligibility requests (270)
  RA Premium payments (820)
`);

/** Data elements 715 and 717: the verdict on a group or a set. */
export const VERDICT = meanings(`
  A Accepted
  E Accepted, but errors were found
  M Rejected: the message could not be authenticated
  P Partly accepted: a set was rejected
  R Rejected
  W Rejected: the assurance failed
  X Rejected: the content could not be decrypted
`);

/** Data element 620: what is wrong with a segment. */
export const SEGMENT_ERROR = meanings(`
  1 No such segment
  2 Not expected here
  3 Required and missing
  4 Its loop occurs too often
  5 It occurs too often
  6 Not in this transaction set
  7 Out of order
  8 Its elements have errors
  I4 The guide does not use it
  I6 Missing, and the guide demands it in this case
  I7 Its loop occurs too seldom
  I8 It occurs too seldom
  I9 Present, and the guide forbids it in this case
`);

/** Data element 621: what is wrong with an element. */
export const ELEMENT_ERROR = meanings(`
  1 Required and missing
  2 Missing, and demanded by another element
  3 Too many elements
  4 Too short
  5 Too long
  6 A character that is not allowed
  7 A code that is not allowed
  8 No date
  9 No time
  10 Excluded by another element
  12 Repeats too often
  13 Too many components
  I6 A code that the guide does not use
  I9 Missing, and the guide demands it in this case
  I10 The guide does not use it
  I11 Repeats too seldom
  I12 Not written as the guide says
  I13 Present, and the guide forbids it in this case
`);

/** Data element 618: what is wrong with a transaction set. */
export const SET_ERROR = meanings(`
  1 Set is not supported
  2 No trailer
  3 Control numbers of header and trailer differ
  4 Count of segments is wrong
  5 Segments have errors
  6 Set is missing or has no identifier
  7 Control number is missing or wrong
  8 Authentication key is not known
  9 Encryption key is not known
  10 Service is not available
  11 Security recipient is not known
  12 Message length is wrong
  13 Message authentication failed
  15 Security originator is not known
  16 Decrypted text has a wrong syntax
  17 Security is not supported
  18 Set is not in a group of its kind
  19 Guide that the header names is wrong
  23 Control number is not unique in the group
  24 Security trailer S3E is missing for a header
  25 Security header S3S is missing for a trailer
  26 Security trailer S4E is missing for a header
  27 Security header S4S is missing for a trailer
  I5 Segments break the guide
  I6 Guide is not supported
`);

/** Data element 716: what is wrong with a functional group. */
export const GROUP_ERROR = meanings(`
  1 Group is not supported
  2 Version is not supported
  3 No trailer
  4 Control numbers of header and trailer differ
  5 Count of sets is wrong
  6 Control number is wrong
  10 Authentication key is not known
  11 Encryption key is not known
  12 Service is not available
  13 Security recipient is not known
  14 Security originator is not known
  15 Decrypted text has a wrong syntax
  16 Security is not supported
  17 Message length is wrong
  18 Message authentication failed
  19 Control number is not unique in the interchange
  23 Security trailer S3E is missing for a header
  24 Security header S3S is missing for a trailer
  25 Security trailer S4E is missing for a header
  26 Security header S4S is missing for a trailer
`);

/** I17: the verdict on an interchange. */
export const INTERCHANGE_VERDICT = meanings(`
  A Accepted
  E Accepted, but errors were found
  R Rejected
`);

/** I18: what is wrong with an interchange. */
export const INTERCHANGE_NOTE = meanings(`
  000 Nothing
  001 Control numbers of header and trailer differ
  002 Standard is not supported
  003 Version of the controls is not supported
  004 Segment terminator is wrong
  005 Qualifier of the sender is wrong
  006 Sender is wrong
  007 Qualifier of the receiver is wrong
  008 Receiver is wrong
  009 Receiver is not known
  010 Qualifier of the authorization is wrong
  011 Authorization is wrong
  012 Qualifier of the security information is wrong
  013 Security information is wrong
  014 Date is wrong
  015 Time is wrong
  016 Standards identifier is wrong
  017 Version is wrong
  018 Control number is wrong
  019 Request for an acknowledgment is wrong
  020 Test or production indicator is wrong
  021 Count of groups is wrong
  022 Control structure is wrong
  023 End of file came too early
  024 Content is wrong
  025 Control number was used before
  026 Element separator is wrong
  027 Component separator is wrong
  028 Date of the deferred delivery is wrong
  029 Time of the deferred delivery is wrong
  030 Deferred delivery code is wrong
  031 Grade of service is wrong
`);

/** Data element 9999 in CTX: what the value beside it is. */
export const CONTEXT = {
  "SITUATIONAL TRIGGER": "The data that demanded it",
  TRN02: "Trace number",
  NM109: "Identifier of a person",
  "PATIENT NAME NM109": "Patient's identifier",
  "SUBSCRIBER NAME NM109": "Subscriber's identifier",
  ENT01: "Entity number",
  "SUBSCRIBER NUMBER REF02": "Subscriber's number",
  CLM01: "Patient control number",
} as const;
