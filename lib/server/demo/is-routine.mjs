// @ts-check

/**
 * Whether a line of llama.cpp's log (time, level, source) tells a person nothing about why it ended: all
 * below the level of an error. Pure.
 *
 * @param {string} line
 */
export function isRoutine(line) {
  return /^[\d.]+ [DIW] /.test(line);
}
