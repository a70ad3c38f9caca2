import { expect, it } from "vitest";
import { page } from "vitest/browser";

import { openTestPage, streamAnswer } from "@/components/__fixtures__/test-page";

import { Playground } from "./playground";

const LINES = Array.from({ length: 40 }, (_, line) => `Line ${line} says that the lamp in the hall is on.`);

/** An answer that streams, longer than the screen. */
async function openLongAnswer() {
  const { app, show } = await openTestPage();
  app.actions.changeSetup(app.lanes()[0]?.id ?? expect.unreachable(), { model: "tiny" });
  const screen = await show(<Playground theme="system" isKnown={false} keepsThoughts={false} />);
  const stream = streamAnswer(app, 0);
  const request = { provider: "llamacpp", dialect: "chat-completions", model: "tiny", endpoint: null };
  stream({ type: "step-start", stepId: "s", request }, { type: "text-start", id: "t" });
  const say = (text: string) => stream({ type: "text-delta", id: "t", text });
  say(LINES.join("\n\n"));
  const view = screen.getByRole("main");
  await expect.element(view).toHaveAttribute("data-tail", "followed");
  await expect.element(screen.getByText(/^Line 39 /)).toBeInViewport();
  const scrollUp = () => {
    view.element().dispatchEvent(new WheelEvent("wheel", { deltaY: -200, bubbles: true }));
    view.element().scrollTop -= 200;
  };
  return { screen, view, say, scrollUp, newest: screen.getByRole("button", { name: "Newest" }) };
}

/** Where everything else of the footer and the answers stands. */
function places(): readonly string[] {
  const all = document.querySelectorAll("main, footer, footer *, [data-part=text]");
  return [...all].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return element.matches("[data-part=text]") ? `${x} ${width}` : `${x} ${y} ${width} ${height}`;
  });
}

it.each([
  ["a phone", 360, 740],
  ["a desktop", 1_400, 800],
])("the way to the newest text covers nothing and moves nothing on %s", async (_name, width, height) => {
  await page.viewport(width, height);
  const { screen, view, say, scrollUp, newest } = await openLongAnswer();
  const before = places();
  await expect.element(newest).not.toBeInTheDocument();
  scrollUp();
  await expect.element(newest).toBeVisible();
  const { top } = newest.element().getBoundingClientRect();
  expect(top).toBeGreaterThan(view.element().getBoundingClientRect().bottom);
  expect(places()).toEqual(before);
  say("\n\nOne more line.");
  await newest.click();
  await expect.element(screen.getByText("One more line.")).toBeInViewport();
  await expect.element(newest).not.toBeInTheDocument();
  expect(places()).toEqual(before);
});
