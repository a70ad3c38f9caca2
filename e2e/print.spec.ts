import { expect, test } from "./fixtures";
import { answerByHand } from "./lane-setup";
import { answer, ask, lane, prompt, settled, texts } from "./screen";

const LINES = Array.from({ length: 120 }, (_, index) => `Line ${index + 1} says as much as a line can.`);

test("a comparison is printed whole: its name, all lanes side by side, no controls", async ({
  page,
  open,
  upstream,
}) => {
  upstream.script("long", (exchange) => {
    exchange.delta({ content: LINES.join("\n\n") });
    exchange.finish();
  });
  await open(["vllm/long", "vllm/two-words"]);
  await ask(page, "Print this");
  await settled(page);
  // A sheet of A4 between its margins is narrower than what shows one lane at a time on the screen.
  await page.setViewportSize({ width: 700, height: 1_000 });
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("main").getByText("Print this", { exact: true })).toBeVisible();
  for (const laneNumber of [1, 2]) await expect(lane(page, laneNumber)).toBeVisible();
  const [left, right] = [await lane(page, 1).boundingBox(), await lane(page, 2).boundingBox()];
  expect(left?.width).toBe(right?.width);
  expect(right?.x).toBe((left?.x ?? 0) + (left?.width ?? 0));
  await expect(texts(page, 2)).toContainText("It depends.");
  await expect(prompt(page)).toBeHidden();
  await expect(answer(page, 1).getByRole("button", { name: "Copy answer" })).toBeHidden();
  const first = await texts(page, 1).getByText("Line 1 says").boundingBox();
  const last = await texts(page, 1).getByText("Line 120 says").boundingBox();
  expect((last?.y ?? 0) - (first?.y ?? 0)).toBeGreaterThan(2_500);
  // The strip is a drawing, whose bars lie in it.
  const strip = answer(page, 2).getByRole("img", { name: /^Phases/ });
  // Marks of times stand 3 px out of it.
  expect(await strip.evaluate((node) => node.scrollHeight)).toBe(15);
  const sheets = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type \/Page\b/g);
  expect(sheets?.length).toBeGreaterThan(3);
});

/** "exact" where the grounds of an element are printed. */
function adjusted(element: Element): string {
  return getComputedStyle(element).printColorAdjust;
}

test("what a drawing, a prompt's band and an answered call show is on paper too, and no control is", async ({
  page,
  open,
}) => {
  await open(["vllm/caller", "vllm/two-words"]);
  await answerByHand(page);
  await ask(page, "Print this");
  const long = "a result of more words than a narrow column has room for in one line, to its very end";
  await answer(page, 1).getByRole("textbox", { name: "Result for weather" }).fill(long);
  await answer(page, 1).getByRole("button", { name: "Send result" }).click();
  await settled(page);
  await page.mouse.move(0, 0);
  const call = answer(page, 1).getByRole("group", { name: "Tool call: weather" });
  await expect(call).toHaveAttribute("data-line");
  await page.setViewportSize({ width: 700, height: 1_000 });
  await page.emulateMedia({ media: "print" });
  const strip = answer(page, 1).getByRole("img", { name: /^Phases/ });
  expect(await strip.locator("span").first().evaluate(adjusted)).toBe("exact");
  expect(await page.locator(".bg-band").first().evaluate(adjusted)).toBe("exact");
  const words = (text: string) => call.getByText(text).last();
  for (const text of ['"Florence"', long])
    expect(await words(text).evaluate((node) => getComputedStyle(node).whiteSpace)).toBe("normal");
  expect((await words(long).boundingBox())?.height).toBeGreaterThan(0);
  const total = answer(page, 1)
    .getByText(/^[\d.]+ s$/)
    .last();
  await expect(total).toBeInViewport();
  // The names of models stay, and what opens and is open or closed.
  const buttons = page.getByRole("main").getByRole("button").filter({ visible: true });
  const names = await buttons.evaluateAll((all) =>
    all.map((each) => [each.hasAttribute("aria-expanded"), each.getAttribute("aria-label")]),
  );
  for (const [opens, name] of names)
    expect(opens === true || String(name).startsWith("Model of lane")).toBe(true);
  expect(names.length).toBeGreaterThan(3);
  expect(await page.getByRole("main").locator("svg.lucide-chevron-right:visible").count()).toBe(0);
});
