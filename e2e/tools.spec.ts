import { expect, test } from "./fixtures";
import { answer, answers, ask, lane, prompt, resultFields, run, settled } from "./screen";

test.use({ byHand: true });

test("a typed result is sent back with its call id, and the lane continues automatically", async ({
  open,
  upstream,
}) => {
  const page = await open(["vllm/caller"]);
  await ask(page, "Weather?");
  const card = lane(page, 1).getByRole("group", { name: "Tool call: weather" });
  await expect(card).toContainText("valid");
  await card.getByRole("textbox", { name: "Result for weather" }).fill("22 degrees and sunny");
  await card.getByRole("button", { name: "Send result" }).click();
  await expect(answer(page, 1)).toContainText("It is 22 degrees and sunny");
  await settled(page);
  expect(upstream.seen.at(-1)?.body["messages"]).toEqual([
    { role: "user", content: "Weather?" },
    expect.objectContaining({
      role: "assistant",
      reasoning: "I need the weather.",
      tool_calls: [
        {
          id: "call_1",
          type: "function",
          function: { name: "weather", arguments: '{"location":"Florence"}' },
        },
      ],
    }),
    { role: "tool", tool_call_id: "call_1", content: "22 degrees and sunny" },
  ]);
});

test("parallel calls stand in one group and the lane waits for both results", async ({ open, upstream }) => {
  const page = await open(["vllm/two-calls"]);
  await ask(page, "Both?");
  const group = lane(page, 1).getByRole("group", { name: "2 parallel calls" });
  await expect(resultFields(page, 1)).toHaveCount(2);
  const before = upstream.seen.length;
  await resultFields(page, 1).first().fill("rain");
  await group.getByRole("button", { name: "Send result" }).first().click();
  await expect(resultFields(page, 1)).toHaveCount(1);
  expect(upstream.seen.length).toBe(before);
  await resultFields(page, 1).first().fill("sun");
  await group.getByRole("button", { name: "Send result" }).first().click();
  await expect(answer(page, 1)).toContainText("rain sun");
});

for (const result of ["0", "false"]) {
  test(`a result of ${JSON.stringify(result)} is a result`, async ({ open, upstream }) => {
    const page = await open(["vllm/caller"]);
    await ask(page, "Weather?");
    await resultFields(page, 1).fill(result);
    await lane(page, 1).getByRole("button", { name: "Send result" }).click();
    await expect.poll(() => lastToolMessage(upstream.seen.at(-1)?.body["messages"])).toBe(result);
  });
}

test("an empty result is sent from the menu, and by no other button", async ({ open, upstream }) => {
  const page = await open(["vllm/two-calls"]);
  await ask(page, "Both?");
  const card = lane(page, 1).getByRole("group", { name: "Tool call 1 of 2: weather" });
  // Only calls that stand there show that the request was seen, and that their button is missing.
  await expect(resultFields(page, 1)).toHaveCount(2);
  await expect(card.getByRole("button", { name: "Send result" })).toHaveCount(0);
  const before = upstream.seen.length;
  await resultFields(page, 1).first().press("Control+Enter");
  await expect(resultFields(page, 1)).toHaveCount(2);
  await card.getByRole("button", { name: /^More for Result for weather/ }).press("Enter");
  await page.getByRole("menuitem", { name: "Send empty result" }).press("Enter");
  await expect(card).toContainText("empty result");
  await expect(resultFields(page, 1)).toBeFocused();
  expect(upstream.seen.length).toBe(before);
  await resultFields(page, 1).fill("sun");
  await lane(page, 1).getByRole("button", { name: "Send result" }).click();
  await settled(page);
  expect(lastToolMessage(upstream.seen.at(-1)?.body["messages"])).toBe("sun");
});

