/**
 * Every requirement of OWASP ASVS 5.0.0 of levels 1 and 2, in a few words of ours (paraphrase, CC BY-SA 4.0, © OWASP
 * Foundation). One line each: number, level, words, and where no test carries the number by its title: `n` does not apply,
 * `d` documented on that page, `o` open; with the reason. A test that carries the number counts before any of them.
 */
const ROWS = `
1.1.1 2 | Decode input once, before it is checked
1.1.2 2 | Encode output last, for the one who reads it
1.2.1 1 | Encode for HTML, attributes, headers
1.2.2 1 | Encode what goes into URLs; safe protocols only
1.2.3 1 | Encode what goes into JSON and scripts
1.2.4 1 | No injection into database queries
1.2.5 1 | No injection into commands of the operating system
1.2.6 2 | No LDAP injection | n | There is no LDAP
1.2.7 2 | No XPath injection | n | There is no XPath
1.2.8 2 | LaTeX configured securely | n | There is no LaTeX
1.2.9 2 | Escape input in regular expressions
1.3.1 1 | Sanitize HTML of editors | n | No HTML is taken from anybody
1.3.2 1 | No eval, no dynamic code
1.3.3 2 | Sanitize what goes into dangerous contexts; bound its length
1.3.4 2 | Sanitize SVG | n | No image is taken from anybody
1.3.5 2 | Sanitize or disable templates and markup of users | n | None is taken from anybody
1.3.6 2 | No server-side request forgery | n | No address to connect to is taken from a request or a file
1.3.7 2 | No template injection
1.3.8 2 | No JNDI injection | n | There is no JNDI
1.3.9 2 | No memcache injection | n | There is no memcache
1.3.10 2 | Sanitize format strings
1.3.11 2 | No mail injection | n | No mail is sent
1.4.1 2 | Memory-safe strings and copies | n | JavaScript is memory-safe; native parts are those of pinned packages
1.4.2 2 | No overflow of integers
1.4.3 2 | Release memory and resources | n | Memory is collected; the suite fails when a test leaves a handle open (test/hooks.ts)
1.5.1 1 | XML parsers without external entities | n | No XML is parsed
1.5.2 2 | Safe deserialization
2.1.1 1 | Document how input is validated | d | docs/threat-model.md#input
2.1.2 2 | Document checks of combined data | d | docs/situational-rules.md
2.1.3 2 | Document limits of the business | d | docs/threat-model.md#limits
2.2.1 1 | Validate input against what is expected
2.2.2 1 | Validate at the service, not in the browser
2.2.3 2 | Check that related data fit together
2.3.1 1 | Steps of a flow only in their order
2.3.2 2 | Enforce the documented limits
2.3.3 2 | Whole or not at all
2.3.4 2 | Nothing is taken twice
2.4.1 2 | Limit automated calls
3.2.1 1 | Content is not rendered in a wrong context
3.2.2 1 | Text is shown as text
3.3.1 1 | Secure cookies with a prefix
3.3.2 2 | SameSite by purpose
3.3.3 2 | The prefix __Host-
3.3.4 2 | HttpOnly for session cookies
3.4.1 1 | HSTS, a year, with subdomains
3.4.2 1 | CORS: no origin but trusted ones
3.4.3 2 | A content security policy
3.4.4 2 | nosniff
3.4.5 2 | A referrer policy
3.4.6 2 | frame-ancestors
3.5.1 1 | Anti-forgery tokens or the like
3.5.2 1 | Nothing sensitive without a preflight where one is relied on
3.5.3 1 | Changes only by methods that are not safe
3.5.4 2 | Applications apart on host names of their own | d | docs/threat-model.md#what-the-operator-does
3.5.5 2 | Check the origin of postMessage | n | No page takes messages
3.7.1 2 | Only supported client technologies | n | No plug-in, no applet
3.7.2 2 | Redirect to known hosts only
4.1.1 1 | Content-Type with charset on every answer
4.1.2 2 | No silent redirect from HTTP for programs
4.1.3 2 | Headers of proxies cannot be set by users
4.2.1 2 | No request smuggling
4.3.1 2 | GraphQL bounded | n | There is no GraphQL
4.3.2 2 | GraphQL introspection off | n | There is no GraphQL
4.4.1 1 | WebSocket over TLS | n | There is no WebSocket
4.4.2 2 | WebSocket origin checked | n | There is no WebSocket
4.4.3 2 | WebSocket tokens | n | There is no WebSocket
4.4.4 2 | WebSocket tokens from the session | n | There is no WebSocket
5.1.1 2 | Document file types and sizes | d | docs/threat-model.md#limits
5.2.1 1 | Only files of a size that can be worked on
5.2.2 1 | Check that content is of the type it claims
5.2.3 2 | Check compressed files before unpacking
5.3.1 1 | Uploads are never run
5.3.2 1 | No file paths of users
5.4.1 2 | File names of downloads are ours
5.4.2 2 | File names in headers are encoded
5.4.3 2 | Scan files for viruses | o | No scanner is called. Files are read as X12, JSON or CSV only, kept sealed, and given out as attachments
6.1.1 1 | Document defences against guessing | d | docs/threat-model.md#limits
6.1.2 2 | Document words that no password is made of | d | docs/threat-model.md#ways-in
6.1.3 2 | Document all ways to sign in | d | docs/threat-model.md#ways-in
6.2.1 1 | Passwords of 8 characters at least, better 15
6.2.2 1 | Users can change their password
6.2.3 1 | Changing asks for the current one
6.2.4 1 | Refuse the 3000 most used passwords | o | Fifteen characters, five different ones, and no name are asked for; there is no list
6.2.5 1 | No rules of composition
6.2.6 1 | Password fields are masked
6.2.7 1 | Paste and password managers work
6.2.8 1 | Verified as it was typed
6.2.9 2 | 64 characters are allowed
6.2.10 2 | No change by the calendar
6.2.11 2 | Words of the context are refused
6.2.12 2 | Refuse breached passwords | o | No list of breached passwords is asked: the program connects to nobody
6.3.1 1 | Defences against guessing as documented
6.3.2 1 | No default accounts
6.3.3 2 | A second factor
6.3.4 2 | All ways in equally strong
6.4.1 1 | Initial secrets random, short-lived, used once
6.4.2 1 | No secret questions | n | There are none: no route takes one
6.4.3 2 | A safe way back after a forgotten password | o | An administrator ends the account and invites anew; a reset that keeps the account is missing
6.4.4 2 | A lost factor is replaced after proof of identity
6.5.1 2 | Codes work once
6.5.2 2 | Recovery codes hashed; strong, or with a slow hash
6.5.3 2 | Codes and seeds from a secure generator
6.5.4 2 | Recovery codes of 20 bits at least
6.5.5 2 | One-time passwords live 30 seconds at most | o | One step of clock drift is forgiven either way (RFC 6238 5.2), so a code lives up to 90 seconds
6.6.1 2 | One-time passwords by telephone | n | No code is sent by telephone
6.6.2 2 | Out-of-band codes bound to their request | n | No code is sent by another channel
6.6.3 2 | Out-of-band codes rate-limited | n | No code is sent by another channel
6.8.1 2 | Users of several identity providers kept apart
6.8.2 2 | Signatures of assertions verified
6.8.3 2 | SAML assertions used once | n | There is no SAML
6.8.4 2 | Strength of a provider's sign-in checked
7.1.1 2 | Document session limits | d | docs/threat-model.md#ways-in
7.1.2 2 | Document how many sessions there may be | d | docs/threat-model.md#ways-in
7.1.3 2 | Document federated sessions | d | docs/threat-model.md#ways-in
7.2.1 1 | Session tokens verified at the service
7.2.2 1 | Tokens made for each session
7.2.3 1 | Tokens of 128 random bits
7.2.4 1 | A new token at sign-in
7.3.1 2 | Idle timeout
7.3.2 2 | Absolute timeout
7.4.1 1 | Ended sessions are worth nothing
7.4.2 1 | Disabled users are out at once
7.4.3 2 | Other sessions end with a changed factor
7.4.4 2 | Sign-out on every page | o | Every page has it; no test carries the number yet
7.4.5 2 | Administrators can end sessions
7.5.1 2 | Proof again before account changes
7.5.2 2 | See and end one's sessions | o | All of them can be ended at once; they cannot be looked at one by one
7.6.1 2 | Federated sessions end as documented | o | Our sessions end by their own limits; the end of one at the provider is not heard
7.6.2 2 | No federated session without an act | o | The way to the provider begins with a click of the person; no test carries the number
8.1.1 1 | Document who may do what | d | docs/threat-model.md#who-may-do-what
8.1.2 2 | Document who may see which field | d | docs/threat-model.md#who-may-do-what
8.2.1 1 | Functions only for who may
8.2.2 1 | Data only for who may
8.2.3 2 | Fields only for who may
8.3.1 1 | Decided at the service
8.4.1 2 | Tenants kept apart
9.1.1 1 | Self-contained tokens: signature
9.1.2 1 | Self-contained tokens: algorithms | o | Left to openid-client, which takes the algorithm that is agreed on; no test of ours
9.1.3 1 | Self-contained tokens: sources of keys
9.2.1 1 | Self-contained tokens: time
9.2.2 2 | Self-contained tokens: type | o | Only ID tokens of the token endpoint are read; no test of ours
9.2.3 2 | Self-contained tokens: audience
9.2.4 2 | Self-contained tokens: audience of issuers | n | The program issues no self-contained tokens
10.1.1 2 | OAuth tokens only where needed | o | Tokens of the provider are read once and not kept; no test carries the number
10.1.2 2 | Answers only to flows of one's own
10.2.1 2 | OAuth client: forged requests
10.2.2 2 | OAuth client: mixed-up servers | n | One provider is configured
10.3.1 2 | OAuth resource: audience | n | The interface takes keys of its own, no OAuth tokens
10.3.2 2 | OAuth resource: scopes | n | The interface takes keys of its own, no OAuth tokens
10.3.3 2 | OAuth resource: subjects | n | The interface takes keys of its own, no OAuth tokens
10.3.4 2 | OAuth resource: strength | n | The interface takes keys of its own, no OAuth tokens
10.4.1 1 | OAuth server: redirect addresses | n | The program is no authorization server
10.4.2 1 | OAuth server: codes once | n | The program is no authorization server
10.4.3 1 | OAuth server: codes short-lived | n | The program is no authorization server
10.4.4 1 | OAuth server: grants | n | The program is no authorization server
10.4.5 1 | OAuth server: refresh tokens | n | The program is no authorization server
10.4.6 2 | OAuth server: PKCE | n | The program is no authorization server
10.4.7 2 | OAuth server: registration | n | The program is no authorization server
10.4.8 2 | OAuth server: refresh expiry | n | The program is no authorization server
10.4.9 2 | OAuth server: revocation | n | The program is no authorization server
10.4.10 2 | OAuth server: client authentication | n | The program is no authorization server
10.4.11 2 | OAuth server: scopes | n | The program is no authorization server
10.5.1 2 | OIDC client: nonce
10.5.2 2 | OIDC client: subject
10.5.3 2 | OIDC client: issuer | o | openid-client refuses metadata of another issuer; no test of ours
10.5.4 2 | OIDC client: audience
10.5.5 2 | OIDC client: back-channel logout | n | No back-channel logout is offered
10.6.1 2 | OpenID provider: response modes | n | The program is no OpenID provider
10.6.2 2 | OpenID provider: forced logout | n | The program is no OpenID provider
10.7.1 2 | Consent to each request | n | The program is no authorization server
10.7.2 2 | Consent informed | n | The program is no authorization server
10.7.3 2 | Consent revoked | n | The program is no authorization server
11.1.1 2 | Document the life of keys | d | docs/threat-model.md#keys
11.1.2 2 | Inventory of cryptography | d | docs/threat-model.md#keys
11.2.1 2 | Validated implementations only
11.2.2 2 | Keys and algorithms can be replaced
11.2.3 2 | 128 bits of security at least
11.3.1 1 | No insecure modes or paddings
11.3.2 1 | Approved ciphers only
11.3.3 2 | Encrypted data is authenticated
11.4.1 1 | Approved hashes only
11.4.2 2 | Passwords by a slow hash
11.4.3 2 | Hashes of 256 bits where collisions matter
11.4.4 2 | Keys from passwords by stretching | n | No key is derived from a password
11.5.1 2 | Secrets from a secure generator, 128 bits
11.6.1 2 | Approved signatures and key generation
12.1.1 1 | TLS 1.2 and 1.3 only
12.1.2 2 | Strong cipher suites only
12.1.3 2 | Client certificates validated | n | No client certificates are asked for
12.2.1 1 | TLS for all outside, without fallback
12.2.2 1 | Publicly trusted certificates | d | docs/threat-model.md#what-the-operator-does
12.3.1 2 | Encrypted connections everywhere | o | TLS to MongoDB is as MONGODB_URI asks for; it is not enforced
12.3.2 2 | Certificates of servers validated | n | The TLS clients are the driver of MongoDB and Node itself, which validate unless the operator says otherwise
12.3.3 2 | TLS between services inside | n | There is one service; the embedded store is reached by a socket of the process owner only
12.3.4 2 | Trusted certificates inside | n | There is one service
13.1.1 2 | Document what connects to what | d | docs/threat-model.md#connections
13.2.1 2 | Components authenticate to each other | o | MongoDB's own users; short-lived credentials are the operator's choice
13.2.2 2 | Least privilege between components | d | docs/threat-model.md#what-the-operator-does
13.2.3 2 | No default credentials
13.2.4 2 | A list of what may be connected to
13.2.5 2 | The server may reach only what is listed
13.3.1 2 | Secrets from a vault
13.3.2 2 | Secrets readable by who needs them only
13.4.1 1 | No source control data deployed
13.4.2 2 | No debug mode in production
13.4.3 2 | No directory listings
13.4.4 2 | No TRACE
13.4.5 2 | Documentation and health public only by intention
14.1.1 2 | Classify sensitive data | d | docs/threat-model.md#assets
14.1.2 2 | Document protection by class | d | docs/threat-model.md#assets
14.2.1 1 | No sensitive data in URLs
14.2.2 2 | No sensitive data in server caches
14.2.3 2 | No sensitive data to third parties
14.2.4 2 | Protection as documented
14.3.1 1 | Data cleared from the browser at the end of a session
14.3.2 2 | no-store
14.3.3 2 | No sensitive data in browser storage
15.1.1 1 | Document how soon components are updated | d | SECURITY.md#components
15.1.2 2 | An inventory of components from known sources
15.1.3 2 | Document what is dear to do | d | docs/threat-model.md#limits
15.2.1 1 | No component beyond its time | o | No check of the lock file against advisories runs in CI
15.2.2 2 | Defences against what is dear to do
15.2.3 2 | Nothing in production that is not needed
15.3.1 1 | Only the fields that are needed
15.3.2 2 | No redirects followed to outside | o | The identity provider alone is called, by openid-client; no test of ours
15.3.3 2 | No mass assignment
15.3.4 2 | The client's address cannot be forged
15.3.5 2 | Types are what they should be
15.3.6 2 | No prototype pollution
15.3.7 2 | No parameter pollution
16.1.1 2 | Inventory of logs | d | docs/threat-model.md#logs
16.2.1 2 | When, where, who, what in each line
16.2.2 2 | UTC
16.2.3 2 | Logs go only where documented
16.2.4 2 | A common format
16.2.5 2 | Sensitive data not logged
16.3.1 2 | Sign-ins logged
16.3.2 2 | Refusals logged
16.3.3 2 | Attempts to get round the controls logged
16.3.4 2 | Unexpected errors logged
16.4.1 2 | No log injection
16.4.2 2 | Logs cannot be changed
16.4.3 2 | Logs sent to another system | o | Checkpoints stand outside the database; sending the log elsewhere is left to what reads standard error
16.5.1 2 | Generic words for unexpected errors
16.5.2 2 | Safe without its database
16.5.3 2 | Fails closed
17.1.1 2 | TURN addresses | n | There is no WebRTC
17.2.1 2 | DTLS keys | n | There is no WebRTC
17.2.2 2 | DTLS ciphers | n | There is no WebRTC
17.2.3 2 | SRTP authentication | n | There is no WebRTC
17.2.4 2 | Malformed SRTP | n | There is no WebRTC
17.3.1 2 | Signaling floods | n | There is no WebRTC
17.3.2 2 | Malformed signaling | n | There is no WebRTC
`;

