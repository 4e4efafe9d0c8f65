import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { isIP } from "node:net";
import type { Actor, App } from "../../app/context.ts";
import { OperatingError } from "../../app/errors.ts";
import { createSetupLink, hasUsers, preparePeople } from "../../app/people.ts";
import { sessionSecret } from "../../app/session-secret.ts";
import { createHttp } from "./create-http.ts";

/** How long a request that is under way may still take when the server closes. */
const CLOSE_MS = 10_000;

/** Where the server listens and how it is reached. */
export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The practice whose first user is set up. */
  readonly practiceId: string;
  readonly version: string;
  /** How people reach it: needed where `host` is not this machine alone; `https:` makes cookies `Secure`. */
  readonly publicUrl?: string | undefined;
  /** How many proxies stand before it and are believed. */
  readonly trustedProxies?: number | undefined;
}

/** A server that listens. */
export interface HttpService {
  readonly url: string;
  /** A one-time link, where the practice has no user yet. */
  readonly setupUrl?: string;
  /** Answers what was asked and closes. */
  close(): Promise<void>;
}

/**
 * Starts the server. `usage` when it should listen beyond this machine without anybody having said by which URL, since
 * passwords and patients' data would then cross a network in the clear unasked (45 CFR 164.312(e)(1)).
 */
export async function listenHttp(app: App, options: ListenOptions): Promise<HttpService> {
  const { host, port, publicUrl } = options;
  if (publicUrl === undefined && !isThisMachine(host)) {
    throw new OperatingError("usage", "To listen beyond this machine, say by which public URL.");
  }
  await preparePeople(app);
  const secureCookies = publicUrl?.startsWith("https:") ?? false;
  const server = createServer(
    createHttp({
      app,
      config: {
        sessionSecrets: [await sessionSecret(app)],
        secureCookies,
        trustedProxies: options.trustedProxies ?? (secureCookies ? 1 : 0),
        version: options.version,
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
  const url =
    publicUrl?.replace(/\/$/, "") ?? `http://${isIP(host) === 6 ? `[${host}]` : host}:${taken}`;
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
