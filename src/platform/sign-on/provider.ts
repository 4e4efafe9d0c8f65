import { readFileSync } from "node:fs";
import * as oidc from "openid-client";
import type { SignOnSettings } from "../config/index.ts";

/** How long a dangerous act may follow the provider's own look at the person, seconds; asked for as `max_age`. */
const FRESH_SECONDS = 300;
const TIMEOUT_SECONDS = 10;
/** The provider's addresses are read anew after this time. */
const CONFIGURATION_MS = 3_600_000;

/** What binds an answer of the provider to the browser that asked; the verifier never leaves us before the end. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  /** RFC 7636: the provider is shown its hash first, and itself with the code. */
  readonly codeVerifier: string;
  /** Whether the provider must have looked at the person just now, and not only found a session of its own. */
  readonly fresh: boolean;
}

/** What the provider said of a person. */
export interface Assertion {
  readonly issuer: string;
  readonly subject: string;
  /** Lower-case; absent where the provider does not say that it is verified. */
  readonly verifiedEmail?: string;
  /** When the provider last looked at the person, milliseconds since 1970, where it says so. */
  readonly authenticatedAt?: number;
  /** `amr:VALUE` and `acr:VALUE`: how it looked. */
  readonly means: readonly string[];
}

/** The provider cannot be reached or does not work. */
export class ProviderUnavailable extends Error {
  override readonly name = "ProviderUnavailable";
}

/** What came back is not a valid answer of the provider to what we asked. */
export class AssertionRefused extends Error {
  override readonly name = "AssertionRefused";

  /** The library's own word for what does not hold; it names no person. */
  get fault(): string {
    const { cause } = this;
    return cause instanceof Error && "code" in cause ? String(cause.code) : "none";
  }
}

/** The provider of the settings. Its addresses and keys are looked up when they are first needed. */
export class Provider {
  readonly #settings: SignOnSettings;
  readonly #secret: string;
  #known: { readonly since: number; readonly configuration: oidc.Configuration } | undefined;

  /** Reads the secret where a file holds it; throws where that cannot be read. */
  constructor(settings: SignOnSettings) {
    const { clientSecret } = settings;
    this.#settings = settings;
    this.#secret =
      "text" in clientSecret ? clientSecret.text : readFileSync(clientSecret.file, "utf8").trim();
  }

  /** Where the browser goes to be signed in. ProviderUnavailable. */
  async authorizationUrl(redirectUri: string, checks: Checks): Promise<URL> {
    const configuration = await this.#configuration();
    const contexts = this.#settings.factors
      .filter((factor) => factor.startsWith("acr:"))
      .map((factor) => factor.slice("acr:".length));
    return oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: "openid email",
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(checks.codeVerifier),
      code_challenge_method: "S256",
      ...(contexts.length > 0 ? { acr_values: contexts.join(" ") } : {}),
      ...(checks.fresh ? { prompt: "login", max_age: String(FRESH_SECONDS) } : {}),
    });
  }

  /**
   * What the provider says of who comes back to this address: the code is exchanged once, and of the token state, nonce,
   * issuer, audience, times and signature are checked. AssertionRefused, ProviderUnavailable.
   */
  async assertionAt(callback: URL, checks: Checks): Promise<Assertion> {
    const configuration = await this.#configuration();
    const { state, nonce, codeVerifier, fresh } = checks;
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
        ...(fresh ? { maxAge: FRESH_SECONDS } : {}),
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new AssertionRefused("no ID token");
      const told =
        claims.email === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined
          ? await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : claims;
      return assertionOf(claims, told);
    } catch (cause) {
      throw isOutage(cause)
        ? new ProviderUnavailable("the provider does not answer", { cause })
        : new AssertionRefused("the provider's answer does not hold", { cause });
    }
  }

  async #configuration(): Promise<oidc.Configuration> {
    const now = performance.now();
    if (this.#known !== undefined && now - this.#known.since < CONFIGURATION_MS) {
      return this.#known.configuration;
    }
    const { issuer, clientId } = this.#settings;
    const server = new URL(issuer);
    // The settings let http through on this machine only.
    const insecure = server.protocol === "http:" ? [oidc.allowInsecureRequests] : [];
    try {
      const configuration = await oidc.discovery(
        server,
        clientId,
        undefined,
        authentication(this.#secret),
        { timeout: TIMEOUT_SECONDS, execute: [oidc.enableNonRepudiationChecks, ...insecure] },
      );
      this.#known = { since: now, configuration };
      return configuration;
    } catch (cause) {
      throw new ProviderUnavailable("the provider does not say where it is", { cause });
    }
  }
}

/** The client's secret in the body or the header, as the provider takes it; the header is the standard's default. */
function authentication(secret: string): oidc.ClientAuth {
  const [inBody, inHeader] = [oidc.ClientSecretPost(secret), oidc.ClientSecretBasic(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const authenticate = methods.includes("client_secret_basic") ? inHeader : inBody;
    return authenticate(server, client, body, headers);
  };
}

function assertionOf(claims: oidc.IDToken, told: oidc.UserInfoResponse | oidc.IDToken): Assertion {
  const { email, email_verified: isVerified } = told;
  const methods: unknown = claims.amr;
  const amr = Array.isArray(methods) ? methods.map((method) => `amr:${method}`) : [];
  const acr = claims.acr === undefined ? [] : [`acr:${claims.acr}`];
  return {
    issuer: claims.iss,
    subject: claims.sub,
    ...(isVerified === true && typeof email === "string"
      ? { verifiedEmail: email.trim().toLowerCase() }
      : {}),
    ...(claims.auth_time === undefined ? {} : { authenticatedAt: claims.auth_time * 1000 }),
    means: [...amr, ...acr],
  };
}

/** fetch throws TypeError where nobody answers; an answer of 500 and above is no decision either. */
function isOutage(thrown: unknown): boolean {
  if (thrown instanceof oidc.ClientError) {
    if (thrown.code === "OAUTH_TIMEOUT") return true;
    const { cause } = thrown;
    return cause instanceof Response && cause.status >= 500;
  }
  return thrown instanceof TypeError && thrown.message === "fetch failed";
}
