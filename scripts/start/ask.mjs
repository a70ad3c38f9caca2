// @ts-check

const EVERY_MS = 50;

/**
 * The outcome of asking: the reply of `/api/providers`, nothing because the server ended first, or a reply that means
 * the page cannot be used either. * @typedef {{ readonly kind: "up", readonly reply:
 * import("../../lib/contract/servers.ts").ProvidersReply } | { readonly kind: "ended" } | { readonly kind: "refused",
 * readonly message: string }} Asked
 */

/**
 * Waits until the server answers. Any answer ends the wait: one that refuses this machine now will not do otherwise
 * later.
 *
 * @param {string} url
 * @param {Promise<unknown>} ended
 * @param {string | undefined} token what the server asks everyone for, if anything
 * @returns {Promise<Asked>}
 */
export async function askProviders(url, ended, token) {
  const over = new AbortController();
  void ended.then(() => over.abort());
  while (!over.signal.aborted) {
    const answer = await fetch(`${url}/api/health`, { signal: over.signal }).catch(() => null);
    if (answer?.ok === true) return readProviders(url, token);
    if (answer !== null) return refused(answer);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  return { kind: "ended" };
}

/**
 * @param {string} url
 * @param {string | undefined} token
 * @returns {Promise<Asked>}
 */
async function readProviders(url, token) {
  const headers = { "x-vitrine": "1", ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const answer = await fetch(`${url}/api/providers`, { headers });
  return answer.ok ? { kind: "up", reply: await answer.json() } : refused(answer);
}

/**
 * @param {Response} answer
 * @returns {Promise<Asked>}
 */
async function refused(answer) {
  const text = (await answer.text()).slice(0, 300);
  return { kind: "refused", message: `${answer.url} answered ${answer.status}: ${text}` };
}
