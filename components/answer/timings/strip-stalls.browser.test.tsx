import { expect, it, vi } from "vitest";
import { page } from "vitest/browser";

import { addAnswer, Answers, openTestPage } from "@/components/__fixtures__/test-page";
import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import { speechOf } from "@/lib/providers/speech-of";
import type { AttemptRecord } from "@/lib/run/record";
import { buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";

const frame = (content: string) =>
  new TextEncoder().encode(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`);

/** An answer of eleven words, of which one came 800 ms after the one before it. */
const record: AttemptRecord = {
  stepId: "step-1",
  attempt: 1,
  url: "http://127.0.0.1:8080/v1/chat/completions",
  request: "{}",
  speech: speechOf(llamaCpp, null),
  thinkTags: "auto",
  isStreamed: true,
  head: { status: 200, contentType: "text/event-stream", requestId: null, headersMs: 1, connectMs: null },
  chunks: [...Array.from({ length: 10 }, (_, at) => 100 + at * 10), 990].map((at) => ({
    at,
    bytes: frame("word "),
  })),
  droppedBytes: 0,
  end: { how: "closed", at: 1_000 },
};

async function open(lastTokenAt: number) {
  const { app, show } = await openTestPage();
  const recordsOf = vi.spyOn(app.page, "recordsOf").mockResolvedValue([record]);
  addAnswer(app, 0, [
    buildStep({ firstTokenAt: 100, lastTokenAt, parts: [buildText({ startedAt: 100, endedAt: 1_000 })] }),
  ]);
  await show(<Answers />);
  return recordsOf;
}

it("a stall is marked on the strip of an answer, where it was, and said in words", async () => {
  await open(990);
  await expect.element(page.getByText("1 stall: nothing for 0.80 s")).toBeInTheDocument();
  const mark = document.querySelector<HTMLElement>("[data-stall]");
  expect(mark?.style.left).toBe("19%");
  expect(mark?.style.width).toBe("80%");
});

it("the record of an answer that was too short to stall is not read", async () => {
  const recordsOf = await open(500);
  await expect.element(page.getByRole("img", { name: /^Phases/u })).toBeVisible();
  expect(recordsOf).not.toHaveBeenCalled();
});
