import { afterEach, expect, it } from "vitest";

import { firstScript } from "./first-script";

afterEach(() => {
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
