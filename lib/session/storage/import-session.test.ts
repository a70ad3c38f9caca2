import { describe, expect, it } from "vitest";

import { toBase64 } from "@/lib/link/base64";
import { chatQuirks } from "@/lib/providers/presets/chat-quirks";
import type { AttemptRecord } from "@/lib/run/record";
import { buildRecord } from "@/lib/session/__fixtures__/build-record";
import { gif, png } from "@/lib/session/__fixtures__/image-heads";
import { firstSession } from "@/lib/session/store/first-session";
import { createIds, imageId, laneId, promptId, sessionId, turnId } from "@/lib/session/store/ids";
import type { ImageRef, TurnRecord } from "@/lib/session/store/session";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import { sampleTools } from "@/lib/tools/samples";

import { exportBundle, exportFileName } from "./export-session";
import { importBundle } from "./import-session";

const session = {
  ...firstSession({
    id: sessionId("s"),
    lanes: [laneId("a"), laneId("b")],
    now: 5,
    found: { provider: "llamacpp", model: "tiny" },
  }),
  endpoints: [{ name: "Attic", baseUrl: "http://10.0.0.7:8080/v1", provider: "llamacpp" }],
};
const pixel = png(1, 1);
const image: ImageRef = {
  id: imageId("i1"),
  name: "pixel.png",
  mediaType: "image/png",
  width: 1,
  height: 1,
  bytes: pixel.length,
};
const answered = [
  {
    at: 0,
    event: {
      type: "step-start",
      stepId: "w",
      request: { provider: "llamacpp", dialect: "", model: "tiny", endpoint: null },
    },
  } as const,
  { at: 1, event: { type: "step-end" } } as const,
].reduce(fold, emptyTurn());
const record: TurnRecord = buildRecord({
  id: turnId("t1"),
  sessionId: session.id,
  laneId: laneId("a"),
  promptId: promptId("p1"),
  images: [image],
  createdAt: 6,
  setup: session.shared,
  notes: ["A note"],
  turn: answered,
  events: [
    {
      at: 0,
      event: {
        type: "step-start",
        stepId: "w",
        request: { provider: "llamacpp", dialect: "", model: "tiny", endpoint: null },
      },
    },
    { at: 1, event: { type: "step-end" } },
  ],
});
const lanes = session.lanes.map((lane) => (lane.id === "a" ? { ...lane, leaf: record.id } : lane));
const attempt: AttemptRecord = {
  stepId: "w",
  attempt: 1,
  url: "u",
  request: `{"url":"data:image/png;base64,vitrine-image(i1,${pixel.length})"}`,
  speech: { dialect: "chat-completions", quirks: chatQuirks() },
  thinkTags: "auto",
  isStreamed: true,
  head: null,
  // A character that was cut between two reads is kept byte for byte.
  chunks: [
    { at: 1, bytes: Uint8Array.from([0x78, 0xc3]) },
    { at: 2, bytes: Uint8Array.from([0xa8]) },
  ],
  droppedBytes: 0,
  end: { how: "closed", at: 3 },
};
/** What a file of version 1 or 2 has of a step. */
const wire = {
  stepId: "w",
  turnId: record.id,
  url: "u",
  request: attempt.request,
  chunks: [{ at: 1, text: "x" }],
  droppedBytes: 0,
};
const bundle = {
  session: { ...session, lanes },
  turns: [record],
  records: [attempt],
  images: [{ id: image.id, bytes: pixel }],
};
const good = JSON.parse(exportBundle(bundle, 7));

let unique = 0;
const ids = createIds(() => `new-${(unique += 1)}`);
const read = (value: unknown) =>
  importBundle(typeof value === "string" ? value : JSON.stringify(value), ids, 9);
const reasonOf = (value: unknown) => {
  const imported = read(value);
  return imported.ok ? "imported" : imported.reason;
};

