/**
 * Remittance advice remark codes (RARC) that denials commonly carry, told in our own words. The
 * texts of the list are those of CMS and X12 and do not stand here.
 */
import { type StarterRow, starterRecords, starterSet } from "./table.ts";

const REMARKS: readonly StarterRow[] = [
  ["M15", "These services are paid together, not one by one"],
  ["M25", "What was sent does not show the need for this level of service"],
  ["M51", "The procedure code is missing or wrong"],
  ["M76", "The diagnosis is missing or wrong"],
  ["M77", "The place of service is missing or wrong"],
  ["M119", "The drug code (NDC) is missing, wrong, or withdrawn"],
  ["M127", "The medical record for this service is missing"],
  ["MA04", "What the primary payer paid is missing, so the secondary cannot decide"],
  ["MA18", "The claim was passed on to the next payer"],
  ["MA130", "Unprocessable: no appeal; send a new, complete claim"],
  ["N1", "This may be appealed; the payer says how"],
  ["N20", "Not paid beside another service of the same day"],
  ["N36", "The first payer's requirements must be met before this one decides"],
  ["N4", "The earlier payer's explanation of benefits is missing or wrong"],
  ["N19", "Incidental to the main procedure"],
  ["N30", "The patient is not eligible for this service"],
  ["N115", "Decided by a local coverage determination"],
  ["N130", "The plan's benefit rules say what is covered"],
  ["N255", "The billing provider's taxonomy code is missing or wrong"],
  ["N257", "The billing provider's identifier is missing or wrong"],
  ["N265", "The ordering provider's identifier is missing or wrong"],
  ["N286", "The referring provider's identifier is missing or wrong"],
  ["N290", "The rendering provider's identifier is missing or wrong"],
  ["N362", "More days or units than the payer accepts"],
  ["N382", "The patient's identifier is missing or wrong"],
  ["N519", "These modifiers may not stand together"],
  ["N522", "A duplicate of a claim that came or comes by crossover"],
  ["N706", "A document is missing"],
];

/** Common remark codes in our own words. */
export const starterRarc = starterSet("rarc", starterRecords(REMARKS), false);
