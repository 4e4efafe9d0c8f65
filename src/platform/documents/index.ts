/**
 * Documents that people print.
 *
 * Terminology
 * - letter: a text on paper of the practice; enclosure: a page of ours that goes with it; attached: what others made.
 */
export { type Enclosure, type Letter, letterPdf } from "./letter.ts";
