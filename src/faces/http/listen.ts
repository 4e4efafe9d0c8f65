import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { isIP } from "node:net";
import { createSecureContext } from "node:tls";
import type { Express } from "express";
import type { Actor, App } from "../../app/context.ts";
import { OperatingError } from "../../app/errors.ts";
import { createSetupLink, hasUsers, preparePeople } from "../../app/people/people.ts";
import { sessionSecret } from "../../app/people/session-secret.ts";
import type { SecondFactorRule } from "../../app/people/sign-in.ts";
import { organizationOf } from "../../app/people/sign-on.ts";
import type { SignOnSettings } from "../../platform/config/index.ts";
import { createHttp } from "./create-http.ts";

/**
 * How long a connection may take: for its headers, for a whole request, for the pause between two. Who sends a byte now and
 * then to hold connections is cut off; 64 MB in five minutes are 220 KB/s.
 */
const TIMEOUTS = {
  headersTimeout: 20_000,
  requestTimeout: 300_000,
  keepAliveTimeout: 10_000,
  /** How often it is looked after. */
  connectionsCheckingInterval: 5_000,
} as const;
/** With forward secrecy and authenticated encryption only, the strongest first (NIST SP 800-52r2 3.3.1). */
const CIPHERS = [
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "TLS_AES_128_GCM_SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
].join(":");
const MAX_CONNECTIONS = 1_000;
const MAX_HEADER_BYTES = 16 * 1024;

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
  /** PEM files of the certificate, with its chain, and of its key; with them the server speaks TLS and nothing else. */
  readonly tlsFiles?: { readonly cert: string; readonly key: string } | undefined;
  /** True behind TLS. */
  readonly secureCookies: boolean;
  readonly secondFactor: SecondFactorRule;
  readonly signOn?: SignOnSettings | undefined;
  readonly publicUrl?: string | undefined;
  readonly trustedProxies: number;
  /** Other times in milliseconds than the usual ones, for tests. */
  readonly timeouts?: Partial<Readonly<Record<keyof typeof TIMEOUTS, number>>>;
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
  const { host, port, signOn, secureCookies } = options;
  await preparePeople(app);
  const sessionSecrets = [await sessionSecret(app)];
  const organization = signOn && organizationOf(signOn, options.practiceId);
  const config = { ...options, sessionSecrets, organization };
  const server = await serverFor(createHttp({ app, config }), options);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const taken = typeof address === "object" && address !== null ? address.port : port;
  app.log.info("server-started", { port: taken });
  if (!secureCookies && !isThisMachine(host)) app.log.warn("listening-in-the-clear");
  const scheme = options.tlsFiles === undefined ? "http" : "https";
  const url = `${scheme}://${isIP(host) === 6 ? `[${host}]` : host}:${taken}`;
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

async function serverFor(handler: Express, options: ListenOptions): Promise<Server> {
  const { tlsFiles, timeouts } = options;
  const bounds = { ...TIMEOUTS, ...timeouts, maxHeaderSize: MAX_HEADER_BYTES };
  const server =
    tlsFiles === undefined
      ? createServer(bounds, handler)
      : createTlsServer({ ...bounds, ...(await tlsOf(tlsFiles)) }, handler);
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

/** Nothing older than version 1.2 is spoken (NIST SP 800-52r2 3.1; 45 CFR 164.312(e)(2)(ii)). */
async function tlsOf(tlsFiles: NonNullable<ListenOptions["tlsFiles"]>) {
  try {
    const [cert, key] = await Promise.all([readFile(tlsFiles.cert), readFile(tlsFiles.key)]);
    createSecureContext({ cert, key });
    return { cert, key, minVersion: "TLSv1.2", ciphers: CIPHERS, honorCipherOrder: true } as const;
  } catch (cause) {
    const detail =
      "CLAIMWRIGHT_TLS_CERT and CLAIMWRIGHT_TLS_KEY must be a certificate and its key.";
    throw new OperatingError("file-unreadable", detail, { cause });
  }
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