describe("an export", () => {
  it("brings no approval: what sends or runs code asks again", () => {
    const tool = {
      ...(sampleTools[0] ?? expect.unreachable()),
      approval: "none",
      binding: { kind: "javascript", code: "export default () => 1", timeoutMs: 9, isStateful: false },
    };
    const imported = read({ ...good, session: { ...good.session, tools: [tool] } });
    if (!imported.ok) expect.unreachable(imported.reason);
    expect(imported.bundle.session.tools).toEqual([{ ...tool, approval: null }]);
  });

  it("comes back whole, with new ids that still fit together", () => {
    const imported = read(good);
    if (!imported.ok) expect.unreachable(imported.reason);
    const { session: copy, turns, records, images } = imported.bundle;
    const stepId = records[0]?.stepId ?? "none";
    const [turn] = turns;
    const id = images[0]?.id;
    expect(copy).toEqual({
      ...bundle.session,
      id: copy.id,
      updatedAt: 9,
      lanes: lanes.map((lane, index) => ({
        ...lane,
        id: copy.lanes[index]?.id,
        leaf: lane.leaf === null ? null : turn?.id,
      })),
    });
    expect(turns).toEqual([
      {
        ...record,
        id: turn?.id,
        promptId: turn?.promptId,
        sessionId: copy.id,
        laneId: copy.lanes[0]?.id,
        images: [{ ...image, id }],
        turn: { steps: [{ ...answered.steps[0], id: stepId }] },
        events: record.events.map(({ at, event }) => ({
          at,
          event: "stepId" in event ? { ...event, stepId } : event,
        })),
      },
    ]);
    expect(records).toEqual([{ ...attempt, stepId, request: attempt.request.replace("(i1,", `(${id},`) }]);
    expect(images).toEqual([{ id, bytes: pixel }]);
    expect([copy.id, turn?.id, turn?.promptId, id].filter((each) => each?.startsWith("new-"))).toHaveLength(
      4,
    );
  });

  it("of an older Vitrine is read too: the text of a step is its only attempt", () => {
    const { records: _records, ...file } = good;
    const imported = read({ ...file, version: 2, wires: [wire] });
    if (!imported.ok) expect.unreachable(imported.reason);
    expect(imported.bundle.records).toMatchObject([
      { attempt: 1, speech: null, end: null, chunks: [{ at: 1, bytes: new TextEncoder().encode("x") }] },
    ]);
  });

  it("of a Vitrine without images is read too", () => {
    const { images: _images, ...file } = good;
    const { images: _refs, ...turn } = good.turns[0];
    const { draftImages: _draft, ...old } = good.session;
    const imported = read({ ...file, version: 1, session: old, turns: [turn] });
    if (!imported.ok) expect.unreachable(imported.reason);
    const { session: copy, turns, images } = imported.bundle;
    expect([copy.draftImages, turns.map((each) => each.images), images]).toEqual([[], [[]], []]);
  });

  it("may lack an image whose bytes could not be saved", () => {
    const imported = read({ ...good, images: [] });
    if (!imported.ok) expect.unreachable(imported.reason);
    expect(imported.bundle.turns[0]?.images.map(({ name }) => name)).toEqual(["pixel.png"]);
    expect(imported.bundle.images).toEqual([]);
  });

  it("may begin with a byte order mark", () => {
    expect(reasonOf(`\uFEFF${JSON.stringify(good)}`)).toBe("imported");
  });

  it("has no place for a key", () => {
    const imported = read({
      ...good,
      session: { ...good.session, keys: { groq: "CANARY" }, apiKey: "CANARY" },
    });
    expect(JSON.stringify(imported)).not.toContain("CANARY");
  });

  it.each([
    ["Weather in Florence?", "Weather-in-Florence.vitrine.json"],
    ["../../etc/passwd", "etc-passwd.vitrine.json"],
    ["天気", "天気.vitrine.json"],
    ["***", "comparison.vitrine.json"],
  ])("of %j gets a safe file name", (name, file) => {
    expect(exportFileName(name)).toBe(file);
  });
});

const depth = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

