import { expect, test } from "./fixtures";
import { answer, ask, settled, texts, thoughts } from "./screen";
import { readWires } from "./wires";

test("a thought between tags says where it was read, and one press shows it as received", async ({
  open,
  upstream,
}) => {
  upstream.script("tagged", async (exchange) => {
    await exchange.paced(
      "content",
      ["<th", "ink>First ", "I weigh it.</thi", "nk>\n\nThen I ", "answer."],
      5,
    );
    exchange.finish();
  });
  const page = await open(["vllm/tagged"]);
  await ask(page, "Go");
  await settled(page);
  await expect(texts(page, 1)).toHaveText("Then I answer.");
  await expect(thoughts(page, 1)).toContainText("read from tags");
  const raw = answer(page, 1).getByRole("button", { name: "Show as received" });
  await raw.click();
  await expect(answer(page, 1).locator("[data-part=reasoning]")).toHaveText(
    "<think>First I weigh it.</think>",
  );
  await raw.click();
  await expect(answer(page, 1).locator("[data-part=reasoning]")).toHaveText("First I weigh it.");
});

test("the text before a lone closing tag becomes a thought when a person asks, and stays one", async ({
  open,
  upstream,
}) => {
  upstream.script("unopened", (exchange) => {
    exchange.delta({ content: "I weigh it.\n</think>\n\nThen I answer." });
    exchange.finish();
  });
  const page = await open(["vllm/unopened"]);
  await ask(page, "Go");
  await settled(page);
  await expect(texts(page, 1)).toContainText("I weigh it.");
  await expect(thoughts(page, 1)).toHaveCount(0);
  await answer(page, 1).getByRole("button", { name: "Read the text before it as a thought" }).click();
  await expect(thoughts(page, 1)).toContainText("read from tags");
  await expect(texts(page, 1)).toHaveText("Then I answer.");
  await expect.poll(async () => JSON.stringify(await readWires(page))).toContain('"close":"</think>"');
  await page.reload();
  await expect(texts(page, 1)).toHaveText("Then I answer.");
  await expect(thoughts(page, 1)).toContainText("read from tags");
});

test("call markup in an answer is named below it, and the text stays as received", async ({
  open,
  upstream,
}) => {
  const text = '<tool_call>{"name": "weather", "arguments": {"location": "Florence"}}</tool_call>';
  upstream.script("leaky", (exchange) => {
    exchange.delta({ content: text });
    exchange.finish();
  });
  const page = await open(["vllm/leaky"]);
  await ask(page, "Go");
  await settled(page);
  await expect(answer(page, 1)).toContainText(
    "Looks like a tool call that the server did not parse (Hermes format).",
  );
  await expect(texts(page, 1)).toHaveText(text);
});
