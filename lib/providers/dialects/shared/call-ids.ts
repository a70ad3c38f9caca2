import type { Note } from "./note";

/** Gives every call of one request an id of its own. Ids already given never change as the history grows. */
export type CallIds = {
  /**
   * The provider's own id where it can be kept, else a new one. An id that another provider or model made
   * (`foreign`) is kept only in the form that all of them accept.
   */
  readonly take: (own: string | null, foreign: boolean, note: Note) => string;
};

const EVERYWHERE = /^[\w-]{1,40}$/;
const NINE = /^[A-Za-z0-9]{9}$/;

/**
 * Opens the ids of one request. They are unique only within it. `nine`: nine letters and digits, as Mistral requires.
 */
export function openCallIds(nine: boolean): CallIds {
  const taken = new Set<string>();

  function usable(id: string, foreign: boolean): boolean {
    if (id === "" || taken.has(id)) return false;
    if (nine) return NINE.test(id);
    return !foreign || EVERYWHERE.test(id);
  }

  function next(): string {
    for (let number = taken.size + 1; ; number += 1) {
      const id = nine ? `call${String(number).padStart(5, "0")}` : `call_${String(number)}`;
      if (!taken.has(id)) return id;
    }
  }

  return {
    take: (own, foreign, note) => {
      const kept = own !== null && usable(own, foreign);
      if (!kept && own !== null && own !== "") note("Tool call ids were rewritten to be valid and unique.");
      const id = kept ? own : next();
      taken.add(id);
      return id;
    },
  };
}
