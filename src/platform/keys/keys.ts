import { type KeyRing, newKeyRing, readKeyRing, writeKeyRing } from "../../trust/sealing/index.ts";
import type { KeySource } from "./source.ts";
import { UnfitKeys } from "./unfit-keys.ts";

/** How soon a process seals by a key that another has made the current one. */
const FRESH_MS = 5000;

/** The keys in use. Another process may add one: a key that is not known is looked for in the source once more. */
export class Keys {
  readonly #source: KeySource;
  #ring: KeyRing;
  /** Made at this start and not yet kept anywhere. */
  #isFresh: boolean;
  #readAt = performance.now();

  private constructor(source: KeySource, ring: KeyRing, isFresh: boolean) {
    this.#source = source;
    this.#ring = ring;
    this.#isFresh = isFresh;
  }

  /** Keys as their source has them; new ones, still unkept, where it has none. BadKeyRing, UnfitKeys. */
  static load(source: KeySource, now: () => Date): Keys {
    const text = source.read();
    return text === undefined
      ? new Keys(source, newKeyRing(now()), true)
      : new Keys(source, readKeyRing(text), false);
  }

  /** Where the keys come from, for people. */
  get description(): string {
    return this.#source.description;
  }

  get isFresh(): boolean {
    return this.#isFresh;
  }

  /** The ring; where a file keeps it, as it was there a short while ago. */
  get ring(): KeyRing {
    if (this.#source.isCheap === true && performance.now() - this.#readAt > FRESH_MS) {
      this.#readAgain();
    }
    return this.#ring;
  }

  /** The ring, read anew where it has no key of this id. */
  having(keyId: string): KeyRing {
    if (!this.#ring.keys.has(keyId)) this.#readAgain();
    return this.#ring;
  }

  /** Keeps fresh keys in their source; does nothing where they are kept. */
  keep(): void {
    if (this.#isFresh) this.#write(this.#ring, true);
    this.#isFresh = false;
  }

  /** Keeps a changed ring and uses it. */
  change(to: (ring: KeyRing) => KeyRing): void {
    this.#readAgain();
    const changed = to(this.#ring);
    this.#write(changed, false);
    this.#ring = changed;
  }

  #write(ring: KeyRing, isNew: boolean): void {
    if (this.#source.write === undefined) {
      throw new UnfitKeys(`The keys come from ${this.description}: they are changed there.`);
    }
    this.#source.write(writeKeyRing(ring), isNew);
  }

  #readAgain(): void {
    this.#readAt = performance.now();
    const text = this.#isFresh ? undefined : this.#source.read();
    if (text !== undefined) this.#ring = readKeyRing(text);
  }
}
