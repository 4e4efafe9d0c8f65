/**
 * Sign-on: what a provider of identities says of a person (OpenID Connect Core 1.0).
 *
 * Terminology
 * - provider: who signs people in for an organization, and says so in a signed token.
 * - assertion: what the provider said of one person, after everything about it was checked.
 * - subject: the name by which a provider knows a person for ever; an e-mail address may pass to somebody else.
 */
export {
  type Assertion,
  AssertionRefused,
  type Checks,
  Provider,
  ProviderUnavailable,
} from "./provider.ts";
