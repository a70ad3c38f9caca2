// @ts-check

const NEEDED = [20, 19];

/**
 * One line about a Node that is too old, or null. Written for any Node, so that it can always be read.
 *
 * @param {string} version such as `20.19.0`
 * @returns {string | null}
 */
export function complainAboutNode(version) {
  const parts = version.split(".").map(Number);
  const major = parts[0] || 0;
  const minor = parts[1] || 0;
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return null;
  return `Vitrine needs Node ${NEEDED.join(".")} or newer, and this is ${version}. Install a newer one from nodejs.org.`;
}
