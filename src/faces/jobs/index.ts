/**
 * Jobs: what the service does by the clock, kept by agenda in the program's own database.
 *
 * Terminology
 * - inbox: a folder that a clearinghouse or person drops files into; each is taken in once and put aside.
 */
export { type JobOptions, type Jobs, startJobs } from "./start-jobs.ts";
