// @ts-check
/**
 * Something that a person must know to go on: what happened and what to do next, a sentence each.
 *
 * @typedef {{ readonly what: string, readonly next: string }} Problem
 */

/** What to do where no install can work; every message ends in a way on. */
const ELSEWHERE = "Or use any other server: start one, or set a key.";

/**
 * A failed value with its problem.
 *
 * @param {string} what
 * @param {string} next
 * @returns {{ readonly ok: false, readonly problem: Problem }}
 */
export function failure(what, next) {
  return { ok: false, problem: { what, next: `${next} ${ELSEWHERE}` } };
}
