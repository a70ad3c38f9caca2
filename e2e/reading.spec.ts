import type { Locator } from "@playwright/test";

import { expect, test } from "./fixtures";
import { answer, ask, lane, run, settled, stopAll, texts } from "./screen";

const LINES = Array.from({ length: 60 }, (_, index) => `Line ${index + 1} says as much as a line can.`);

test("opening a thought at the end of the page keeps its heading under the pointer", async ({
  open,
  upstream,
}) => {
  upstream.script("thorough", async (exchange) => {
    await exchange.paced(
      "reasoning_content",
      LINES.map((line) => `${line}\n\n`),
      0,
    );
    exchange.delta({ content: LINES.join("\n\n") });
    exchange.delta({ content: "\n\nThe end." });
    exchange.finish();
  });
  const page = await open(["vllm/thorough"]);
  await ask(page, "Think it through");
  await settled(page);
  await ask(page, "Once more");
  await settled(page);
  const thought = lane(page, 1)
    .getByRole("button", { name: /^Thought/ })
    .last();
  await thought.scrollIntoViewIfNeeded();
  await page.getByRole("main").evaluate((main) => main.scrollTo({ top: main.scrollHeight }));
  const timings = answer(page, 1).getByRole("button", { name: /^Timings/ });
  const before = await topOf(timings);
  await timings.click();
  await expect(answer(page, 1).getByRole("table", { name: "Phases" })).toBeVisible();
  expect(await topOf(timings)).toBe(before);
  await answer(page, 1)
    .getByRole("img", { name: /^Phases/ })
    .click();
  await expect(answer(page, 1).getByRole("table")).toHaveCount(0);
  await thought.click();
  await expect(thought).toHaveAttribute("aria-expanded", "true");
  await expect(thought).toBeInViewport();
  await page.getByRole("button", { name: "Newest" }).click();
  await expect(answer(page, 1).getByRole("button", { name: "Copy answer" })).toBeInViewport();
});

test("a short answer stays in view beside a long one, and both ends are in view at the end", async ({
  open,
  upstream,
}) => {
  upstream.script("forty", (exchange) => {
    for (const line of LINES) exchange.delta({ content: `${line}\n\n` });
    exchange.finish();
  });
  const page = await open(["vllm/forty", "vllm/two-words"]);
  await ask(page, "Who says more?");
  await settled(page);
  await expect(texts(page, 1)).toContainText("Line 60 says");
  await expect(answer(page, 1).getByRole("button", { name: "Copy answer" })).toBeInViewport();
  await expect(answer(page, 2).getByText("It depends.")).toBeInViewport();
  await page.getByRole("main").evaluate((main) => main.scrollTo({ top: 0 }));
  await expect(answer(page, 2).getByText("It depends.")).toBeInViewport();
});

test("a long line among many lines of code can be read to its end", async ({ open, upstream }) => {
  const long = `const row = [${Array.from({ length: 60 }, (_, index) => index).join(", ")}]; // the end`;
  upstream.script("coder", (exchange) => {
    exchange.delta({
      content: `\`\`\`js\n${[long, ...LINES.map((line) => `// ${line}`)].join("\n")}\n\`\`\`\n`,
    });
    exchange.finish();
  });
  const page = await open(["vllm/coder", "vllm/two-words"]);
  await ask(page, "Show me code");
  await settled(page);
  const code = texts(page, 1).locator("pre");
  const end = code.getByText("the end");
  // An answer that has just settled still takes the view to its end.
  await expect(async () => {
    await end.scrollIntoViewIfNeeded();
    await code.evaluate((pre) => pre.scrollTo({ left: pre.scrollWidth, behavior: "instant" }));
    await expect(end).toBeInViewport({ timeout: 500 });
  }).toPass();
  expect(await end.evaluate(isHit)).toBe(true);
  await texts(page, 1).getByRole("button", { name: "Wrap long lines" }).click();
  expect(await code.evaluate((pre) => pre.scrollWidth - pre.clientWidth)).toBe(0);
  expect(await end.evaluate(isHit)).toBe(true);
});

test("the end of an answer that still streams stays in view beside a longer one", async ({
  open,
  upstream,
}) => {
  upstream.script("longest", (exchange) => {
    for (const line of [...LINES, ...LINES]) exchange.delta({ content: `${line}\n\n` });
    exchange.finish();
  });
  upstream.script("follower", async (exchange) => {
    await exchange.gate("follow");
    for (const line of LINES) exchange.delta({ content: `${line}\n\n` });
    await exchange.gate("never-follow");
  });
  const page = await open(["vllm/longest", "vllm/follower"]);
  await ask(page, "Go");
  await expect(texts(page, 1)).toContainText("Line 60 says");
  upstream.open("follow");
  await expect(answer(page, 2).getByText("Line 60 says", { exact: false })).toBeInViewport();
  await expect(answer(page, 1).getByRole("button", { name: "Copy answer" })).toBeInViewport();
  await stopAll(page).click();
  await run(page).waitFor();
});

