import type { Entry } from "../../app/people/sign-in.ts";

const LOCAL_PATH = /^\/[a-z-]+(\/[A-Za-z0-9._~%-]+)?$/;

/** Where somebody goes from the door: to what is still owed, or to the page that was asked for, where it is one of ours. */
export function after({ owes }: Pick<Entry, "owes">, next: string): string {
  const page = LOCAL_PATH.test(next) ? next : "/";
  if (owes === null) return page;
  return owes === "enrolment" ? "/second-factor" : `/sign-in/code?next=${encodeURIComponent(page)}`;
}
