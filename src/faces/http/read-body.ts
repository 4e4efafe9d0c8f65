import express, { type Response as Answer, type Request, type RequestHandler } from "express";
import { isCompressed } from "./compressed.ts";
import { HttpError, InvalidRequest } from "./problem.ts";
import type { Body, Upload } from "./route.ts";

const KINDS = {
  json: (options) => express.json({ ...options, strict: true }),
  form: (options) => express.urlencoded({ ...options, extended: false, parameterLimit: 50 }),
  text: (options) => express.raw(options),
  upload: (options) => express.raw(options),
  bytes: (options) => express.raw(options),
} satisfies Record<Body["kind"], (options: ParserOptions) => RequestHandler>;

interface ParserOptions {
  readonly type: string[];
  readonly limit: number;
  readonly inflate: boolean;
}

/**
 * Reads a body of the route's kinds up to its limit; `media-type` for another kind. Bodies encoded in transit
 * (`encoding`) and compressed files (`compressed`) are not taken, since a small one can unfold into a very large one.
 */
export function bodyReader(body: Body): (request: Request, response: Answer) => Promise<unknown> {
  const parse = KINDS[body.kind]({
    type: [...body.mediaTypes],
    limit: body.limitBytes,
    inflate: false,
  });
  return async (request, response) => {
    if (!request.is([...body.mediaTypes])) throw new HttpError("media-type");
    await new Promise<void>((resolve, reject) => {
      parse(request, response, (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(error instanceof Error ? error : new Error("the body cannot be read"));
      });
    });
    return FORMS[body.kind](request);
  };
}

const asParsed = (request: Request): unknown => request.body;

/** What handlers get of each kind. JSON is UTF-8 and nothing else (RFC 8259 8.1). */
const FORMS: Readonly<Record<Body["kind"], (request: Request) => unknown>> = {
  json: asParsed,
  form: asParsed,
  text: (request) => fileOf(request.body as Buffer).toString("utf8"),
  upload: async (request) => {
    request.body = await uploadOf(request);
    return request.body as unknown;
  },
  bytes: (request) => fileOf(request.body as Buffer),
};

function fileOf(bytes: Buffer): Buffer {
  if (isCompressed(bytes)) throw new HttpError("compressed");
  return bytes;
}

/** Node's own reader of multipart forms takes the form apart; `invalid` when it is none. */
async function uploadOf(request: Request): Promise<Upload> {
  const headers = { "content-type": request.get("content-type") ?? "" };
  const form = await new Response(request.body as Buffer, { headers })
    .formData()
    .catch(() => new FormData());
  const [token, file] = [form.get("_csrf"), form.get("file")];
  if (typeof token !== "string" || file === null || typeof file === "string") {
    throw new InvalidRequest([{ in: "body", pointer: "/file", rule: "required" }]);
  }
  return { _csrf: token, file: fileOf(Buffer.from(await file.arrayBuffer())) };
}
