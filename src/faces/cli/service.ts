import { OperatingError } from "../../app/errors.ts";
import type { Environment } from "../../platform/config/index.ts";
import { reportError } from "./run.ts";

/** The running service: web page, API and jobs. */
export interface Service {
  readonly url: string;
  /** Which store is in use and where. */
  readonly description: string;
  /** Where the first user sets a password, while there is none. */
  readonly setupUrl: string | undefined;
  close(): Promise<void>;
  /** Fulfilled after a signal has ended the service. */
  readonly closed: Promise<void>;
}

/** Starts the service; main.ts hands it in, so that the command line need not know the http face. */
export type StartService = (environment: Environment) => Promise<Service>;

/** How the operating system says that a service may not listen there. */
const ADDRESS_TROUBLE = new Set(["EADDRINUSE", "EADDRNOTAVAIL", "EACCES", "ENOTFOUND"]);

/** Starts the service. When it cannot start, the program ends here: a half-started one would stay on. */
export async function startOrEnd(start: StartService, environment: Environment): Promise<Service> {
  try {
    return await start(environment);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const taken = code !== undefined && ADDRESS_TROUBLE.has(code);
    const detail = `The service cannot listen on ${environment.host}:${environment.port} (${code}).`;
    process.exit(reportError(taken ? new OperatingError("usage", detail) : error));
  }
}