describe("an import is refused with a reason", () => {
  const text = JSON.stringify(good);

  it.each<[string, unknown, string]>([
    ["nothing", "", "The file is empty."],
    ["another file", { hello: 1 }, "This file is not a Vitrine export."],
    ["a list", [], "This file is not a Vitrine export."],
    [
      "a future version",
      { ...good, version: 5 },
      "The file has version 5, but this Vitrine reads versions up to 4. Update Vitrine.",
    ],
    [
      "an image that is another kind of file",
      {
        ...good,
        images: [{ id: "i1", base64: toBase64(gif(1, 1)) }],
      },
      "The image pixel.png does not match its description in the file.",
    ],
    [
      "an image with more bytes than it claims",
      { ...good, images: [{ id: "i1", base64: toBase64(png(1, 1, "more")) }] },
      "The image pixel.png does not match its description in the file.",
    ],
    ["broken base64", { ...good, images: [{ id: "i1", base64: "*" }] }, "images.0.base64 is not base64."],
    [
      "two images with one id",
      { ...good, images: [good.images[0], good.images[0]] },
      "The file has two images with the same id.",
    ],
    [
      "an image of no prompt",
      { ...good, images: [...good.images, { id: "i2", base64: "AAAA" }] },
      "images.1.id is not used by any prompt in the file.",
    ],
    ["UTF-16", Array.from(text).join("\u0000"), "The file is not UTF-8 text. Save it as UTF-8."],
    [
      "depth",
      text.replace('"parameters":{', `"parameters":{"x":${depth(170)},`),
      "The file is nested more than 160 levels deep.",
    ],
    ["a million levels", depth(1_000_000), "The file is nested more than 160 levels deep."],
    [
      "__proto__",
      text.replace('"samplers":{', '"samplers":{"__proto__":{"polluted":1},'),
      "The file has a key that is not allowed: session.shared.samplers.__proto__.",
    ],
    [
      "an escaped __proto__",
      text.replace('"samplers":{', String.raw`"samplers":{"\u005f_proto__":{"polluted":1},`),
      "The file has a key that is not allowed: session.shared.samplers.__proto__.",
    ],
    [
      "constructor.prototype",
      text.replace('"samplers":{', '"samplers":{"constructor":{"prototype":{"polluted":1}},'),
      "The file has a key that is not allowed: session.shared.samplers.constructor.",
    ],
    ["the same turn twice", { ...good, turns: [record, record] }, "The file has two turns with the same id."],
    [
      "the same lane twice",
      { ...good, session: { ...good.session, lanes: [lanes[0], lanes[0]] } },
      "The file has two lanes with the same id.",
    ],
    [
      "a parent that is missing",
      { ...good, turns: [{ ...record, parentId: "gone" }] },
      "turns.0.parentId refers to a turn that is not in the file.",
    ],
    [
      "a turn of its own parent",
      { ...good, turns: [{ ...record, parentId: "t1" }] },
      "turns.0.parentId leads back to itself.",
    ],
    [
      "a lane that is missing",
      { ...good, turns: [{ ...record, laneId: "gone" }] },
      "turns.0.laneId refers to a lane that is not in the file.",
    ],
    [
      "a leaf of another lane",
      { ...good, turns: [{ ...record, laneId: "b" }] },
      "session.lanes.0.leaf refers to a turn that is not in this lane.",
    ],
    [
      "a stray record",
      { ...good, records: [{ ...good.records[0], stepId: "gone" }] },
      "records.0.stepId refers to a step that is not in the file.",
    ],
    [
      "two records of one attempt",
      { ...good, records: [good.records[0], good.records[0]] },
      "The file has two records for the same attempt.",
    ],
    [
      "bytes that are no base64",
      { ...good, records: [{ ...good.records[0], reads: [{ at: 1, base64: "§" }] }] },
      "records.0.reads holds base64 that cannot be read.",
    ],
    [
      "a stray wire",
      { ...good, wires: [{ ...wire, turnId: "gone" }] },
      "wires.0.turnId refers to a turn that is not in the file.",
    ],
  ])("%s", (_title, value, reason) => {
    expect(reasonOf(value)).toBe(reason);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it("when it was cut off", () => {
    expect(reasonOf(text.slice(0, -20))).toMatch(/^The file ends before its JSON does\./);
  });

  it("when a value has another shape, naming where", () => {
    const broken = { ...good, turns: [{ ...record, turn: { steps: [{ id: 1 }] } }] };
    expect(reasonOf(broken)).toMatch(/^Invalid file at turns\.0\.turn\.steps\.0\./);
    expect(reasonOf({ ...good, session: { ...good.session, draft: 5 } })).toMatch(
      /^Invalid file at session\.draft: /,
    );
  });

  it("when it holds more than a session can", () => {
    const many = Array.from({ length: 10_001 }, (_, index) => ({ ...record, id: `t${index}` }));
    expect(reasonOf({ ...good, turns: many })).toMatch(/^Invalid file at turns: /);
    const nine = Array.from({ length: 9 }, (_, index) => ({ ...lanes[0], id: `l${index}`, leaf: null }));
    expect(reasonOf({ ...good, session: { ...good.session, lanes: nine } })).toMatch(
      /^Invalid file at session\.lanes: /,
    );
  });

  it("when it is larger than 200 MB", () => {
    expect(reasonOf(" ".repeat(200_000_001))).toBe(
      "The file is 201 MB. Vitrine imports files of at most 200 MB.",
    );
  });
});
