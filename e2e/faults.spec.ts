import { expect, test } from "./fixtures";
import { answer, ask, settled } from "./screen";
import { readWires } from "./wires";

test("an error frame on HTTP 200 is shown with the server's words and the text that came is kept", async ({
  open,
}) => {
  const page = await open(["vllm/error-frame"]);
  await ask(page, "Go");
  await settled(page);
  await expect(answer(page, 1)).toContainText("Half an answer");
  await expect(answer(page, 1).getByRole("alert")).toContainText("does not match the expected format");
});

test("an error in one lane leaves the others running", async ({ open }) => {
  const page = await open(["vllm/error-frame", "vllm/plain"]);
  await ask(page, "Go");
  await settled(page);
  await expect(answer(page, 1).getByRole("alert")).toBeVisible();
  await expect(answer(page, 2)).toContainText("still on");
  await expect(answer(page, 2).getByRole("alert")).toHaveCount(0);
});

test("a cut stream keeps its text, also after a reload", async ({ open, upstream }) => {
  const page = await open(["vllm/cut-off"]);
  await ask(page, "Go");
  await expect(answer(page, 1)).toContainText("Text that came before");
  upstream.open("cut");
  await settled(page);
  await expect(answer(page, 1).getByRole("alert")).toBeVisible();
  await page.reload();
  await expect(answer(page, 1)).toContainText("Text that came before");
  await expect(answer(page, 1).getByRole("alert")).toBeVisible();
});

test("an answer that was streaming when the page was left keeps its text", async ({ open, upstream }) => {
  upstream.script("left", async (exchange) => {
    await exchange.paced("content", ["Words ", "before ", "leaving."], 5);
    await exchange.gate("left");
  });
  const page = await open(["vllm/left"]);
  await ask(page, "Go");
  await expect(answer(page, 1)).toContainText("Words before leaving.");
  await expect.poll(async () => JSON.stringify(await readWires(page))).toContain("leaving.");
  await page.reload();
  await expect(answer(page, 1)).toContainText("Words before leaving.");
  await expect(answer(page, 1).getByRole("alert")).toBeVisible();
});

test("when nothing listens, the error names the address and what to do", async ({ open }) => {
  const page = await open(["sglang/any-model"]);
  await ask(page, "Go");
  await settled(page);
  await expect(answer(page, 1).getByRole("alert")).toContainText("No server is listening at 127.0.0.1:30000");
});

test("a web page in place of an API is named by its title", async ({ open }) => {
  const page = await open(["vllm/html"]);
  await ask(page, "Go");
  await settled(page);
  await expect(answer(page, 1).getByRole("alert")).toContainText("web page");
  await expect(answer(page, 1).getByRole("alert")).toContainText("Captive portal");
});

test("a missing model is reported in the server's words", async ({ open }) => {
  const page = await open(["vllm/no-such-model"]);
  await ask(page, "Go");
  await settled(page);
  await expect(answer(page, 1).getByRole("alert")).toContainText("The model 'no-such-model' does not exist");
});

test("a busy server is retried visibly, at most twice", async ({ open, upstream }) => {
  let tries = 0;
  upstream.script("busy", (exchange) => {
    tries += 1;
    if (tries < 3) {
      exchange.head(503, { "content-type": "application/json", "retry-after": "0" });
      exchange.raw(JSON.stringify({ error: { message: "Loading model" } }));
      exchange.end();
      return;
    }
    exchange.delta({ content: "now ready" });
    exchange.finish();
  });
  const page = await open(["vllm/busy"]);
  await ask(page, "Go");
  await expect(answer(page, 1)).toContainText("now ready");
  expect(tries).toBe(3);
});

test("one unreadable event is skipped, the answer continues, and the lane and the inspector say what was left out", async ({
  open,
  upstream,
}) => {
  upstream.script("one-bad", (exchange) => {
    exchange.delta({ content: "before " });
    exchange.raw("data: {not json\n\n");
    exchange.delta({ content: "after" });
    exchange.finish();
  });
  const page = await open(["vllm/one-bad"]);
  await ask(page, "Go");
  await settled(page);
  await expect(answer(page, 1)).toContainText("before after");
  const leftOut = ["An event is not JSON and was left out: {not json"];
  const warnings = { name: "Warnings" };
  await expect(answer(page, 1).getByRole("list", warnings).getByRole("listitem")).toHaveText(leftOut);
  await answer(page, 1).getByRole("button", { name: "Inspect" }).press("Enter");
  const inspector = page.getByRole("dialog", { name: /^Inspector/ });
  await expect(inspector.getByRole("list", warnings).getByRole("listitem")).toHaveText(leftOut);
  // And at the frame itself.
  await inspector.getByRole("radio", { name: "Frames" }).check();
  await inspector.getByRole("option", { name: /not json/ }).click();
  await expect(inspector.getByRole("list", { name: "Notes on this frame" })).toHaveText(leftOut);
});

test("of many warnings the lane lists the first two, and the rest are one key away in the inspector", async ({
  open,
  upstream,
}) => {
  const broken = ["{one", "{two", "{three", "{four"];
  upstream.script("many-bad", (exchange) => {
    exchange.delta({ content: "before " });
    for (const data of broken) exchange.raw(`data: ${data}\n\n`);
    exchange.delta({ content: "after" });
    exchange.finish();
  });
  const page = await open(["vllm/many-bad"]);
  await ask(page, "Go");
  await settled(page);
  const inLane = answer(page, 1).getByRole("list", { name: "Warnings" });
  await expect(inLane.getByRole("listitem")).toHaveText([/\{one$/, /\{two$/, "2 more warnings"]);
  await inLane.getByRole("button", { name: "2 more warnings" }).press("Enter");
  const all = page.getByRole("dialog", { name: /^Inspector/ }).getByRole("list", { name: "Warnings" });
  await expect(all.getByRole("listitem")).toHaveText([
    /\{one$/,
    /\{two$/,
    /\{three$/,
    "1 more event is not JSON and was left out.",
  ]);
});

test("a server that ignored stream is read as a whole answer", async ({ open, upstream }) => {
  upstream.script("whole", (exchange) => {
    exchange.head(200, { "content-type": "application/json" });
    exchange.raw(
      JSON.stringify({
        id: "x",
        model: "whole",
        choices: [
          { index: 0, message: { role: "assistant", content: "all at once" }, finish_reason: "stop" },
        ],
      }),
    );
    exchange.end();
  });
  const page = await open(["vllm/whole"]);
  await ask(page, "Go");
  await settled(page);
  await expect(answer(page, 1)).toContainText("all at once");
  await expect(answer(page, 1).getByRole("alert")).toHaveCount(0);
});
