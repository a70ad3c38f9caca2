import { CSRF_HEADER, HELD_SCRIPT } from "@/lib/contract/access";

import type { EarlyInput } from "./first-html";

/** The script of the first HTML, as its text. It runs before the page's own code has come, under the reply's nonce. */
export function firstScript(): string {
  return `(${begin.toString()})(${JSON.stringify(CSRF_HEADER)}, ${JSON.stringify(HELD_SCRIPT)})`;
}

/**
 * Asks for the servers, brings the page's code once the page is painted, and watches over the composer until that code
 * takes over. Runs alone in the browser, so it may name nothing outside of itself.
 */
function begin(header: string, heldScript: string): void {
  const reply = fetch("/api/providers", { headers: { [header]: "1" }, cache: "no-store" });
  // Whoever takes the reply hears of a failure.
  reply.catch(() => undefined);

  // Fetched and read before, the code would keep the first paint waiting.
  let isTime = false;
  const bringCode = () => {
    isTime = true;
    for (const held of document.querySelectorAll<HTMLScriptElement>(`script[${heldScript}]`)) {
      const script = document.createElement("script");
      // As it is written: Turbopack finds a file again by its address.
      script.setAttribute("src", held.getAttribute("src") ?? "");
      script.nonce = held.nonce;
      script.async = true;
      held.replaceWith(script);
    }
  };
  new PerformanceObserver((paints, observer) => {
    // Chromium may report a paint of the bare background before it.
    if (paints.getEntriesByName("first-contentful-paint").length === 0) return;
    observer.disconnect();
    bringCode();
  }).observe({ type: "paint", buffered: true });
  // A page in the background is not painted, nor one whose browser says nothing of it.
  if (document.hidden) bringCode();
  document.addEventListener("visibilitychange", bringCode, { once: true });
  setTimeout(bringCode, 3000);
  // What a slow net brings after the first paint.
  document.addEventListener("DOMContentLoaded", () => {
    if (isTime) bringCode();
  });

  const watch = new AbortController();
  let draft: string | null = null;
  let run: string | null = null;
  let starter: HTMLElement | null = null;
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- nothing outside comes along into the page
  const isPrompt = (target: unknown): target is HTMLTextAreaElement =>
    target instanceof HTMLTextAreaElement && target.name === "prompt";
  /** The page's code, which may be about to run, does not hear of it: it would run the prompt a second time. */
  const press = (event: Event, prompt: HTMLTextAreaElement) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (prompt.value.trim() !== "") run = prompt.value;
  };
  const options = { capture: true, signal: watch.signal };
  // For a letter React would first take the whole page over, in one piece, and the letter would be seen after that.
  for (const type of ["keydown", "keypress", "keyup", "input"] as const) {
    addEventListener(
      type,
      (event) => {
        const isShortcut = event instanceof KeyboardEvent && (event.ctrlKey || event.metaKey || event.altKey);
        if (isPrompt(event.target) && !isShortcut) event.stopPropagation();
      },
      options,
    );
  }
  addEventListener(
    "input",
    ({ target }) => {
      if (isPrompt(target)) draft = target.value;
    },
    options,
  );
  addEventListener(
    "keydown",
    (event) => {
      const { target } = event;
      if (!isPrompt(target) || event.key !== "Enter" || event.shiftKey) return;
      // The Enter that picks a word of an input method; Safari sends it after the word with the code 229.
      if (event.isComposing || event.keyCode === 229) return;
      // A keyboard on the screen breaks the line, as in `PromptField`.
      if (matchMedia("(pointer: coarse)").matches && !event.ctrlKey && !event.metaKey) return;
      press(event, target);
    },
    options,
  );
  addEventListener(
    "submit",
    (event) => {
      const prompt = event.target instanceof HTMLFormElement && event.target.elements.namedItem("prompt");
      if (isPrompt(prompt)) press(event, prompt);
    },
    options,
  );
  addEventListener(
    "click",
    (event) => {
      const pressed = event.target instanceof Element ? event.target.closest("[data-starter]") : null;
      if (!(pressed instanceof HTMLElement)) return;
      event.stopImmediatePropagation();
      delete starter?.dataset["waiting"];
      starter = pressed;
      starter.dataset["waiting"] = "";
    },
    options,
  );
  // The script runs beside the reading of the page: something may have been typed before it listened.
  const field = document.querySelector("textarea[name=prompt]");
  if (isPrompt(field) && field.value !== field.defaultValue) draft = field.value;

  window.vitrineFirst = {
    servers: { at: performance.now(), reply },
    takeInput: (): EarlyInput | null => {
      watch.abort();
      const typed = draft ?? run;
      const pressed = run;
      draft = null;
      run = null;
      return typed === null ? null : { draft: typed, run: pressed };
    },
    takeStarter: () => {
      const title = starter?.dataset["starter"] ?? null;
      delete starter?.dataset["waiting"];
      starter = null;
      return title;
    },
  };
}