/** The chapters of the standard that have requirements of these levels. */
export const CHAPTERS: Readonly<Record<string, string>> = {
  1: "Encoding and sanitization",
  2: "Validation and business logic",
  3: "Web frontend",
  4: "API and web service",
  5: "File handling",
  6: "Authentication",
  7: "Session management",
  8: "Authorization",
  9: "Self-contained tokens",
  10: "OAuth and OIDC",
  11: "Cryptography",
  12: "Secure communication",
  13: "Configuration",
  14: "Data protection",
  15: "Secure coding and architecture",
  16: "Logging and error handling",
  17: "WebRTC",
};

const STATES = { n: "notApplicable", d: "documented", o: "open" } as const;

/** One requirement. */
export interface AsvsRow {
  readonly number: string;
  readonly level: number;
  readonly words: string;
  readonly state?: (typeof STATES)[keyof typeof STATES];
  /** Why it does not apply or is open; the page where it is documented. */
  readonly reason?: string;
}

/** The requirements, in the order of the standard. */
export const ASVS_ROWS: readonly AsvsRow[] = ROWS.trim()
  .split("\n")
  .map((line) => {
    const [head = "", words = "", state, reason] = line.split(" | ");
    const [number = "", level] = head.split(" ");
    const row = { number, level: Number(level), words };
    if (state === undefined || reason === undefined) return row;
    return { ...row, state: STATES[state as keyof typeof STATES], reason };
  });
