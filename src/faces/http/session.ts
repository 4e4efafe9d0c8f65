import { createHash } from "node:crypto";
import MongoStore from "connect-mongo";
import type { Request, RequestHandler } from "express";
import session, { type SessionData, type Store } from "express-session";
import type { App } from "../../app/context.ts";
import type { Entry, Owed } from "../../app/people/sign-in.ts";
import type { HttpConfig } from "./config.ts";

declare module "express-session" {
  interface SessionData {
    userId: string;
    practiceId: string;
    /** Milliseconds since 1970. */
    signedInAt: number;
    seenAt: number;
    /** When the password and the code were last given. */
    provenAt: number;
    /** That of the person when the session began. */
    generation: number;
    /** What is still owed before more than the entrance opens. */
    owes: Owed;
  }
}

/** Automatic logoff, 45 CFR 164.312(a)(2)(iii): after 15 minutes without a request, and after 12 hours in any case. */
const IDLE_MS = 15 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;
/** Who owes a second factor has this long to bring it. */
const ENTRANCE_MS = 10 * 60_000;
/** `seenAt` is written no more often than this. */
const SEEN_PRECISION_MS = 30_000;

const COLLECTION = "sessions";

/** Sessions in the program's own database, under the hash of their id, so that reading it lets nobody in. */
export function sessionStore(app: App): Store {
  const { connection } = app.store;
  return MongoStore.create({
    client: connection.getClient() as never,
    dbName: connection.name,
    collectionName: COLLECTION,
    ttl: ABSOLUTE_MS / 1000,
    touchAfter: ABSOLUTE_MS / 1000,
    transformId: hashOf,
    // As documents, so that the sessions of one person can be found; those from before were texts.
    serialize: (data) => JSON.parse(JSON.stringify(data)) as SessionData,
    unserialize: (kept) => (typeof kept === "string" ? JSON.parse(kept) : kept) as SessionData,
  });
}

function hashOf(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}

/** One of a person's sessions, as the person sees it. */
export interface SessionSummary {
  readonly signedInAt: string;
  readonly seenAt: string;
  /** Whether it is the one that asks. */
  readonly isThis: boolean;
}

/** The sessions of who asks that are open now, newest first. */
export async function sessionsOf(app: App, request: Request): Promise<SessionSummary[]> {
  const { userId, practiceId, generation } = request.session;
  const kept = await app.store.connection
    .collection<{ _id: string; session: SessionData }>(COLLECTION)
    .find({ "session.userId": userId, "session.practiceId": practiceId })
    .toArray();
  const own = hashOf(request.sessionID);
  const now = app.now().getTime();
  return kept
    .filter(({ session }) => session.generation === generation && isOpen(session, now))
    .sort((one, other) => other.session.signedInAt - one.session.signedInAt)
    .map(({ _id, session: { signedInAt, seenAt } }) => ({
      signedInAt: new Date(signedInAt).toISOString(),
      seenAt: new Date(seenAt).toISOString(),
      isThis: _id === own,
    }));
}

/** Dangerous acts ask for password and code of the last five minutes. */
const PROOF_MS = 5 * 60_000;

/** Whether the person gave password and code so shortly before that a dangerous act may follow. */
export function isProven({ provenAt }: Partial<SessionData>, now: number): boolean {
  return provenAt !== undefined && now - provenAt < PROOF_MS;
}

/** Reads and writes the session cookie: not for scripts, not for other sites, gone with the browser. */
export function sessions(store: Store, config: HttpConfig): RequestHandler {
  return session({
    store,
    name: config.secureCookies ? "__Host-claimwright" : "claimwright",
    secret: [...config.sessionSecrets],
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: "strict", secure: config.secureCookies, path: "/" },
  });
}

/** Whether the session is that of someone who signed in and has not been away too long; marks it as seen. */
export function isLive(data: Partial<SessionData>, now: number): boolean {
  if (!isOpen(data, now)) return false;
  if (now - (data.seenAt ?? 0) >= SEEN_PRECISION_MS) data.seenAt = now;
  return true;
}

function isOpen(data: Partial<SessionData>, now: number): boolean {
  const { userId, practiceId, signedInAt, seenAt, owes } = data;
  if (userId === undefined || practiceId === undefined) return false;
  if (signedInAt === undefined || seenAt === undefined) return false;
  if (now - signedInAt >= (owes === undefined ? ABSOLUTE_MS : ENTRANCE_MS)) return false;
  return now - seenAt < IDLE_MS;
}

/** Begins a session under a new id, so that an id known from before is worth nothing. */
export async function beginSession(request: Request, entry: Entry, now: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    request.session.regenerate((error: unknown) => {
      if (error) reject(asError(error));
      else resolve();
    });
  });
  const { person, owes } = entry;
  const { id: userId, practiceId, generation } = person;
  const times = { signedInAt: now, seenAt: now };
  Object.assign(request.session, { userId, practiceId, generation, ...times });
  const { provenAt = now } = entry;
  if (provenAt !== null) request.session.provenAt = provenAt;
  if (owes !== null) request.session.owes = owes;
}

/** When the code that a session owes completes a proof: now, but never where the first step was none. */
export function provenByCode({ session }: Request, now: number): number | null {
  return session.provenAt === undefined ? null : now;
}

/** Ends the session at the server, whatever the browser does with its cookie; and has the browser forget what it showed. */
export async function endSession(request: Request): Promise<void> {
  request.res?.set("Clear-Site-Data", '"cache", "storage"');
  await new Promise<void>((resolve, reject) => {
    request.session.destroy((error: unknown) => {
      if (error) reject(asError(error));
      else resolve();
    });
  });
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error("the session store failed");
}
