/** The store that this run of the suite is about: the server of MONGODB_URI, or an embedded one where none is named. */
import {
  type ClientOptions,
  type OpenedStore,
  openedClient,
  openedStore,
} from "./embedded/opened-store.ts";

const uri = process.env.MONGODB_URI;

/** True when the run is about another server than the embedded store. */
export const isForeign = uri !== undefined;

/** Returns the store of the run, with a database of a name of its own, empty. */
export function runStore(name: string, given: ClientOptions = {}): Promise<OpenedStore> {
  const options = { options: {}, ...given };
  return uri === undefined ? openedStore(name, options) : openedClient(uri, name, options);
}
