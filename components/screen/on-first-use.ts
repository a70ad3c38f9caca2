import { whenIdle } from "./when-idle";

/** Calls once the page is idle after a person has first done something in it. Returns how to call it off. */
export function onFirstUse(call: () => void): () => void {
  const ending = new AbortController();
  const idle: { cancel?: () => void } = {};
  const used = () => {
    ending.abort();
    idle.cancel = whenIdle(call);
  };
  for (const type of ["pointerdown", "keydown"])
    document.addEventListener(type, used, { signal: ending.signal, passive: true });
  return () => {
    ending.abort();
    idle.cancel?.();
  };
}
