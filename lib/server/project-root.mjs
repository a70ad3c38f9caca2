// @ts-check
/** Plain JavaScript, since Next's own configuration tells what only it knows: where the project lies. */

const SLOT = Symbol.for("vitrine.root");

/** @param {string} root the project's folder */
export function setProjectRoot(root) {
  Reflect.set(globalThis, SLOT, root);
}

/**
 * The project's folder, whichever the server was started from. Code in a bundle cannot tell by its own place.
 *
 * @returns {string}
 */
export function projectRoot() {
  return Reflect.get(globalThis, SLOT) ?? process.cwd();
}
