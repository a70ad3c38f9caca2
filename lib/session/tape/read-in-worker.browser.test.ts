import { afterEach, beforeEach, expect, it, vi } from "vitest";

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

/** What workers said to the page, and how many of them were ended. */
let said: unknown[];
let ended: number;

/** Without it the page may have read the file by itself, which no recording shows. */
class WatchedWorker extends Worker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    this.addEventListener("message", ({ data }) => void said.push(data));
  }
  override terminate(): void {
    ended += 1;
    super.terminate();
  }
}

beforeEach(() => {
  [said, ended] = [[], 0];
  vi.stubGlobal("Worker", WatchedWorker);
});
afterEach(() => vi.unstubAllGlobals());

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
  expect(said.length).toBeGreaterThan(1);
  expect(ended).toBe(1);
});

it("a long file that is none is refused in the same words", async () => {
  const broken = `${LONG}\n{"messages": [`;
  const read = await readRecording(request(broken), ids, new AbortController().signal);
  if (read === null) return expect.unreachable("it is read");
  expect(openRecording("long.jsonl", request(broken).bytes, { ids, now: 1 })).toMatchObject(read);
  expect(said).toEqual([expect.objectContaining({ kind: "refused" })]);
});

it("reading that is canceled gives nothing", async () => {
  const end = new AbortController();
  const read = readRecording(request(LONG), ids, end.signal);
  end.abort();
  expect(await read).toBeNull();
  expect([said, ended]).toEqual([[], 1]);
});

it("a short file is read by the page, sooner than a worker starts", async () => {
  const read = await readRecording(request(row(0)), ids, new AbortController().signal);
  expect([read?.ok, said, ended]).toEqual([true, [], 0]);
});
