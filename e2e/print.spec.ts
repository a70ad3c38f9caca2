import { expect, test } from "./fixtures";
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
  expect(await strip.evaluate((node) => node.scrollHeight)).toBe(12);
  const sheets = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type \/Page\b/g);
  expect(sheets?.length).toBeGreaterThan(3);
});
