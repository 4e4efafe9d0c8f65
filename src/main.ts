import { openApp } from "./app/open-app.ts";
import { endOnFault } from "./faces/cli/end-on-fault.ts";
import { main, version } from "./faces/cli/program.ts";
import type { Service } from "./faces/cli/service.ts";
import { listenHttp } from "./faces/http/index.ts";
import { startJobs } from "./faces/jobs/index.ts";
import type { Environment } from "./platform/config/index.ts";

/** Starts web page, API and jobs on the store that the environment names. */
async function startService(environment: Environment): Promise<Service> {
  const app = await openApp(environment);
  const http = await listenHttp(app, { ...environment, version: version() });
  const jobs = await startJobs(app, environment);
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    await jobs.stop();
    await http.close();
    await app.close();
  };
  const close = () => {
    stopped ??= stop();
    return stopped;
  };
  const closed = new Promise<void>((resolve, reject) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => void close().then(resolve, reject));
    }
  });
  const { description } = app.store;
  return { url: http.url, description, setupUrl: http.setupUrl, close, closed };
}

endOnFault();
await main(process.argv, startService);
