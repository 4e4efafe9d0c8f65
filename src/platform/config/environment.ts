import { resolve } from "node:path";
import { readPublicUrl, readSignOn, type SignOnSettings } from "./sign-on.ts";

/** What the environment says, read once at start. */
export interface Environment {
  /** MONGODB_URI; undefined means the embedded store. */
  readonly mongodbUri: string | undefined;
  /** CLAIMWRIGHT_DATA, or ./data: the embedded store's folder. */
  readonly dataDirectory: string;
  /** CLAIMWRIGHT_KEYS: the file of the encryption keys; undefined means beside the data folder. */
  readonly keysFile: string | undefined;
  /** CLAIMWRIGHT_KEYS_COMMAND: a program that prints the keys, in place of the file. */
  readonly keysCommand: string | undefined;
  /** CLAIMWRIGHT_CHECKPOINTS: the file of signed audit checkpoints; undefined means beside the data folder. */
  readonly checkpointsFile: string | undefined;
  /** CLAIMWRIGHT_PRACTICE, or `main`. */
  readonly practiceId: string;
  /** CLAIMWRIGHT_HOST and CLAIMWRIGHT_PORT: where the service listens. */
  readonly host: string;
  readonly port: number;
  /** CLAIMWRIGHT_TLS_CERT and CLAIMWRIGHT_TLS_KEY: PEM files; with both the service itself speaks TLS. */
  readonly tlsFiles: { readonly cert: string; readonly key: string } | undefined;
  /** CLAIMWRIGHT_SECURE_COOKIES=1 behind TLS, and always with TLS of our own: cookies over https only. */
  readonly secureCookies: boolean;
  /** CLAIMWRIGHT_SECOND_FACTOR: whether everybody must have one; `required` unless it says `optional`. */
  readonly secondFactor: "required" | "optional";
  /** CLAIMWRIGHT_OIDC_…: the provider by which people may sign in beside their passwords. */
  readonly signOn: SignOnSettings | undefined;
  /** CLAIMWRIGHT_PUBLIC_URL: where browsers reach the service; undefined means as they say themselves. */
  readonly publicUrl: string | undefined;
  /** CLAIMWRIGHT_TRUSTED_PROXIES: how many proxies in front are believed when they name the client. */
  readonly trustedProxies: number;
  /** CLAIMWRIGHT_INBOX: a folder that the service watches for incoming files. */
  readonly inbox: string | undefined;
  /** CLAIMWRIGHT_LOG_LEVEL: error, warn or info. */
  readonly logLevel: LogLevel;
}

type LogLevel = "error" | "warn" | "info";

const DEFAULT_PORT = 3837;

/** Reads the environment; what cannot be used is refused by an error that names the variable. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const port = Number(variables.CLAIMWRIGHT_PORT ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new RangeError("CLAIMWRIGHT_PORT must be a port number");
  }
  const tlsFiles = tlsFilesOf(variables);
  return {
    mongodbUri: variables.MONGODB_URI || undefined,
    dataDirectory: resolve(variables.CLAIMWRIGHT_DATA || "data"),
    keysFile: variables.CLAIMWRIGHT_KEYS ? resolve(variables.CLAIMWRIGHT_KEYS) : undefined,
    keysCommand: variables.CLAIMWRIGHT_KEYS_COMMAND || undefined,
    checkpointsFile: variables.CLAIMWRIGHT_CHECKPOINTS
      ? resolve(variables.CLAIMWRIGHT_CHECKPOINTS)
      : undefined,
    practiceId: variables.CLAIMWRIGHT_PRACTICE || "main",
    host: variables.CLAIMWRIGHT_HOST || "127.0.0.1",
    port,
    tlsFiles,
    secureCookies: tlsFiles !== undefined || variables.CLAIMWRIGHT_SECURE_COOKIES === "1",
    secondFactor: variables.CLAIMWRIGHT_SECOND_FACTOR === "optional" ? "optional" : "required",
    signOn: readSignOn(variables),
    publicUrl: readPublicUrl(variables),
    trustedProxies: Number(variables.CLAIMWRIGHT_TRUSTED_PROXIES || 0),
    inbox: variables.CLAIMWRIGHT_INBOX || undefined,
    logLevel: logLevelOf(variables.CLAIMWRIGHT_LOG_LEVEL),
  };
}

/** Half of it would mean to speak in the clear where TLS was wanted. */
function tlsFilesOf(variables: NodeJS.ProcessEnv): Environment["tlsFiles"] {
  const { CLAIMWRIGHT_TLS_CERT: cert, CLAIMWRIGHT_TLS_KEY: key } = variables;
  if (!cert && !key) return undefined;
  if (!cert || !key) {
    throw new RangeError("CLAIMWRIGHT_TLS_CERT and CLAIMWRIGHT_TLS_KEY must both be set");
  }
  return { cert: resolve(cert), key: resolve(key) };
}

function logLevelOf(text = "warn"): LogLevel {
  return text === "error" || text === "info" ? text : "warn";
}
