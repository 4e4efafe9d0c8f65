import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { isIP } from "node:net";
import type { Actor, App } from "../../app/context.ts";
import { createSetupLink, hasUsers, preparePeople } from "../../app/people.ts";
import { sessionSecret } from "../../app/session-secret.ts";
import type { SecondFactorRule } from "../../app/sign-in.ts";
import { createHttp } from "./create-http.ts";

/** How long a request that is under way may still take when the server closes. */
const CLOSE_MS = 10_000;

/** Where the server listens and how it is reached; the environment's names. */
interface ListenOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The practice whose first user is set up. */
  readonly practiceId: string;
  readonly version: string;
  /** True behind TLS. */
  readonly secureCookies: boolean;
  readonly secondFactor: SecondFactorRule;
  readonly trustedProxies: number;
}

/** A server that listens. */
interface HttpService {
  readonly url: string;
  /** A one-time link, where the practice has no user yet. */
  readonly setupUrl?: string;
  /** Answers what was asked and closes. */
  close(): Promise<void>;
}

/**
 * Starts the server. Beyond this machine and without TLS in front, the log warns: passwords and patients' data then
 * cross a network in the clear (45 CFR 164.312(e)(1)).
 */
export async function listenHttp(app: App, options: ListenOptions): Promise<HttpService> {
  const { host, port, secondFactor, secureCookies, trustedProxies, version } = options;
  await preparePeople(app);
  const server = createServer(
    createHttp({
      app,
      config: {
        sessionSecrets: [await sessionSecret(app)],
        secondFactor,
        secureCookies,
        trustedProxies,
        version,
      },
    }),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const taken = typeof address === "object" && address !== null ? address.port : port;
  app.log.info("server-started", { port: taken });
  if (!secureCookies && !isThisMachine(host)) app.log.warn("listening-in-the-clear");
  const url = `http://${isIP(host) === 6 ? `[${host}]` : host}:${taken}`;
  const setupPath = await setupPathFor(app, options.practiceId);
  return {
    url,
    ...(setupPath === undefined ? {} : { setupUrl: url + setupPath }),
    async close() {
      const patience = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
      await new Promise<void>((resolve) => server.close(() => resolve()));
      clearTimeout(patience);
      app.log.info("server-stopped");
    },
  };
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** The path of a new setup link, where nobody could sign in otherwise. */
async function setupPathFor(app: App, practiceId: string): Promise<string | undefined> {
  if (await hasUsers(app, practiceId)) return undefined;
  const actor: Actor = {
    id: "server",
    kind: "system",
    roles: ["system"],
    practiceId,
    source: "http",
    requestId: randomUUID(),
  };
  app.log.info("setup-link-created", { practiceId });
  return (await createSetupLink(app, actor)).path;
}
