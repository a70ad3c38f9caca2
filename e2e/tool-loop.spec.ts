import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { closePanel } from "./lane-setup";
import { answer, ask, lane, settled } from "./screen";
import type { Exchange, Scenario } from "./upstream";

test.use({ tools: ["weather"] });

/** Calls the weather tool with another number in each step, and never ends by itself. */
const counter: Scenario = (exchange) => {
  const args = JSON.stringify({ location: `place ${resultsOf(exchange).length + 1}` });
  const call = {
    id: `call_${resultsOf(exchange).length}`,
    type: "function",
    function: { name: "weather", arguments: args },
  };
  exchange.delta({ tool_calls: [{ index: 0, ...call }] });
  exchange.finish("tool_calls");
};

/** Calls the weather tool once, and then says what it got. */
const once: Scenario = (exchange) => {
  const [result] = resultsOf(exchange);
  if (result === undefined) {
    const call = {
      id: "call_1",
      type: "function",
      function: { name: "weather", arguments: '{"location":"Firenze"}' },
    };
    exchange.delta({ tool_calls: [{ index: 0, ...call }] });
    exchange.finish("tool_calls");
    return;
  }
  exchange.delta({ content: `It is ${result}.` });
  exchange.finish();
};

function resultsOf({ body }: Pick<Exchange, "body">): readonly string[] {
  const messages: unknown = body["messages"];
  if (!Array.isArray(messages)) return [];
  return messages.flatMap((message) => (message?.role === "tool" ? [String(message.content)] : []));
}

const COUNTS_UP = `export default async (args, ctx) => {
  ctx.state.calls = (ctx.state.calls ?? 0) + 1;
  ctx.log("call " + ctx.state.calls);
  return { place: args.location, calls: ctx.state.calls };
};`;

/** What the code gives for the calls from one number to another, each on the state that the others left. */
function counted(from: number, to: number): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, index) =>
    JSON.stringify({ place: `place ${from + index}`, calls: from + index }),
  );
}

/** Gives the weather tool a person's code, or another way to answer. */
async function answerWith(page: Page, choose: (page: Page) => Promise<void>): Promise<void> {
  await page.getByRole("button", { name: /^Tools, / }).click();
  await page.getByRole("button", { name: "Edit weather" }).click();
  await choose(page);
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await closePanel(page);
}

async function useJavaScript(page: Page): Promise<void> {
  await page.getByRole("radio", { name: "JavaScript" }).check({ force: true });
  await page.getByRole("textbox", { name: "JavaScript" }).fill(COUNTS_UP);
  await page.getByRole("checkbox", { name: /Keeps state/u }).check({ force: true });
  await page.getByRole("radio", { name: /^Runs by itself/u }).check({ force: true });
}

test("two lanes call a mock, get the same result and answer, with one press on Run", async ({ open }) => {
  const page = await open(["vllm/caller", "vllm/caller"]);
  await ask(page, "Weather?");
  await settled(page);
  for (const laneNumber of [1, 2]) {
    const call = lane(page, laneNumber).getByRole("button", {
      name: /^weather\(.*Florence.*\) → 22 degrees and sunny$/u,
    });
    await expect(call).toBeVisible();
    await call.click();
    await expect(answer(page, laneNumber)).toContainText("mock rule 1");
    await expect(answer(page, laneNumber)).toContainText("It is 22 degrees and sunny");
  }
});

test("a lane runs its steps against JavaScript with a state, stops at its limit with a line, and goes on at a press", async ({
  open,
  upstream,
}) => {
  upstream.script("counter", counter);
  const page = await open(["vllm/counter"]);
  await answerWith(page, useJavaScript);
  await page.getByRole("button", { name: "Settings of lane 1" }).click();
  await page.getByRole("textbox", { name: "Max steps" }).fill("5");
  await closePanel(page);
  await ask(page, "Count.");
  await settled(page);
  await expect(answer(page, 1)).toContainText("Stopped at the limit of 5 steps.");
  // The fifth step's call waits; the four before it ran, each on the state that the others left.
  expect(resultsOf({ body: upstream.seen.at(-1)?.body ?? {} })).toEqual(counted(1, 4));
  await answer(page, 1).getByRole("button", { name: "Go on" }).click();
  await expect.poll(() => resultsOf({ body: upstream.seen.at(-1)?.body ?? {} }).length).toBe(9);
  expect(resultsOf({ body: upstream.seen.at(-1)?.body ?? {} })).toEqual(counted(1, 9));
});

test("a call that a person edits shows both versions, and the model reads the edited one", async ({
  open,
  upstream,
}) => {
  upstream.script("once", once);
  const page = await open(["vllm/once"]);
  await answerWith(page, (panel) =>
    panel.getByRole("radio", { name: "Asks each time" }).check({ force: true }),
  );
  await ask(page, "Weather?");
  await settled(page);
  await answer(page, 1).getByRole("button", { name: "Edit arguments" }).click();
  await answer(page, 1)
    .getByRole("textbox", { name: "Arguments to run with" })
    .fill('{"location":"Florence"}');
  await answer(page, 1).getByRole("button", { name: "Run with these" }).click();
  await expect(answer(page, 1)).toContainText("It is 22 degrees and sunny.");
  await settled(page);
  await answer(page, 1)
    .getByRole("button", { name: /^weather\(/u })
    .click();
  const card = answer(page, 1).getByRole("group", { name: "Tool call: weather" });
  await expect(card).toContainText("Firenze");
  await expect(card).toContainText("Florence");
  expect(JSON.stringify(upstream.seen.at(-1)?.body["messages"])).toContain('{\\"location\\":\\"Florence\\"}');
  expect(JSON.stringify(upstream.seen.at(-1)?.body["messages"])).not.toContain("Firenze");
});

test("what a person says of a call that they do not let run reaches the model", async ({
  open,
  upstream,
}) => {
  upstream.script("once", once);
  const page = await open(["vllm/once"]);
  await answerWith(page, (panel) =>
    panel.getByRole("radio", { name: "Asks each time" }).check({ force: true }),
  );
  await ask(page, "Weather?");
  await settled(page);
  await answer(page, 1).getByRole("button", { name: "Skip", exact: true }).click();
  await answer(page, 1).getByRole("textbox").last().fill("Ask me for the city first.");
  await answer(page, 1).getByRole("button", { name: "Skip call" }).click();
  // The scripted model says what it got as the call's result.
  await expect(answer(page, 1)).toContainText("It is Ask me for the city first..");
  expect(resultsOf({ body: upstream.seen.at(-1)?.body ?? {} })).toEqual(["Ask me for the city first."]);
});

test("a tool that never ends is stopped at its time, and a reload in the middle leaves a way on", async ({
  open,
  upstream,
}) => {
  upstream.script("once", once);
  const page = await open(["vllm/once"]);
  await answerWith(page, async (panel) => {
    await panel.getByRole("radio", { name: "JavaScript" }).check({ force: true });
    await panel.getByRole("textbox", { name: "JavaScript" }).fill("export default () => { for (;;) {} };");
    await panel.getByLabel("Time limit (s)").fill("2");
    await panel.getByRole("radio", { name: /^Runs by itself/u }).check({ force: true });
  });
  await ask(page, "Weather?");
  await expect(answer(page, 1)).toContainText(/running weather/u);
  await page.reload();
  await page.locator("[data-boot=ready]").waitFor();
  await expect(answer(page, 1)).toContainText(/Interrupted/u);
  await answer(page, 1).getByRole("button", { name: "Go on" }).click();
  await settled(page);
  await expect(answer(page, 1)).toContainText("Stopped after 2 s: the code had not returned by then.");
});
