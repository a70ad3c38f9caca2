import { expect, test } from "./fixtures";
import { answer, ask, lane, resultFields, settled } from "./screen";

test("a typed result goes back with its call id, and the lane goes on by itself", async ({
  open,
  upstream,
}) => {
  const page = await open(["vllm/caller"]);
  await ask(page, "Weather?");
  const card = lane(page, 1).getByRole("group", { name: "Tool call: weather" });
  await expect(card).toContainText("valid");
  await card.getByRole("textbox", { name: "Result for weather" }).fill("22 degrees and sunny");
  await card.getByRole("button", { name: "Send", exact: true }).click();
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
  await group.getByRole("button", { name: "Send", exact: true }).first().click();
  await expect(resultFields(page, 1)).toHaveCount(1);
  expect(upstream.seen.length).toBe(before);
  await resultFields(page, 1).first().fill("sun");
  await group.getByRole("button", { name: "Send", exact: true }).first().click();
  await expect(answer(page, 1)).toContainText("rain sun");
});

for (const result of ["", "0", "false"]) {
  test(`a result of ${JSON.stringify(result)} is a result`, async ({ open, upstream }) => {
    const page = await open(["vllm/caller"]);
    await ask(page, "Weather?");
    await resultFields(page, 1).fill(result);
    await lane(page, 1).getByRole("button", { name: "Send", exact: true }).click();
    await expect.poll(() => lastToolMessage(upstream.seen.at(-1)?.body["messages"])).toBe(result);
  });
}

test("arguments that break the schema say so with the failing path", async ({ open }) => {
  const page = await open(["vllm/bad-arguments"]);
  await ask(page, "Weather?");
  const card = lane(page, 1).getByRole("group", { name: "Tool call: weather" });
  await expect(card).toContainText("invalid");
  await expect(card).toContainText("location");
});

test("a broken call is shown as it came and never sent back so", async ({ open, upstream }) => {
  const page = await open(["vllm/broken-arguments"]);
  await ask(page, "Weather?");
  await expect(lane(page, 1)).toContainText('{"location": Flor');
  await resultFields(page, 1).fill("no idea");
  await lane(page, 1).getByRole("button", { name: "Send", exact: true }).click();
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
  await lane(page, 1).getByRole("button", { name: "Send to all" }).click();
  for (const place of [1, 2]) await expect(answer(page, place)).toContainText("It is snow");
});

test("a tool that is edited is sent as edited, and an invalid one never replaces it", async ({
  open,
  upstream,
}) => {
  const page = await open(["vllm/caller"]);
  await page.getByRole("button", { name: /^Tools, / }).click();
  await page.getByRole("button", { name: "weather on" }).click();
  await page.getByRole("button", { name: /^Edit weather/ }).click();
  const description = page.getByRole("dialog").getByLabel("Description", { exact: true });
  await description.fill("Tells the weather of a place");
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("not a name!");
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
