/**
 * Long runs: `npm run soak -- [ROUNDS]` kills the embedded store under load, hundreds of rounds; `npm run soak --
 * posting [KILLS]` kills the program a thousand times while it posts; `npm run soak -- edi [INPUTS]` has the reader of
 * X12 read millions of spoilt files. `npm run fuzz` is the last with 100,000.
 */
import { freshSeed } from "./platform/store/embedded/dice.ts";

const [what, count] = process.argv.slice(2);
if (what === "edi") {
  const { soakEdi } = await import("./edi/fuzz/soak.ts");
  await soakEdi(Number(count ?? 10_000_000));
} else if (what === "posting") {
  const { soakPosting } = await import("./app/faults/kill-under-load.ts");
  await soakPosting(Number(count ?? 1000), freshSeed());
} else await import("./platform/store/embedded/soak.ts");
