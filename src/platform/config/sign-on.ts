/** The provider by which the people of an organization sign in: OpenID Connect, authorization code with PKCE. */
export interface SignOnSettings {
  /** CLAIMWRIGHT_OIDC_ISSUER: as the provider writes it itself; https, or http on this machine. */
  readonly issuer: string;
  /** CLAIMWRIGHT_OIDC_CLIENT_ID: what the provider calls this service. */
  readonly clientId: string;
  /** CLAIMWRIGHT_OIDC_CLIENT_SECRET, or _FILE: the file that holds it, read at the start of the service. */
  readonly clientSecret: { readonly text: string } | { readonly file: string };
  /**
   * CLAIMWRIGHT_OIDC_SECOND_FACTOR: `amr:VALUE` and `acr:VALUE` claims (RFC 8176, OpenID Connect Core 2) that tell of a
   * second factor at the provider. Without one of them, ours is asked for as after a password.
   */
  readonly factors: readonly string[];
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const FACTOR = /^(amr|acr):\S+$/;

/** The provider that the environment names; undefined where it names none. RangeError for half of one. */
export function readSignOn(variables: NodeJS.ProcessEnv): SignOnSettings | undefined {
  const { CLAIMWRIGHT_OIDC_ISSUER: issuer, CLAIMWRIGHT_OIDC_CLIENT_ID: clientId } = variables;
  const clientSecret = secretOf(variables);
  if (!issuer && !clientId && clientSecret === undefined) return undefined;
  if (!issuer || !clientId || clientSecret === undefined) {
    throw new RangeError(
      "CLAIMWRIGHT_OIDC_ISSUER, CLAIMWRIGHT_OIDC_CLIENT_ID and CLAIMWRIGHT_OIDC_CLIENT_SECRET (or _FILE) must all be set",
    );
  }
  if (!isFitIssuer(issuer)) {
    throw new RangeError(
      "CLAIMWRIGHT_OIDC_ISSUER must be an https address, or an http one on this machine",
    );
  }
  const factors = (variables.CLAIMWRIGHT_OIDC_SECOND_FACTOR ?? "").split(/[\s,]+/).filter(Boolean);
  if (!factors.every((factor) => FACTOR.test(factor))) {
    throw new RangeError(
      "CLAIMWRIGHT_OIDC_SECOND_FACTOR must be a list of amr:VALUE and acr:VALUE",
    );
  }
  return { issuer, clientId, clientSecret, factors };
}

function secretOf(variables: NodeJS.ProcessEnv): SignOnSettings["clientSecret"] | undefined {
  const text = variables.CLAIMWRIGHT_OIDC_CLIENT_SECRET;
  const file = variables.CLAIMWRIGHT_OIDC_CLIENT_SECRET_FILE;
  if (text && file) {
    throw new RangeError(
      "CLAIMWRIGHT_OIDC_CLIENT_SECRET and CLAIMWRIGHT_OIDC_CLIENT_SECRET_FILE must not both be set",
    );
  }
  if (file) return { file };
  return text ? { text } : undefined;
}

/** Tokens and the client's secret cross the network to the provider, so it has to speak TLS. */
function isFitIssuer(issuer: string): boolean {
  if (!URL.canParse(issuer)) return false;
  const { protocol, hostname } = new URL(issuer);
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));
}

/** CLAIMWRIGHT_PUBLIC_URL: where browsers reach the service, without a path. RangeError. */
export function readPublicUrl(variables: NodeJS.ProcessEnv): string | undefined {
  const text = variables.CLAIMWRIGHT_PUBLIC_URL;
  if (!text) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.pathname !== "/") {
    throw new RangeError("CLAIMWRIGHT_PUBLIC_URL must be an address without a path");
  }
  return url.origin;
}
