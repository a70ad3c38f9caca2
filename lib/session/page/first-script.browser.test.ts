import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { HELD_SCRIPT } from "@/lib/contract/access";

import { firstScript } from "./first-script";

/** Ends what the script of a test listens to in the document, which is the same for all tests. */
let page = new AbortController();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  page = new AbortController();
  const { signal } = page;
  const listen = document.addEventListener.bind(document);
  vi.spyOn(document, "addEventListener").mockImplementation(
    (type: string, hear: EventListenerOrEventListenerObject) => listen(type, hear, { signal }),
  );
});
afterEach(() => {
  page.abort();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
  delete window.vitrineFirst;
});

/** A page whose prompt holds this text before the script runs. */
function openPage(typed: string): void {
  const prompt = document.createElement("textarea");
  prompt.name = "prompt";
  prompt.value = typed;
  const script = document.createElement("script");
  script.textContent = firstScript();
  document.body.append(prompt, script);
}

it("the first script keeps what was typed before it ran", () => {
  openPage("typed at once");
  expect(window.vitrineFirst?.takeInput()).toEqual({ draft: "typed at once", run: null });
});

it("the first script brings no draft where nothing was typed", () => {
  openPage("");
  expect(window.vitrineFirst?.takeInput()).toBeNull();
});

/** A browser that says nothing of its paints until it is told to. */
function beforePaint(): { readonly paint: (name?: string) => void } {
  type Paints = Pick<PerformanceObserverEntryList, "getEntriesByName">;
  const observers = new Set<Observer>();
  class Observer {
    readonly hear: (paints: Paints) => void;
    constructor(hear: (paints: Paints, observer: Observer) => void) {
      this.hear = (paints) => hear(paints, this);
    }
    observe(): void {
      observers.add(this);
    }
    disconnect(): void {
      observers.delete(this);
    }
  }
  vi.stubGlobal("PerformanceObserver", Observer);
  return {
    paint: (name = "first-contentful-paint") => {
      const entry: PerformanceEntry = {
        name,
        entryType: "paint",
        startTime: 1,
        duration: 0,
        toJSON: () => undefined,
      };
      const getEntriesByName = (asked: string) => (asked === name ? [entry] : []);
      for (const observer of observers) observer.hear({ getEntriesByName });
    },
  };
}

/** Adds a script as the page's HTML holds it; it would run once this test is over, and does nothing. */
function addHeld(name: string): void {
  const script = document.createElement("script");
  script.type = "text/plain";
  script.setAttribute(HELD_SCRIPT, "");
  script.setAttribute("src", `data:text/javascript,//${name}`);
  document.body.append(script);
}

/** The addresses of scripts in the page that may run. */
const running = () =>
  Array.from(document.body.querySelectorAll("script[src]:not([type])"), (script) =>
    script.getAttribute("src"),
  );

describe("the page's scripts", () => {
  const HELD = ["data:text/javascript,//a", "data:text/javascript,//b"];

  it("wait for the first paint, and then run under the addresses that are written", () => {
    const { paint } = beforePaint();
    addHeld("a");
    addHeld("b");
    openPage("");
    expect(running()).toEqual([]);
    paint();
    expect(running()).toEqual(HELD);
    expect(document.querySelectorAll(`[${HELD_SCRIPT}]`)).toHaveLength(0);
  });

  it("wait for words: a paint of the bare background is not one", () => {
    const { paint } = beforePaint();
    addHeld("a");
    openPage("");
    paint("first-paint");
    expect(running()).toEqual([]);
    paint();
    expect(running()).toEqual([HELD[0]]);
  });

  it("that the rest of the HTML brings after the first paint run too", () => {
    const { paint } = beforePaint();
    addHeld("a");
    openPage("");
    paint();
    addHeld("b");
    document.dispatchEvent(new Event("DOMContentLoaded"));
    expect(running()).toEqual(HELD);
  });

  it("do not run because the HTML is whole: a page without styles is not painted", () => {
    beforePaint();
    addHeld("a");
    openPage("");
    document.dispatchEvent(new Event("DOMContentLoaded"));
    expect(running()).toEqual([]);
  });

  it("run at once in a tab in the background, which nobody paints", () => {
    vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    beforePaint();
    addHeld("a");
    openPage("");
    expect(running()).toEqual([HELD[0]]);
  });

  it("run once the tab goes to the background", () => {
    beforePaint();
    addHeld("a");
    openPage("");
    document.dispatchEvent(new Event("visibilitychange"));
    expect(running()).toEqual([HELD[0]]);
  });

  it("run after three seconds where the browser says nothing of a paint", () => {
    beforePaint();
    addHeld("a");
    openPage("");
    vi.advanceTimersByTime(2_999);
    expect(running()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(running()).toEqual([HELD[0]]);
  });
});
