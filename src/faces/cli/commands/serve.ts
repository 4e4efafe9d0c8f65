import type { Command } from "commander";
import { port } from "../options.ts";
import { environmentOf, type StoreOptions, withStoreOptions } from "../run.ts";
import { type StartService, startOrEnd } from "../service.ts";

/** The command that starts web page, API and jobs. */
export function addServeCommand(program: Command, startService: StartService): void {
  withStoreOptions(
    program
      .command("serve")
      .description("web page, API and jobs")
      .option("--port <number>", "0 takes any free port (default: 3837)", port)
      .option("--host <address>", "default: 127.0.0.1"),
  ).action((options) => serve(options, startService));
}

async function serve(
  options: StoreOptions & { port?: number; host?: string },
  startService: StartService,
): Promise<void> {
  const environment = environmentOf(options);
  const service = await startOrEnd(startService, {
    ...environment,
    port: options.port ?? environment.port,
    host: options.host ?? environment.host,
  });
  process.stdout.write(`${service.description}\nListening on ${service.url}\n`);
  if (service.setupUrl !== undefined) {
    process.stdout.write(
      `No one can sign in yet. Set up the first user here, once, within a day:\n  ${service.setupUrl}\n`,
    );
  }
  await service.closed;
}
