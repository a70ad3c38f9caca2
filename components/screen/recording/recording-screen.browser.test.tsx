import { expect, it } from "vitest";
import { page } from "vitest/browser";

import { openTestPage } from "@/components/__fixtures__/test-page";
import { createIds } from "@/lib/session/store/ids";
import { openRecording } from "@/lib/session/tape/open-recording";
import type { OpenedRecording } from "@/lib/session/tape/opened-recording";
import { buildTape, buildTapeTurn } from "@/lib/tape/__fixtures__/build-tape";
import { writeTape } from "@/lib/tape/write-tape";

import { RecordingScreen } from "./recording-screen";

let unique = 0;

function opened(name: string, text: string): OpenedRecording {
  const ids = createIds(() => `id-${(unique += 1)}`);
  const read = openRecording(name, new TextEncoder().encode(text), { ids, now: 1 });
  return read.ok ? read.recording : expect.unreachable(read.reason);
}

async function show(recording: OpenedRecording) {
  await page.viewport(390, 844);
  const testPage = await openTestPage();
  return testPage.show(<RecordingScreen recording={recording} keepsThoughts={false} />);
}

it("a recording without a date has none in its title", async () => {
  const stream = 'data: {"choices":[{"index":0,"delta":{"content":"Hello"}}]}\n\n';
  const screen = await show(opened("run.sse", stream));
  await expect
    .element(screen.getByRole("heading", { level: 1 }))
    .toHaveTextContent("Recording: event stream");
});

/** Drops files on the page with the very events that the browser would send. */
function drop(...files: readonly File[]): void {
  const dataTransfer = new DataTransfer();
  for (const file of files) dataTransfer.items.add(file);
  document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
}

it("what is dropped on a recording and is none is named, with where it can go", async () => {
  const stream = 'data: {"choices":[{"index":0,"delta":{"content":"Hello"}}]}\n\n';
  const screen = await show(opened("run.sse", stream));
  await expect.element(screen.getByRole("heading", { level: 1 })).toBeVisible();
  drop(...["cat.png", "notes.txt", "a.pdf", "b.pdf", "c.pdf"].map((name) => new File(["x"], name)));
  await expect
    .element(screen.getByRole("region", { name: "Notices" }))
    .toHaveTextContent(
      "Not opened: cat.png, notes.txt, a.pdf, 2 more. A recording plays here, and nothing can be attached to it. Close it to attach an image or to import a comparison.",
    );
});

/** Two lanes with efforts of their own, on these models. */
function ofTwoLanes(models: readonly [string, string]): OpenedRecording {
  const [lane] = buildTape().lanes;
  if (lane === undefined) return expect.unreachable("a tape has a lane");
  const lanes = models.map((model, index) => ({
    ...lane,
    setup: { ...lane.setup, model, effort: index === 0 ? "low" : "high" },
  }));
  const turns = lanes.map(({ setup }, index) => buildTapeTurn({ id: `turn-${index}`, lane: index, setup }));
  return opened("run.tape", writeTape(buildTape({ lanes, turns })));
}

it.each([
  [390, ["m", "m"]],
  [390, ["m", "other"]],
  [1200, ["m", "m"]],
] as const)("at %i px a setting of a lane stands once, with models %s", async (width, models) => {
  const screen = await show(ofTwoLanes(models));
  await page.viewport(width, 844);
  await expect.element(screen.getByRole("heading", { level: 1 })).toBeVisible();
  const seen = () =>
    screen
      .getByText("effort low")
      .elements()
      .filter((each) => each.checkVisibility());
  await expect.poll(() => seen().length).toBe(1);
  expect(seen()[0]?.closest("nav") !== null).toBe(width === 390 && models[1] === "m");
});

it("a long name and 300 notes leave room for the answers and the player", async () => {
  const recording = ofTwoLanes(["m".repeat(400), "m"]);
  const { bundle } = recording;
  const screen = await show({
    ...recording,
    bundle: { ...bundle, session: { ...bundle.session, name: "A name without an end ".repeat(200) } },
    notes: Array.from(
      { length: 300 },
      (_, index) => `Line ${index}: a field that is not known was left out.`,
    ),
    markers: Array.from({ length: 300 }, (_, index) => ({ at: index, text: `Marker ${index}` })),
  });
  for (const [width, height] of [
    [390, 844],
    [1440, 900],
  ] as const) {
    await page.viewport(width, height);
    await expect.element(screen.getByRole("button", { name: "To the end" })).toBeInViewport({ ratio: 1 });
    await expect
      .element(screen.getByRole("button", { name: "Close recording" }))
      .toBeInViewport({ ratio: 1 });
    const { height: answers } = screen.getByRole("main").element().getBoundingClientRect();
    expect(answers).toBeGreaterThan(height * 0.4);
    expect(document.documentElement.scrollWidth).toBe(width);
  }
});
