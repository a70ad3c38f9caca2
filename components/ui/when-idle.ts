/** The longest wait, in ms: a page that is never idle still gets on. */
const PATIENCE_MS = 1_000;

/** Calls once the page is idle. Returns how to call it off. */
export function whenIdle(call: () => void): () => void {
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(call, 0);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(call, { timeout: PATIENCE_MS });
  return () => cancelIdleCallback(handle);
}

/** Calls once the page is idle after a person has first done something in it. Returns how to call it off. */
export function onFirstUse(call: () => void): () => void {
  const ending = new AbortController();
  const idle: { cancel?: () => void } = {};
  const used = () => {
    ending.abort();
    idle.cancel = whenIdle(call);
  };
  // What is dictated, pasted from a menu or dropped comes without a key.
  for (const type of ["pointerdown", "keydown", "input"])
    document.addEventListener(type, used, { signal: ending.signal, passive: true });
  return () => {
    ending.abort();
    idle.cancel?.();
  };
}
