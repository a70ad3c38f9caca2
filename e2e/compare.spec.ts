import { expect, test } from "./fixtures";
import {
  closeLane,
  answer,
  answers,
  ask,
  lane,
  prompt,
  run,
  settled,
  stopAll,
  texts,
  thoughts,
} from "./screen";
import type { Exchange } from "./upstream";

test("a link opens a ready comparison and does not run it", async ({ open, upstream }) => {
  const before = upstream.seen.length;
  const page = await open(["vllm/plain", "vllm/thinker"], "Hello there");
  await expect(page.getByRole("region", { name: "Lane 1: plain" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Lane 2: thinker" })).toBeVisible();
  await expect(prompt(page)).toHaveValue("Hello there");
  expect(upstream.seen.length).toBe(before);
});

test("one prompt goes to all lanes and each shows its own answer", async ({ open }) => {
  const page = await open(["vllm/plain", "vllm/plain"]);
  await ask(page, "Say something");
  for (const laneNumber of [1, 2])
    await expect(answer(page, laneNumber)).toContainText("nobody asks why it is still on");
  await settled(page);
  await expect(page.getByRole("main").getByText("Say something", { exact: true })).toHaveCount(1);
});

test("a prompt to one lane leaves the others alone", async ({ open }) => {
  const page = await open(["vllm/plain", "vllm/plain"]);
  await page.getByRole("combobox", { name: "Send to" }).selectOption({ index: 2 });
  await ask(page, "Only you");
  await expect(answer(page, 2)).toContainText("still on");
  await expect(answers(page, 1)).toHaveCount(0);
});

test("the reasoning is open while the model thinks and closes when the answer begins", async ({
  open,
  upstream,
}) => {
  upstream.script("thinker-a", gatedThinker("a"));
  const page = await open(["vllm/thinker-a"]);
  await ask(page, "Think");
  const thought = thoughts(page, 1);
  await expect(thought).toHaveAttribute("aria-expanded", "true");
  await expect(lane(page, 1)).toContainText("I think about it.");
  upstream.open("a");
  await expect(thought).toHaveAttribute("aria-expanded", "false");
  await expect(answer(page, 1)).toContainText("Then I answer.");
});

test("a reasoning block that a person opened or closed stays so while it streams", async ({
  open,
  upstream,
}) => {
  upstream.script("thinker-b", gatedThinker("b"));
  const page = await open(["vllm/thinker-b"]);
  await ask(page, "Think");
  const thought = thoughts(page, 1);
  await expect(thought).toHaveAttribute("aria-expanded", "true");
  await thought.click();
  await expect(thought).toHaveAttribute("aria-expanded", "false");
  await thought.click();
  upstream.open("b");
  await expect(answer(page, 1)).toContainText("Then I answer.");
  await expect(thought).toHaveAttribute("aria-expanded", "true");
});

test("Stop freezes the reply and closes the upstream", async ({ open, upstream }) => {
  const page = await open(["vllm/endless"]);
  await ask(page, "Never stop");
  await expect(answer(page, 1)).toContainText("still on");
  await stopAll(page).click();
  await upstream.seen.at(-1)?.closed;
  await settled(page);
  await expect(answer(page, 1)).toContainText("Stopped.");
  const frozen = await texts(page, 1).innerText();
  await page.reload();
  await expect(texts(page, 1)).toHaveText(frozen, { useInnerText: true });
});

test("Stop works before the server has said anything", async ({ open, upstream }) => {
  const page = await open(["vllm/silent"]);
  await ask(page, "Read this");
  await expect.poll(() => upstream.seen.at(-1)?.model).toBe("silent");
  await stopAll(page).click();
  await upstream.seen.at(-1)?.closed;
  await expect(answer(page, 1)).toContainText("Stopped before any output.");
});

test("Retry makes a branch, and the arrows lead back to the first answer", async ({ open, upstream }) => {
  let count = 0;
  upstream.script("counter", (exchange) => {
    count += 1;
    exchange.delta({ content: `answer number ${count}` });
    exchange.finish();
  });
  const page = await open(["vllm/counter"]);
  await ask(page, "Count");
  await expect(answer(page, 1)).toContainText("answer number 1");
  await settled(page);
  await page.getByRole("button", { name: "Retry as a new branch" }).click();
  await expect(answer(page, 1)).toContainText("answer number 2");
  await expect(page.getByRole("group", { name: "Branch 2 of 2" })).toBeVisible();
  await page.getByRole("button", { name: "Previous branch" }).click();
  await expect(answer(page, 1)).toContainText("answer number 1");
});

test("editing a prompt makes a branch that leaves the old one whole", async ({ open }) => {
  const page = await open(["vllm/plain"]);
  await ask(page, "First wording");
  await settled(page);
  await page.getByRole("button", { name: "Edit prompt" }).click();
  await page.getByRole("textbox", { name: "Edited prompt" }).fill("Second wording");
  await page.getByRole("button", { name: "Run as a new branch" }).click();
  await expect(page.getByRole("main").getByText("Second wording", { exact: true })).toBeVisible();
  await settled(page);
  await page.getByRole("button", { name: "Previous branch" }).click();
  await expect(page.getByRole("main").getByText("First wording", { exact: true })).toBeVisible();
});

test("six lanes: five stream, the sixth says that it waits and follows when one is done", async ({
  open,
  upstream,
}) => {
  upstream.script("held", async (exchange) => {
    exchange.delta({ content: "begun" });
    await exchange.gate("held");
    exchange.finish();
  });
  const page = await open(Array.from({ length: 6 }, () => "vllm/held"));
  await ask(page, "All of you");
  await expect(page.getByText("begun", { exact: true })).toHaveCount(5);
  const waiting = page.getByRole("paragraph").filter({ hasText: /queued: 5 answers are already streaming/i });
  await expect(waiting).toHaveCount(1);
  const waited = await waiting.textContent();
  await expect(waiting, "the time it waits goes on where no words come").not.toHaveText(waited ?? "");
  upstream.open("held");
  await expect(page.getByText("begun", { exact: true })).toHaveCount(6);
  await settled(page);
});

test("lanes are added, cloned, moved, closed and brought back", async ({ open }) => {
  const page = await open(["vllm/plain", "vllm/thinker"]);
  await page.getByRole("button", { name: "Add lane" }).click();
  await expect(page.getByRole("region", { name: /^Lane 3: / })).toBeVisible();
  await closeLane(page, 3);
  await expect(page.getByRole("region", { name: /^Lane 3: / })).toHaveCount(0);
  await page.getByRole("button", { name: "More for lane 1" }).click();
  await page.getByRole("menuitem", { name: "Move right" }).click();
  await expect(page.getByRole("region", { name: "Lane 1: thinker" })).toBeVisible();
  await page.getByRole("button", { name: "More for lane 1" }).click();
  await page.getByRole("menuitem", { name: "Duplicate lane" }).click();
  await expect(page.getByRole("region", { name: "Lane 2: thinker" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Lane 3: plain" })).toBeVisible();
});

test("Enter runs, Shift+Enter breaks the line, and the composer is free again at once", async ({
  open,
  upstream,
}) => {
  const page = await open(["vllm/plain"]);
  await prompt(page).fill("one");
  await prompt(page).press("Shift+Enter");
  await prompt(page).pressSequentially("two");
  await prompt(page).press("Enter");
  await settled(page);
  expect(upstream.seen.at(-1)?.body["messages"]).toEqual([{ role: "user", content: "one\ntwo" }]);
  await expect(prompt(page)).toHaveValue("");
  await expect(run(page)).toBeVisible();
});

/** Thinks, waits for the gate of that name, answers. */
function gatedThinker(gate: string) {
  return async (exchange: Exchange) => {
    await exchange.paced("reasoning_content", ["I ", "think ", "about ", "it."], 10);
    await exchange.gate(gate);
    await exchange.paced("content", ["Then ", "I ", "answer."], 10);
    exchange.finish();
  };
}
