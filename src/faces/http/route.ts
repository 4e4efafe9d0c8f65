import type { Request, Response } from "express";
import type { Permission } from "../../app/access.ts";
import type { Actor, App } from "../../app/context.ts";
import type { Owed, Person, SecondFactorRule } from "../../app/people/sign-in.ts";
import type { Organization } from "../../app/people/sign-on.ts";
import type { RouteLimit } from "./limits.ts";
import type { UseCases } from "./use-cases.ts";

/** A JSON Schema (2020-12, the subset that ajv's strict mode takes). */
export type Schema = { readonly [keyword: string]: unknown };

/** What a handler is given, already checked against the route's schemas. */
export interface Call {
  readonly app: App;
  readonly useCases: UseCases;
  /** The program's version. */
  readonly version: string;
  readonly secondFactor: SecondFactorRule;
  readonly secureCookies: boolean;
  /** By whose provider people may sign in too. */
  readonly organization?: Organization;
  /** Where browsers reach the service, where it was told. */
  readonly publicUrl?: string;
  readonly requestId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | number | undefined>>;
  readonly body: unknown;
  readonly request: Request;
  readonly response: Response;
  readonly actor?: Actor;
  /** Who is signed in, where it is a person. */
  readonly person?: Person;
  /** What the person still has to do before more than the entrance opens. */
  readonly owes?: Owed;
}

/** A call by somebody known. */
export type ActorCall = Call & { readonly actor: Actor };

/** What a handler answers. */
export type Reply =
  | { readonly status?: number; readonly json: unknown }
  | { readonly bytes: Uint8Array; readonly mediaType: string; readonly fileName: string }
  /** A file that is written while it is sent; the line ends are added. */
  | {
      readonly lines: AsyncIterable<string>;
      readonly mediaType: string;
      readonly fileName: string;
    }
  | { readonly status?: number; readonly html: string }
  | { readonly redirect: string }
  /** A file of the program itself, which browsers may keep. */
  | {
      readonly asset: string | Buffer;
      readonly mediaType: string;
      /** True where its name carries its digest, so that it never changes. */
      readonly isForEver?: boolean;
    }
  | { readonly status: 204 };

/** How a request's body is read; "json" and "form" are checked against the schema, "upload" is a form with a file. */
export interface Body {
  readonly kind: "json" | "form" | "upload" | "text" | "bytes";
  readonly mediaTypes: readonly string[];
  readonly limitBytes: number;
  readonly schema?: Schema;
}

interface RouteBase {
  readonly method: "get" | "post" | "put" | "delete";
  /** As express writes it: `/api/v1/claims/:patientControlNumber`. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly params?: Readonly<Record<string, Schema>>;
  readonly query?: Readonly<Record<string, Schema>>;
  /** The query is not checked: it is the page's own, or OAuth's, which may hold more than is known (RFC 6749 4.1.2). */
  readonly isQueryOpen?: true;
  readonly body?: Body;
  readonly answer: { readonly status: number; readonly meaning: string; readonly schema?: Schema };
  /** A person must have given password and code within the last five minutes (ASVS 7.5.3). */
  readonly reauthenticate?: true;
  /** The smaller limit that a request counts against too. */
  readonly limit?: RouteLimit;
}

/** A route that anybody may call. */
interface PublicRoute extends RouteBase {
  readonly access: "public";
  readonly handler: (call: Call) => Promise<Reply>;
}

/**
 * A route for whoever holds the permission, or ("session") for any person who is signed in, or ("entrance") for one who
 * gave the right password and may still owe the second factor.
 */
interface GuardedRoute extends RouteBase {
  readonly access: Permission | "session" | "entrance";
  readonly handler: (call: ActorCall) => Promise<Reply>;
}

/** One line of the route table, from which the router, the checks and the OpenAPI document are made. */
export type Route = PublicRoute | GuardedRoute;

/** Whether access is by a permission of the matrix. */
export function isPermission(access: Route["access"]): access is Permission {
  return access !== "public" && access !== "session" && access !== "entrance";
}

/** What the body of an "upload" becomes: its fields, and its file without the name it had. */
export interface Upload {
  readonly _csrf: string;
  readonly file: Buffer;
}

const KILOBYTE = 1024;

/** A JSON body of exactly these members. */
export function jsonBody(properties: Readonly<Record<string, Schema>>, required: string[]): Body {
  return {
    kind: "json",
    mediaTypes: ["application/json"],
    limitBytes: 64 * KILOBYTE,
    schema: closed(properties, required),
  };
}

/** An HTML form of exactly these fields; the CSRF token comes on top. */
export function formBody(properties: Readonly<Record<string, Schema>>, required: string[]): Body {
  return {
    kind: "form",
    mediaTypes: ["application/x-www-form-urlencoded"],
    limitBytes: 64 * KILOBYTE,
    schema: closed({ ...properties, _csrf: { type: "string", maxLength: 512 } }, required),
  };
}

/** An object with these members and no others; so `$ne`, `__proto__` and their kin are refused. */
export function closed(properties: Readonly<Record<string, Schema>>, required: string[]): Schema {
  return { type: "object", properties, required, additionalProperties: false };
}
