/**
 * Long runs: `npm run soak -- [ROUNDS]` kills the embedded store under load, hundreds of rounds; `npm run soak -- edi
 * [INPUTS]` has the reader of X12 read millions of spoilt files. `npm run fuzz` is the latter with 100,000.
 */
const [what, count] = process.argv.slice(2);
if (what === "edi") {
  const { soakEdi } = await import("./edi/fuzz/soak.ts");
  await soakEdi(Number(count ?? 10_000_000));
} else await import("./platform/store/embedded/soak.ts");