test("scrolling up while answers stream keeps every line where it was, and scrolling back follows the ends again", async ({
  open,
  upstream,
}) => {
  upstream.script("longer", async (exchange) => {
    // Seen as they come: of what nobody has seen yet, the browser only guesses the height.
    await exchange.paced("content", [...LINES, ...LINES].map(paragraph), 4);
    await exchange.gate("never-longer");
  });
  upstream.script("shorter", async (exchange) => {
    await exchange.paced("content", LINES.map(paragraph), 4);
    await exchange.gate("go-on");
    await exchange.paced(
      "content",
      LINES.map((line) => paragraph(`More. ${line}`)),
      4,
    );
    exchange.finish();
  });
  const page = await open(["vllm/longer", "vllm/shorter"]);
  await ask(page, "Go");
  const long = answer(page, 1)
    .getByText(/^Line 58 says/)
    .last();
  const short = answer(page, 2).getByText(/^Line 58 says/);
  // Both are as long as they will be for now: what still came would move them while they are measured.
  await expect(answer(page, 1).getByText("Line 60 says")).toHaveCount(2);
  await expect(answer(page, 2).getByText("Line 60 says")).toBeInViewport();
  await expect(long).toBeInViewport();
  await expect(short).toBeInViewport();
  const before = await topOf(long);
  const apart = (await topOf(short)) - before;
  await short.hover();
  await page.mouse.wheel(0, -100);
  await expect.poll(async () => near(await topOf(long), before + 100)).toBe(true);
  expect(near(await topOf(short), before + apart + 100)).toBe(true);
  upstream.open("go-on");
  await expect(answer(page, 2).getByRole("button", { name: "Retry as a new branch" })).toBeVisible();
  expect(near(await topOf(long), before + 100)).toBe(true);
  expect(near(await topOf(short), before + apart + 100)).toBe(true);
  await page.mouse.wheel(0, -100);
  await expect.poll(async () => near(await topOf(long), before + 200)).toBe(true);
  await page.getByRole("button", { name: "Newest" }).click();
  await expect(answer(page, 2).getByText("More. Line 60 says")).toBeInViewport();
  await expect(answer(page, 1).getByText("Line 60 says").last()).toBeInViewport();
  await stopAll(page).click();
  await run(page).waitFor();
});

test("a wheel over arguments that stream scrolls the arguments, and the page stays where it is", async ({
  open,
  upstream,
}) => {
  upstream.script("long-caller", async (exchange) => {
    await exchange.paced("content", LINES.map(paragraph), 4);
    const start = { index: 0, id: "call-1", type: "function", function: { name: "save", arguments: "" } };
    exchange.delta({ tool_calls: [start] });
    const text = JSON.stringify(LINES).slice(0, -1);
    exchange.delta({ tool_calls: [{ index: 0, function: { arguments: text } }] });
    await exchange.gate("never-long-caller");
  });
  const page = await open(["vllm/long-caller"]);
  await ask(page, "Go");
  const box = answer(page, 1).getByRole("group", { name: "Arguments so far" });
  await expect(box).toBeInViewport();
  await box.hover();
  const before = await topOf(box);
  await page.mouse.wheel(0, -60);
  await expect.poll(() => box.evaluate((node) => node.scrollTop)).toBe(-60);
  expect(near(await topOf(box), before)).toBe(true);
  await stopAll(page).click();
  await run(page).waitFor();
});

test("what the browser's search finds above the end of an answer that streams is shown in the open page", async ({
  open,
  upstream,
}) => {
  upstream.script("searched", async (exchange) => {
    for (const line of LINES) exchange.delta({ content: `${line}\n\n` });
    await exchange.gate("never-searched");
  });
  const page = await open(["vllm/searched"]);
  await ask(page, "Go");
  await expect(answer(page, 1).getByText("Line 60 says")).toBeInViewport();
  const found = answer(page, 1).getByText("Line 2 says");
  // As the search does it: whatever holds the text is scrolled until it is in view.
  await found.evaluate((node) => node.scrollIntoView({ block: "center" }));
  await expect(page.getByRole("button", { name: "Newest" })).toBeVisible();
  await expect(found).toBeInViewport();
  await stopAll(page).click();
  await run(page).waitFor();
});

async function topOf(element: Locator): Promise<number> {
  return element.evaluate((node) => Math.round(node.getBoundingClientRect().top));
}

/** The same place: what opens may round to the next px. */
function near(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1;
}

function paragraph(line: string): string {
  return `${line}\n\n`;
}

/** The last letter of an element's text is drawn: a click there would hit it. Runs in the page. */
function isHit(element: Element): boolean {
  const range = document.createRange();
  range.selectNodeContents(element);
  const box = [...range.getClientRects()].at(-1);
  const hit = box ? document.elementFromPoint(box.right - 2, (box.top + box.bottom) / 2) : null;
  return (
    hit !== null && (element.contains(hit) || hit.contains(element)) && hit.closest(".code-line") !== null
  );
}
