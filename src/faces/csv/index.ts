/**
 * Lists as CSV, for spreadsheets: the only place that writes it.
 *
 * Terminology
 * - record: one line of the file (RFC 4180), the first of them the headings.
 * - cell: one value of a record. A number is written as it is; a text that a spreadsheet would take for a formula is not
 *   let be one.
 */
export { payerLines, rateLines, workItemLines } from "./lists.ts";
