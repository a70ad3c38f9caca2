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
