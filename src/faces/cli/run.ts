import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { PURPOSES, type Purpose } from "../../app/access.ts";
import type { Actor, App } from "../../app/context.ts";
import { ERRORS, OperatingError } from "../../app/errors.ts";
import { commandLineActor, openApp } from "../../app/open-app.ts";
import { storeTrouble } from "../../app/store-trouble.ts";
import { type Environment, readEnvironment } from "../../platform/config/index.ts";
import { errorParts } from "../../platform/log/index.ts";
import { FileError } from "./files.ts";

/** Options that every command which remembers takes. */
export interface StoreOptions {
  readonly data?: string;
  readonly practice?: string;
  readonly purpose?: Purpose;
  readonly json?: boolean;
}

/** Exit codes of every command: done, findings or parked work, usage or operating error. */
export const EXIT = { done: 0, findings: 1, error: 2 } as const;

/** Adds the options of a command that uses the store. */
export function withStoreOptions(command: Command): Command {
  return command
    .option("--data <directory>", "folder of the embedded store (default: ./data)")
    .option("--practice <id>", "practice to work in (default: main)")
    .addOption(
      new Option("--purpose <why>", "for what records are read, where it is not the usual").choices(
        PURPOSES,
      ),
    )
    .option("--json", "NDJSON for programs; its shapes are in docs/cli.md");
}

/** The environment with what the command's options say above it. */
export function environmentOf(options: StoreOptions): Environment {
  const environment = readVariables();
  return {
    ...environment,
    ...(options.data === undefined ? {} : { dataDirectory: resolve(options.data) }),
    ...(options.practice === undefined ? {} : { practiceId: options.practice }),
  };
}

function readVariables(): Environment {
  try {
    return readEnvironment(process.env);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new OperatingError("usage", `${error.message}.`, { cause: error });
  }
}

/** What a command works with. */
export interface Desk {
  readonly app: App;
  readonly actor: Actor;
  readonly environment: Environment;
}

/** Opens the store, does the work, closes the store; the work's answer becomes the exit code. */
export async function atDesk(
  options: StoreOptions,
  work: (desk: Desk) => Promise<number>,
): Promise<void> {
  const environment = environmentOf(options);
  const app = await openApp(environment);
  try {
    const { purpose } = options;
    const self = commandLineActor(environment.practiceId, randomUUID());
    const actor = purpose === undefined ? self : { ...self, purpose };
    process.exitCode = await work({ app, actor, environment });
  } finally {
    await app.close();
  }
}

/** Tells an error to people and gives its exit code; what it says of a fault of ours names no data. */
export function reportError(thrown: unknown): number {
  const error = storeTrouble(thrown) ?? thrown;
  if (error instanceof FileError) {
    process.stderr.write(`claimwright: ${error.path}: ${error.message}\n`);
    return error.cause.exitCode;
  }
  if (error instanceof OperatingError) {
    process.stderr.write(`claimwright: ${error.message}\n`);
    return error.exitCode;
  }
  const { errorName, errorCode, frames } = errorParts(error, () => undefined);
  const code = errorCode === undefined ? "" : ` ${errorCode}`;
  process.stderr.write(`claimwright: ${ERRORS.internal.message} (${errorName}${code})\n`);
  for (const frame of frames.slice(0, 6)) process.stderr.write(`    at ${frame}\n`);
  return ERRORS.internal.exitCode;
}
