import { reportError } from "./run.ts";

/**
 * Ends the program at a fault that nobody has caught, promises included, and tells its kind and place. Node itself would
 * print what the error says, and a fault may quote the patient's data that it choked on (45 CFR 164.312(a)(1)).
 */
export function endOnFault(): void {
  process.on("uncaughtException", (thrown) => {
    process.exit(reportError(thrown));
  });
}
