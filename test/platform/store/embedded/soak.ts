/** Hundreds of rounds of kill -9 under load: `npm run soak -- [ROUNDS]`; FUZZ_SEED repeats the clients' choices. */
import { freshSeed } from "./dice.ts";
import { killRounds } from "./kill-rounds.ts";
import { temporaryFolder } from "./opened-store.ts";

const rounds = Number(process.argv[2] ?? 500);
const seed = freshSeed();
const folder = temporaryFolder();
process.stdout.write(`${rounds} rounds, seed ${seed}\n`);
const { acknowledged, resent, killedWhileStarting } = await killRounds(
  `${folder.path}/data`,
  rounds,
  seed,
  (report) => {
    if (report.rounds % 25 === 0) {
      process.stdout.write(`round ${report.rounds}: ${report.acknowledged} writes acknowledged\n`);
    }
  },
);
folder.remove();
process.stdout.write(
  `${rounds} rounds: ${acknowledged} writes acknowledged, none lost, none doubled; ` +
    `${resent.done + resent.notDone} unanswered writes sent again (${resent.notDone} commits had not been done); ` +
    `${killedWhileStarting} kills while starting.\n`,
);
