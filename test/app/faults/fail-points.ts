/** Lets a piece of work fail once at each of its store operations, in this process. */
import { expect } from "chai";
import { newIds } from "../../../src/app/open-app.ts";
import { openStore } from "../../../src/platform/store/index.ts";
import { testKeys } from "../../keys.ts";
import { appOn, Practice } from "../practice.ts";
import { booksOf, expectWhole } from "./books.ts";
import { type CommandProxy, commandProxy, type Fate } from "./command-proxy.ts";
import type { Scene } from "./scenes.ts";

/** What trying the points of a scene came to. */
export interface PointReport {
  /** The store operations that the work has when nothing fails, in order. */
  readonly commands: readonly string[];
  /** How many of them were made to fail. */
  readonly tried: number;
  /** How many of those the work survived without being done again: the driver had asked once more. */
  readonly survived: number;
}

/** Does the work of a scene through a proxy, on a store that is opened for it as a new process would. */
export async function workThrough(proxy: CommandProxy, scene: Scene, id: string): Promise<void> {
  const store = await openStore({ uri: proxy.uri }, testKeys());
  try {
    await scene.work(new Practice(appOn(store, newId), id));
  } finally {
    await store.close();
  }
}

/** Ids that no other run of one store has made. */
export const newId = newIds(() => Date.now());

/**
 * Tries every point that `chosen` takes (all by default): prepares a practice, lets the work fail at the point,
 * looks at the books, does the work again, and expects the same end as without the failure.
 */
export async function tryPoints(
  direct: string,
  scene: Scene,
  fate: Exclude<Fate, "passes">,
  chosen: (point: number) => boolean = () => true,
): Promise<PointReport> {
  const store = await openStore({ uri: direct }, testKeys());
  const app = appOn(store, newId);
  const prepared = async () => {
    const practice = new Practice(app, `practice-${newId()}`);
    await scene.prepare(practice);
    return practice;
  };
  try {
    const untouched = await prepared();
    const commands: string[] = [];
    const counting = await commandProxy(direct, (command) => {
      commands.push(command);
      return "passes";
    });
    await workThrough(counting, scene, untouched.actor.practiceId);
    await counting.close();
    const expected = await booksOf(untouched);
    let [tried, survived] = [0, 0];
    for (let point = 1; point <= commands.length; point++) {
      if (!chosen(point)) continue;
      const where = `${scene.name}, ${fate} at ${point} of ${commands.length} (${commands[point - 1]})`;
      const practice = await prepared();
      const proxy = await commandProxy(direct, (_command, place) =>
        place === point ? fate : "passes",
      );
      const failed = await workThrough(proxy, scene, practice.actor.practiceId).then(
        () => false,
        () => true,
      );
      await proxy.close();
      expect(proxy.count(), `${where}: reached`).to.be.at.least(point);
      if (!failed) survived += 1;
      await expectWhole(practice, `${where}, before it is done again`);
      await scene.work(practice);
      expect(await booksOf(practice), where).to.deep.equal(expected);
      await expectWhole(practice, where);
      tried += 1;
    }
    return { commands, tried, survived };
  } finally {
    await store.close();
  }
}
