// @ts-check
/** Plain JavaScript, because Next's configuration uses it to set what only it knows: where the project is. */

const SLOT = Symbol.for("vitrine.root");

/** @param {string} root the project's folder */
export function setProjectRoot(root) {
  Reflect.set(globalThis, SLOT, root);
}

/**
 * The project's folder, whichever the server was started from. Code in a bundle cannot derive it from its own path. *
 * @returns {string}
 */
export function projectRoot() {
  return Reflect.get(globalThis, SLOT) ?? process.cwd();
}
