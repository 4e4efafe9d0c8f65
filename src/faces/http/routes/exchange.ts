import { createHash } from "node:crypto";
import type { Request } from "express";
import { HttpError } from "../problem.ts";
import type { Route } from "../route.ts";
import { answer, CENTS, COUNT, ID, INSTANT, list, OUTCOME, STRING } from "../schemas.ts";

const MEGABYTE = 1024 * 1024;
/** What one upload may weigh. */
export const MAX_FILE_BYTES = 64 * MEGABYTE;

/** Routes by which files and encounters come in and claims go out. */
export const EXCHANGE_ROUTES: readonly Route[] = [
  {
    method: "post",
    path: "/api/v1/files",
    summary: "Take in an X12 file: 835, 999, TA1, 277CA or 837",
    tag: "exchange",
    access: "exchange:send",
    limit: "upload",
    body: {
      kind: "bytes",
      mediaTypes: ["application/edi-x12", "application/octet-stream", "text/plain"],
      limitBytes: MAX_FILE_BYTES,
    },
    answer: {
      status: 200,
      meaning:
        "What became of it. The SHA-256 of the bytes is the idempotency key: the same bytes again change nothing. " +
        "An Idempotency-Key header, when sent, must be that SHA-256 in hexadecimal; so a damaged upload is refused.",
      schema: OUTCOME,
    },
    async handler({ app, useCases, actor, body, request }) {
      const bytes = body as Buffer;
      const name = uploadName(uploadDigest(bytes, request));
      const outcome = await useCases.ingestFile(app, actor, { name, bytes });
      return { json: outcome };
    },
  },
  {
    method: "post",
    path: "/api/v1/encounters",
    summary: "Turn encounters into claims, and hold those that are not clean",
    tag: "exchange",
    access: "encounters:submit",
    limit: "upload",
    body: {
      kind: "text",
      mediaTypes: ["application/json", "application/x-ndjson"],
      limitBytes: MAX_FILE_BYTES,
    },
    answer: {
      status: 200,
      meaning: "What was generated and what is held, with findings",
      schema: OUTCOME,
    },
    async handler({ app, useCases, actor, body }) {
      return { json: await useCases.generateClaims(app, actor, { text: body as string }) };
    },
  },
  {
    method: "get",
    path: "/api/v1/outbound-files",
    summary: "Files that wait for payers or were given to them",
    tag: "exchange",
    access: "exchange:fetch",
    answer: {
      status: 200,
      meaning: "The files, newest first",
      schema: answer({
        items: list(
          answer({
            id: STRING,
            name: STRING,
            createdAt: INSTANT,
            bytes: COUNT,
            chargeCents: CENTS,
          }),
        ),
      }),
    },
    async handler({ app, useCases, actor }) {
      return { json: { items: await useCases.listOutboundFiles(app, actor) } };
    },
  },
  {
    method: "get",
    path: "/api/v1/outbound-files/:id",
    summary: "The bytes of one outbound file",
    tag: "exchange",
    access: "exchange:fetch",
    params: { id: ID },
    answer: { status: 200, meaning: "The X12 file as it is" },
    async handler({ app, useCases, actor, params }) {
      const { name, bytes } = await useCases.readOutboundFile(app, actor, params.id ?? "");
      return { bytes, fileName: name, mediaType: "application/edi-x12" };
    },
  },
];

/** The SHA-256 of an upload; `digest-mismatch` when its sender names another as Idempotency-Key. */
export function uploadDigest(bytes: Uint8Array, request: Pick<Request, "get">): string {
  const digest = createHash("sha256").update(bytes).digest("hex");
  const key = request.get("idempotency-key");
  if (key !== undefined && key.toLowerCase() !== digest) throw new HttpError("digest-mismatch");
  return digest;
}

/** The name under which an upload is kept: a sender's own file name may hold a patient's. */
export function uploadName(digest: string, extension = "x12"): string {
  return `upload-${digest.slice(0, 12)}.${extension}`;
}
