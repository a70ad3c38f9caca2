import { expect, it } from "vitest";

import { createIds, randomId } from "@/lib/session/store/ids";

import { openRecording } from "./open-recording";
import { readRecording } from "./read-in-worker";

const row = (index: number) =>
  JSON.stringify({
    messages: [
      { role: "user", content: `Question ${index}. ${"Why is it so? ".repeat(20)}` },
      { role: "assistant", content: `Because of ${index}. ${"It is so. ".repeat(20)}` },
    ],
  });
/** Long enough for a worker. */
const LONG = Array.from({ length: 800 }, (_, index) => row(index)).join("\n");

const request = (text: string) => ({
  fileName: "long.jsonl",
  bytes: new TextEncoder().encode(text),
  now: 1,
});
const ids = createIds(randomId);

it("a long file that is read off the page gives the recording that the page would read", async () => {
  const read = await readRecording(request(LONG), ids, new AbortController().signal);
  const own = openRecording("long.jsonl", request(LONG).bytes, { ids, now: 1 });
  if (read?.ok !== true || !own.ok) return expect.unreachable("both are read");
  const told = ({ recording }: typeof own) => ({
    label: recording.label,
    notes: recording.notes,
    endsAt: recording.timeline.endsAt,
    moments: recording.timeline.moments.length,
    turns: recording.bundle.turns.map(({ prompt, turn }) => [prompt, turn.steps[0]?.parts]),
    bytes: recording.bundle.records.map(({ chunks }) => chunks.map(({ at, bytes }) => [at, bytes.join(" ")])),
  });
  expect(told(read)).toEqual(told(own));
});

it("a long file that is none is refused in the same words", async () => {
  const broken = `${LONG}\n{"messages": [`;
  const read = await readRecording(request(broken), ids, new AbortController().signal);
  if (read === null) return expect.unreachable("it is read");
  expect(openRecording("long.jsonl", request(broken).bytes, { ids, now: 1 })).toMatchObject(read);
});

it("reading that is canceled gives nothing", async () => {
  const end = new AbortController();
  const read = readRecording(request(LONG), ids, end.signal);
  end.abort();
  expect(await read).toBeNull();
});