test("a result never goes to a call with other arguments, and can be filled in there", async ({
  open,
  upstream,
}) => {
  upstream.script("one-of-them", (exchange) => {
    exchange.delta({
      tool_calls: [
        {
          index: 0,
          id: "call_9",
          type: "function",
          function: { name: "weather", arguments: '{ "location" : "Rome" }' },
        },
      ],
    });
    exchange.finish("tool_calls");
  });
  const page = await open(["vllm/two-calls", "vllm/one-of-them"]);
  await ask(page, "Both?");
  await settled(page);
  const rome = lane(page, 1).getByRole("group", { name: "Tool call 2 of 2: weather" });
  const paris = lane(page, 1).getByRole("textbox", { name: "Result for weather, call 1 of 2" });
  await expect(
    lane(page, 1)
      .getByRole("group", { name: /^Tool call 1/ })
      .getByRole("button", { name: /^Send to/ }),
  ).toHaveCount(0);
  await rome.getByRole("textbox", { name: /^Result for/ }).fill("rain");
  await rome.getByRole("button", { name: "Fill 1 other call" }).click();
  await expect(paris).toHaveValue("rain");
  await paris.fill("");
  await rome.getByRole("button", { name: "Send to 2 lanes" }).click();
  await expect(rome).toContainText("→rain");
  await expect(lane(page, 2).getByRole("group", { name: "Tool call: weather" }).first()).toContainText(
    "→rain",
  );
  await expect(resultFields(page, 1)).toHaveCount(1);
  await expect(paris).toHaveValue("");
});

test("a call that is passed over says so, and is answered on a new branch", async ({ open, upstream }) => {
  const page = await open(["vllm/caller"]);
  await ask(page, "Weather?");
  await expect(resultFields(page, 1)).toHaveCount(1);
  await prompt(page).fill("Never mind");
  await page.getByRole("button", { name: "Go to it" }).click();
  await expect(resultFields(page, 1)).toBeFocused();
  await expect(page.getByText("1 call is still waiting for a result.")).toBeVisible();
  await run(page).click();
  await settled(page);
  const card = answers(page, 1).first().getByRole("group", { name: "Tool call: weather" });
  await expect(card).toContainText("Skipped: the model was told there was no result");
  await expect(resultFields(page, 1)).toHaveCount(1);
  await card.getByRole("button", { name: "Answer on a new branch" }).click();
  await expect(answers(page, 1)).toHaveCount(1);
  await resultFields(page, 1).fill("22 degrees");
  await lane(page, 1).getByRole("button", { name: "Send result" }).click();
  await expect(answer(page, 1)).toContainText("It is 22 degrees");
  expect(lastToolMessage(upstream.seen.at(-1)?.body["messages"])).toBe("22 degrees");
  await expect(answer(page, 1).getByRole("group", { name: "Branch 2 of 2" })).toBeVisible();
});

test("arguments that break the schema say so with the failing path", async ({ open }) => {
  const page = await open(["vllm/bad-arguments"]);
  await ask(page, "Weather?");
  const card = lane(page, 1).getByRole("group", { name: "Tool call: weather" });
  await expect(card).toContainText("invalid");
  await expect(card).toContainText("location");
});

test("a broken call is shown as received and never sent back that way", async ({ open, upstream }) => {
  const page = await open(["vllm/broken-arguments"]);
  await ask(page, "Weather?");
  await expect(lane(page, 1)).toContainText('{"location": Flor');
  await resultFields(page, 1).fill("no idea");
  await lane(page, 1).getByRole("button", { name: "Send result" }).click();
  await settled(page);
  const sent = JSON.stringify(upstream.seen.at(-1)?.body);
  expect(sent).not.toContain("Flor");
  expect(sent).toContain('"arguments":"{}"');
});

test("one typed result is sent to the same tool in every lane", async ({ open }) => {
  const page = await open(["vllm/caller", "vllm/caller"]);
  await ask(page, "Weather?");
  await expect(resultFields(page, 2)).toHaveCount(1);
  await resultFields(page, 1).fill("snow");
  await lane(page, 1).getByRole("button", { name: "Send to 2 lanes" }).click();
  for (const laneNumber of [1, 2]) await expect(answer(page, laneNumber)).toContainText("It is snow");
});

test("a tool that is edited is sent as edited, and an invalid one never replaces it", async ({
  open,
  upstream,
}) => {
  const page = await open(["vllm/caller"]);
  await page.getByRole("button", { name: /^Tools, / }).click();
  await page.getByRole("button", { name: "weather on", exact: true }).click();
  await page.getByRole("button", { name: /^Edit weather/ }).click();
  const description = page.getByRole("dialog").getByLabel("Description", { exact: true });
  await description.fill("Tells the weather of a place");
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("");
  await expect(page.getByText(/not saved/i)).toBeVisible();
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("weather");
  await expect(page.getByText(/not saved/i)).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await ask(page, "Weather?");
  await expect
    .poll(() => JSON.stringify(upstream.seen.at(-1)?.body["tools"]))
    .toContain("Tells the weather of a place");
});

function lastToolMessage(messages: unknown): unknown {
  return Array.isArray(messages)
    ? messages.findLast((message) => message.role === "tool")?.content
    : undefined;
}
