import type { NextFunction, Request, RequestHandler, Response } from "express";
import { type ClientRateLimitInfo, rateLimit, type Store } from "express-rate-limit";
import { OperatingError } from "../../app/errors.ts";

/** Requests a minute: of an address, and of an account (a person or a key) wherever it comes from. */
export const LIMITS = {
  /** Of one address, in all. */
  address: 600,
  /** Of one address, to sign in or to prove a code; attempts on one account are counted in app/people/attempts.ts. */
  "sign-in": 10,
  /** Of one account, in all. */
  account: 600,
  /** Of one account: files and encounters taken in. */
  upload: 120,
  /** Of one account: searches for patients, so that nobody copies the practice by asking. */
  search: 60,
  /** Of one account: what reads the whole of the books or of the trail. */
  heavy: 20,
} as const;

/** What a route counts against beside what every route does. */
export type RouteLimit = Exclude<keyof typeof LIMITS, "address" | "account">;

/** Other limits than the usual ones. */
export type PerMinute = Partial<Readonly<Record<keyof typeof LIMITS, number>>>;

const WINDOW_MS = 60_000;

/**
 * Limiters by name, each with a count of its own; beyond it a request is answered `too-many`, with Retry-After. They count
 * in this process alone. Time is that of `now`.
 */
export function limiters(
  perMinute: PerMinute,
  now: () => Date,
): Readonly<Record<keyof typeof LIMITS, RequestHandler>> {
  const made = Object.entries({ ...LIMITS, ...perMinute }).map(([name, limit]) => [
    name,
    rateLimit({
      windowMs: WINDOW_MS,
      limit,
      standardHeaders: "draft-7",
      legacyHeaders: false,
      store: new Windows(now),
      // How many proxies are believed is our own setting; another's header is no fault of ours.
      validate: { xForwardedForHeader: false, forwardedHeader: false },
      ...(isByAddress(name) ? {} : { keyGenerator: accountOf }),
      handler: (_request: Request, _response: Response, next: NextFunction) => {
        next(new OperatingError("too-many"));
      },
    }),
  ]);
  return Object.fromEntries(made) as Record<keyof typeof LIMITS, RequestHandler>;
}

/** Whether the limit is one of the client's address, and is looked at before anybody is known. */
export function isByAddress(name: string): boolean {
  return name === "address" || name === "sign-in";
}

/** Takes the request past a limiter; throws where it refuses. */
export async function pass(
  limiter: RequestHandler,
  request: Request,
  response: Response,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const next = (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error("the limiter failed"));
    };
    void limiter(request, response, next);
  });
}

function accountOf(_request: Request, { locals }: Response): string {
  if (locals.actor === undefined) throw new Error("a limit of accounts needs an actor");
  return locals.actor.id;
}

/** Counts by key; one window for all of them, so that at its end the keys are forgotten together. */
class Windows implements Store {
  readonly localKeys = true;
  readonly #now: () => Date;
  #hits = new Map<string, number>();
  #endsAt = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  increment(key: string): ClientRateLimitInfo {
    const now = this.#now().getTime();
    if (now >= this.#endsAt || now < this.#endsAt - WINDOW_MS) {
      this.#hits = new Map();
      this.#endsAt = now + WINDOW_MS;
    }
    const totalHits = (this.#hits.get(key) ?? 0) + 1;
    this.#hits.set(key, totalHits);
    return { totalHits, resetTime: new Date(this.#endsAt) };
  }

  decrement(key: string): void {
    this.#hits.set(key, Math.max(0, (this.#hits.get(key) ?? 0) - 1));
  }

  resetKey(key: string): void {
    this.#hits.delete(key);
  }
}
