import { expect, it } from "vitest";
import { page } from "vitest/browser";

import { openTestPage } from "@/components/__fixtures__/test-page";
import { createIds } from "@/lib/session/store/ids";
import { openRecording } from "@/lib/session/tape/open-recording";
import type { OpenedRecording } from "@/lib/session/tape/opened-recording";

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
