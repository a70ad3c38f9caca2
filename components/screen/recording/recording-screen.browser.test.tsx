import { expect, it } from "vitest";
import { page } from "vitest/browser";

import { openTestPage } from "@/components/__fixtures__/test-page";
import { createIds } from "@/lib/session/store/ids";
import { openRecording } from "@/lib/session/tape/open-recording";
import type { OpenedRecording } from "@/lib/session/tape/opened-recording";
import { buildTape } from "@/lib/tape/__fixtures__/build-tape";
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

const heightOf = (element: Element | null) => element?.getBoundingClientRect().height ?? Number.NaN;

it("a recording without a date has none in its title", async () => {
  const stream = 'data: {"choices":[{"index":0,"delta":{"content":"Hello"}}]}\n\n';
  const screen = await show(opened("run.sse", stream));
  await expect
    .element(screen.getByRole("heading", { level: 1 }))
    .toHaveTextContent("Recording: event stream");
});

it("a name and notes that would fill pages leave room for the lanes and the player", async () => {
  const name = "A name that goes on and on. ".repeat(8_000);
  const recording = opened("run.tape", writeTape(buildTape({ name })));
  const notes = [...recording.notes, ...Array.from({ length: 300 }, (_, index) => `Exchange ${index}: odd.`)];
  const screen = await show({ ...recording, notes });
  await expect.element(screen.getByRole("button", { name: "To the end" })).toBeInViewport({ ratio: 1 });
  expect(heightOf(document.querySelector("header"))).toBeLessThan(120);
  expect(heightOf(document.querySelector("main"))).toBeGreaterThan(300);
  const list = screen.getByRole("list", { name: "Notes on the recording" });
  expect(list.element().scrollHeight).toBeGreaterThan(heightOf(list.element()));
  await expect.element(screen.getByText("longer than 300 characters and was cut")).toBeVisible();
});
