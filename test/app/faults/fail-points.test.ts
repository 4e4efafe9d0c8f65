import { expect } from "chai";
import { type EmbeddedStore, startEmbedded } from "../../../src/platform/store/embedded/index.ts";
import { freshSeed } from "../../platform/store/embedded/dice.ts";
import { temporaryFolder } from "../../platform/store/embedded/opened-store.ts";
import { tryPoints } from "./fail-points.ts";
import { SCENES } from "./scenes.ts";

/** One point of so many is tried here, another at every run; `npm run faults` tries them all. */
const ONE_OF = 25;

describe("a store that fails in the middle of", () => {
  const folder = temporaryFolder();
  const seed = freshSeed();
  let embedded: EmbeddedStore;

  before(async () => {
    embedded = await startEmbedded({ directory: folder.path });
  });
  after(async () => {
    await embedded?.close();
    folder.remove();
  });

  for (const scene of SCENES) {
    it(`2.3.3 16.5.3 ${scene.name} loses and doubles nothing, and the work done again completes it (seed ${seed})`, async () => {
      const chosen = (point: number) => point % ONE_OF === seed % ONE_OF;
      const { tried } = await tryPoints(embedded.uri, scene, "refused", chosen);
      expect(tried).to.be.greaterThan(0);
    });
  }
});
