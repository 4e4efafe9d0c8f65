import type { Request, Response } from "express";
import { HttpError } from "./problem.ts";

const METHODS: readonly string[] = ["GET", "HEAD", "POST", "PUT", "DELETE"];

/**
 * Refuses (`method`) what no route takes, TRACE and OPTIONS among it. Another site's script asks by OPTIONS whether it
 * may read our answers; it may not, so nothing of ours answers that.
 */
export function refuseMethod({ method }: Request, response: Response): void {
  if (METHODS.includes(method)) return;
  response.set("Allow", METHODS.join(", "));
  throw new HttpError("method");
}
