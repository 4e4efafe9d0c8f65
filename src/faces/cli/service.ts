import type { Environment } from "../../platform/config/index.ts";

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
