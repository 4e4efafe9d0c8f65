/**
 * The one way from the page to the service: JSON in, JSON out, with the token that a session's changes must carry.
 * No patient's name or number goes into an address: what identifies a person is sent in a body.
 */

import { proofAsked } from "./proof.ts";

/** What the service says went wrong (RFC 9457). */
interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly requestId?: string;
  readonly misfits?: readonly { readonly pointer: string; readonly rule: string }[];
}

/** A request that the service refused, or that never came back (`offline`). */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: string;
  readonly status: number;
  readonly requestId: string | undefined;

  constructor({ code, status, title, requestId, misfits = [] }: Problem) {
    const places = misfits.map(({ pointer, rule }) => `${pointer || "the form"} (${rule})`);
    super(places.length === 0 ? title : `${title} Look at ${places.join(", ")}.`);
    this.code = code;
    this.status = status;
    this.requestId = requestId;
  }
}

const OFFLINE: Problem = {
  status: 0,
  code: "offline",
  title: "The service does not answer. Nothing was changed; try again when it is back.",
};

const held = { csrfToken: "" };

/** Keeps the token that the session answered with. */
export function holdToken(csrfToken: string): void {
  held.csrfToken = csrfToken;
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

/** Asks the service; throws a {@link Refusal}. Who is not signed in is sent to the door and comes back here. */
export async function ask<Answer>(
  path: string,
  method: Method = "GET",
  body?: unknown,
): Promise<Answer> {
  const isFile = body instanceof Blob;
  const headers: Record<string, string> = { accept: "application/json" };
  if (method !== "GET") headers["x-csrf-token"] = held.csrfToken;
  if (body !== undefined) headers["content-type"] = isFile ? body.type : "application/json";
  const payload = body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) };
  const response = await fetch(`/api/v1${path}`, { method, headers, ...payload }).catch(() => {
    throw new Refusal(OFFLINE);
  });
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as Answer;
  const refusal = await refusalOf(response);
  if (refusal.code === "reauthenticate" && (await proofAsked())) return ask(path, method, body);
  if (refusal.status === 401) goToDoor(refusal.code);
  throw refusal;
}

async function refusalOf(response: Response): Promise<Refusal> {
  const told = response.headers.get("content-type")?.includes("json")
    ? ((await response.json()) as Problem)
    : { status: response.status, code: "internal", title: "The service could not do that." };
  return new Refusal(told);
}

function goToDoor(code: string): void {
  const door = code === "second-factor" ? "/sign-in/code" : "/sign-in";
  if (code === "reauthenticate") return;
  window.location.assign(`${door}?next=${encodeURIComponent(window.location.pathname)}`);
}

/** The query part of an address; what is empty is left out. */
export function queryOf(asked: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    if (value !== undefined && value !== "") query.set(name, String(value));
  }
  return query.size === 0 ? "" : `?${query.toString()}`;
}
