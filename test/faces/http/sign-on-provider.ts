/** A small provider of OpenID Connect on this machine: it gives codes and signed tokens, and can be told to err. */
import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export const CLIENT_ID = "claimwright-test";
export const CLIENT_SECRET = "a secret of the client";

/** What one code will be exchanged for. */
interface Grant {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly key: KeyObject;
}

/** The provider as a test sees it. */
export interface TestProvider {
  readonly issuer: string;
  /** What it says of the person when it is asked for more than the token holds; nothing when undefined. */
  userInfo: Readonly<Record<string, unknown>> | undefined;
  /** Answers everything with 503 while true. */
  isDown: boolean;
  /**
   * Signs somebody in who was led here by this address, and answers the query of the way back. The claims are laid over
   * those of a good token; undefined takes one away.
   */
  signIn(authorization: string, claims: object, key?: "forged"): string;
  close(): Promise<void>;
}

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

function tokenOf({ claims, key }: Grant): string {
  const text = `${base64url({ alg: "RS256", kid: "k1" })}.${base64url(claims)}`;
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
}

/** The client's name and secret, each form-encoded within HTTP Basic (RFC 6749 2.3.1). */
function secretIn({ headers }: IncomingMessage): string {
  const [, base64 = ""] = headers.authorization?.split(" ") ?? [];
  const text = Buffer.from(base64, "base64").toString().replaceAll("+", " ");
  return decodeURIComponent(text);
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

export async function openProvider(): Promise<TestProvider> {
  const [own, forged] = [1, 2].map(() => generateKeyPairSync("rsa", { modulusLength: 2048 }));
  if (own === undefined || forged === undefined) throw new Error("no keys");
  const grants = new Map<string, Grant>();
  const jwk = { ...own.publicKey.export({ format: "jwk" }), kid: "k1", alg: "RS256", use: "sig" };

  /** The tokens of a code, once, for the client, the address and the verifier that it was given for. */
  async function exchange(request: IncomingMessage): Promise<[number, object]> {
    const body = await bodyOf(request);
    const grant = grants.get(body.get("code") ?? "");
    grants.delete(body.get("code") ?? "");
    const challenge = createHash("sha256").update(body.get("code_verifier") ?? "");
    const holds =
      grant !== undefined &&
      secretIn(request) === `${CLIENT_ID}:${CLIENT_SECRET}` &&
      body.get("redirect_uri") === grant.redirectUri &&
      challenge.digest("base64url") === grant.challenge;
    if (!holds) return [400, { error: "invalid_grant" }];
    const tokens = { access_token: randomUUID(), token_type: "Bearer", expires_in: 60 };
    return [200, { ...tokens, id_token: tokenOf(grant) }];
  }

  const server = createServer((request, response) => {
    const { issuer, userInfo } = provider;
    const answer = async (): Promise<[number, object]> => {
      if (provider.isDown) return [503, {}];
      if (request.url === "/token") return exchange(request);
      const pages: Record<string, object | undefined> = {
        "/.well-known/openid-configuration": {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          userinfo_endpoint: `${issuer}/userinfo`,
          response_types_supported: ["code"],
          subject_types_supported: ["public"],
          id_token_signing_alg_values_supported: ["RS256"],
        },
        "/jwks": { keys: [jwk] },
        "/userinfo": userInfo,
      };
      const page = pages[request.url ?? ""];
      return page === undefined ? [404, {}] : [200, page];
    };
    void answer().then(([status, json]) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  const provider: TestProvider = {
    issuer: `http://127.0.0.1:${port}`,
    userInfo: undefined,
    isDown: false,
    signIn(authorization, claims, key) {
      const asked = new URL(authorization).searchParams;
      const now = Math.floor(Date.now() / 1000);
      const code = randomUUID();
      grants.set(code, {
        claims: {
          iss: provider.issuer,
          aud: CLIENT_ID,
          iat: now,
          exp: now + 60,
          nonce: asked.get("nonce"),
          ...claims,
        },
        redirectUri: asked.get("redirect_uri") ?? "",
        challenge: asked.get("code_challenge") ?? "",
        key: (key === "forged" ? forged : own).privateKey,
      });
      return `?${new URLSearchParams({ code, state: asked.get("state") ?? "", session_state: "x" })}`;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return provider;
}
