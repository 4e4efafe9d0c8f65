import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import type { Role } from "../../src/app/access.ts";
import type { App } from "../../src/app/context.ts";
import { completeSetup, createSetupLink, preparePeople } from "../../src/app/people/people.ts";
import { runDemo } from "../../src/app/run-demo.ts";
import { createHttp } from "../../src/faces/http/index.ts";
import { CheckpointFile } from "../../src/platform/checkpoints/index.ts";
import { createLog } from "../../src/platform/log/index.ts";
import { openStore } from "../../src/platform/store/index.ts";
import { testKeys } from "../keys.ts";

export const PASSWORD = "seven green lanterns";
const PRACTICE = "practice-1";
const ORIGIN = { requestId: "00000000-0000-4000-8000-000000000000", source: "http" } as const;
const SYSTEM = {
  id: "system",
  kind: "system",
  roles: ["system"],
  practiceId: PRACTICE,
  ...ORIGIN,
} as const;

/** Where Debian puts the browser; CHROMIUM names another. */
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** The service on a sample practice of its own, and a browser that knows nothing of it. */
export interface Web {
  readonly app: App;
  readonly url: string;
  readonly browser: Browser;
  /** A page of somebody with these roles, signed in as a person would: by the form. */
  enter(name: string, roles: readonly Role[], options?: Options): Promise<Page>;
  close(): Promise<void>;
}

type Options = Parameters<Browser["newContext"]>[0];

/** Opens the service with a practice of so many encounters, always the same ones. */
export async function openWeb(count = 120): Promise<Web> {
  const directory = await mkdtemp(join(tmpdir(), "claimwright-web-"));
  const store = await openStore({ directory }, testKeys());
  const checkpoints = new CheckpointFile(join(directory, "checkpoints.ndjson"));
  const log = createLog({ level: "silent" });
  const app: App = { store, checkpoints, log, now: () => new Date(), newId: () => randomUUID() };
  await preparePeople(app);
  await runDemo(app, SYSTEM, { count, seed: "web" }, () => undefined);
  const server = createServer(createHttp({ app, config: CONFIG }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  return {
    app,
    url,
    browser,
    async enter(name, roles, options) {
      await addUser(app, name, roles);
      const context = await browser.newContext({ baseURL: url, ...options });
      return signIn(context, name);
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
      await rm(directory, { recursive: true });
    },
  };
}

const CONFIG = {
  sessionSecrets: ["a secret of at least thirty-two bytes"],
  secureCookies: false,
  secondFactor: "optional",
  trustedProxies: 0,
  version: "0.1.0",
  requestsPerMinute: 100_000,
  signInsPerMinute: 100_000,
} as const;

async function addUser(app: App, name: string, roles: readonly Role[]): Promise<void> {
  const { token } = await createSetupLink(app, SYSTEM, roles);
  const person = { email: emailOf(name), name, password: PASSWORD };
  await completeSetup(app, token, person, ORIGIN);
}

async function signIn(context: BrowserContext, name: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(emailOf(name));
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((at) => !at.pathname.startsWith("/sign-in"));
  return page;
}

function emailOf(name: string): string {
  return `${name.toLowerCase().replaceAll(" ", ".")}@example.org`;
}
