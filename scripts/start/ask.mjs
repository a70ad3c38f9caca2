// @ts-check

const EVERY_MS = 50;

/**
 * Waits until the server answers, then gives what `/api/providers` says; null when the server ended first.
 *
 * @param {string} url
 * @param {Promise<unknown>} ended
 * @param {string | undefined} token what the server asks everyone for, if anything
 * @returns {Promise<import("../../lib/providers/api.ts").ProvidersReply | null>}
 */
export async function askProviders(url, ended, token) {
  const over = new AbortController();
  void ended.then(() => over.abort());
  while (!over.signal.aborted) {
    const healthy = await fetch(`${url}/api/health`, { signal: over.signal }).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return readProviders(url, token);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  return null;
}

/**
 * @param {string} url
 * @param {string | undefined} token
 */
async function readProviders(url, token) {
  const headers = { "x-vitrine": "1", ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(`${url}/api/providers`, { headers });
  if (!response.ok) throw new Error(`/api/providers answered ${response.status}: ${await response.text()}`);
  return response.json();
}
