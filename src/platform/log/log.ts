import type { Writable } from "node:stream";
import { createLogger, format, transports } from "winston";
import { errorParts } from "./error-parts.ts";
import { allowedFields, type LogFields } from "./field.ts";
import { type MessageName, messageName } from "./message.ts";

type Say = (message: MessageName, fields?: LogFields) => void;

/** The log: one line of JSON a message, of names, counts and codes only. */
export interface Log {
  readonly info: Say;
  readonly warn: Say;
  readonly error: Say;
}

/** How a log is to be made. */
interface LogOptions {
  /** The least that is written; "silent" writes nothing. */
  readonly level: "info" | "warn" | "error" | "silent";
  /** Where lines go: standard error, so that standard output stays a contract. */
  readonly destination?: Writable;
  /** The text of an error of our own table, undefined for every other error. */
  readonly ownMessage?: (error: Error) => string | undefined;
  readonly now?: () => Date;
}

/**
 * A log that can hold no patient data: messages, fields and the shapes of their values are all on lists,
 * and what is not on a list is counted as `dropped` and not written (45 CFR 164.312(a)(1); ASVS 16.2.5).
 */
export function createLog(options: LogOptions): Log {
  const { now = () => new Date(), ownMessage = () => undefined } = options;
  const allowList = format.printf(({ level, message, ...fields }) => {
    const { allowed, dropped } = allowedFields(fields);
    return JSON.stringify({
      at: now().toISOString(),
      level,
      message: messageName(message),
      ...allowed,
      ...(fields.error === undefined ? {} : errorParts(fields.error, ownMessage)),
      ...(dropped === 0 ? {} : { dropped }),
    });
  });
  const logger = createLogger({
    level: options.level === "silent" ? "error" : options.level,
    silent: options.level === "silent",
    format: allowList,
    transports: [new transports.Stream({ stream: options.destination ?? process.stderr })],
  });
  const say =
    (level: "info" | "warn" | "error"): Say =>
    (message, fields = {}) => {
      logger.log({ ...fields, level, message });
    };
  return { info: say("info"), warn: say("warn"), error: say("error") };
}
