/** Chat streams from the field, as they were reported, and the answer that each of them is. */
import { describe, expect, it } from "vitest";

import { delta, DONE, foldText, readBytes } from "@/lib/providers/__fixtures__/fold-chat";
import { brief, briefParts, sse, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";
import { readCase } from "@/lib/providers/__fixtures__/read-case";
import type { JsonObject } from "@/lib/stream/turn/json";

const fold = (name: string): ReturnType<typeof foldText> => foldText(readCase(name));

function choice(index: number, content: string, finish: string | null = null): JsonObject {
  return { choices: [{ index, delta: { content }, finish_reason: finish }] };
}

describe("framing of a chat stream", () => {
  it("reads every data line that is a whole JSON document as an event", () => {
    const step = fold("data-lines-without-blank-line.sse");
    expect([brief(step), warningCodes(step)]).toEqual([
      {
        state: "done",
        parts: [["text", "Every line is an event of its own KEEP2."]],
        finish: { unified: "stop", raw: "stop" },
      },
      [],
    ]);
  });

  it.each([
    ["last-event-without-blank-line.sse", "The result is exactly forty-two LAST3."],
    ["last-event-without-newline.sse", "The result is exactly forty-two LAST3."],
    ["last-finish-without-blank-line.sse", "All words arrived ok."],
  ])("counts the whole last event of %s", (name, text) => {
    const step = fold(name);
    expect([brief(step), warningCodes(step)]).toEqual([
      { state: "done", parts: [["text", text]], finish: { unified: "stop", raw: "stop" } },
      [],
    ]);
  });

  it.each([
    ["keepalive-as-data.sse", "Here after four keep-alives KEEP6."],
    ["keepalive-ping-as-data.sse", "Here after four pings KEEP6."],
  ])("skips the keep-alives of %s and says so once", (name, text) => {
    const step = fold(name);
    expect([step.status.state, briefParts(step), warningCodes(step)]).toEqual([
      "done",
      [["text", text]],
      ["keep-alive"],
    ]);
  });

  it("names both halves of an event that a heartbeat cut in two, and reads on", () => {
    const step = fold("heartbeat-inside-json.sse");
    expect([step.status.state, briefParts(step), warningCodes(step)]).toEqual([
      "done",
      [["text", "Start end KEEP21."]],
      ["unreadable-event", "odd-line"],
    ]);
    expect(step.warnings.map(({ message }) => message).join()).toContain("middle");
  });

  it("joins an emoji whose halves come in two chunks", () => {
    expect(briefParts(fold("emoji-halves-in-two-chunks.sse"))).toEqual([["text", "Look 🐙 octopus KEEP23."]]);
  });
});

describe("errors of a chat server that have no error key", () => {
  it("fails in the server's words before any text", () => {
    expect(fold("error-without-error-key.sse").status).toEqual({
      state: "failed",
      error: {
        source: "provider",
        code: "HTTP_402",
        message: "Quota of team blue is used up ERR20",
        retryable: false,
        status: 402,
        inStatus: 200,
        detail: '{"request_id":"r-20"}',
      },
    });
  });

  it("fails in the server's words amid an answer and keeps its text", () => {
    const step = fold("error-without-error-key-late.sse");
    expect([briefParts(step), step.status]).toMatchObject([
      [["text", "Half an "]],
      { state: "failed", error: { code: "LimitBurst", message: "Burst limit reached ERR20" } },
    ]);
  });

  it("fails in the server's words where a whole body says that it is no success", () => {
    const step = foldText(readCase("error-success-false.json"), { contentType: "application/json" });
    expect(step.status).toMatchObject({
      state: "failed",
      error: { code: "1102", message: "This model is being moved ERR20B" },
    });
  });

  it("takes a code of success beside a message for no error", () => {
    const step = foldText('data: {"code":0,"message":"ok"}\n\ndata: {"code":"200","msg":"fine"}\n\n');
    expect(step.status.state).toBe("truncated");
  });
});

describe("the reader of a chat stream's choices", () => {
  it.each([
    ["choice-index-counts-up.sse", "Whispering wind KEEP8."],
    ["choice-index-starts-at-one.sse", "I am KEEP8."],
  ])("ignores the index of %s, where one choice comes at a time", (name, text) => {
    const step = fold(name);
    expect([brief(step), warningCodes(step)]).toEqual([
      { state: "done", parts: [["text", text]], finish: { unified: "stop", raw: "stop" } },
      [],
    ]);
  });

  it("shows the first of two choices that are open at once, chunk by chunk or together", () => {
    const apart = [choice(0, "a"), choice(1, "x"), choice(0, "b"), choice(1, "y"), choice(0, "c", "stop")];
    const together = {
      choices: [choice(0, "ab"), choice(1, "xy")].flatMap((chunk) => chunk["choices"] ?? []),
    };
    for (const chunks of [apart, [together, choice(1, "z"), choice(0, "c", "stop")]]) {
      const step = foldText(sse(...chunks, DONE));
      expect([briefParts(step), warningCodes(step)]).toEqual([[["text", "abc"]], ["more-choices"]]);
    }
  });

  it("leaves out a choice that begins after the first one ended", () => {
    const step = foldText(sse(choice(0, "a", "stop"), choice(1, "x"), choice(1, "y", "stop"), DONE));
    expect([briefParts(step), warningCodes(step)]).toEqual([[["text", "a"]], ["more-choices"]]);
  });

  it("shows an index that counts up while it streams, once it can be nothing else", () => {
    const chunks = Array.from({ length: 12 }, (_none, at) => choice(at, String(at % 10)));
    expect(briefParts(foldText(sse(...chunks)))).toEqual([["text", "012345678901"]]);
    const text = readBytes(new TextEncoder().encode(sse(...chunks)), { size: 4096 });
    expect(text.filter(({ event }) => event.type === "text-delta")).toHaveLength(12);
  });
});

describe("content of a chat stream in other places and shapes", () => {
  it("reads content that is one object as a part", () => {
    expect(briefParts(fold("content-as-object.sse"))).toEqual([["text", "An object, not a string KEEP28."]]);
  });

  it("reads reasoning_text as a thought", () => {
    expect(briefParts(fold("reasoning-text-field.sse"))).toEqual([
      ["reasoning", "First I compare the two options THINK11. "],
      ["text", "Option two."],
    ]);
  });

  it("makes one thought and one text of deltas that always bring both", () => {
    const parts = briefParts(fold("reasoning-and-content-in-every-chunk.sse"));
    expect(parts.map(([type]) => type)).toEqual(["reasoning", "text"]);
    expect(parts[0]?.[1]).toMatch(/^step 1; step 2; .*step 11; /);
    expect(parts[1]?.[1]).toMatch(/^Paris is the capital of France and has about two million /);
  });

  it("opens a new thought after a delta that closed one thought and began the text", () => {
    const step = foldText(
      sse(
        delta({ reasoning: "a" }),
        delta({ reasoning: "b", content: "x" }),
        delta({ content: "y" }),
        delta({ reasoning: "c" }),
        delta({ content: "z" }, "stop"),
        DONE,
      ),
    );
    expect(briefParts(step)).toEqual([
      ["reasoning", "ab"],
      ["text", "xy"],
      ["reasoning", "c"],
      ["text", "z"],
    ]);
  });

  it("says so where two fields hold different thoughts", () => {
    const step = foldText(sse(delta({ reasoning: "a", reasoning_content: "b" }), delta({}, "stop"), DONE));
    expect([briefParts(step), warningCodes(step)]).toEqual([[["reasoning", "b"]], ["two-thoughts"]]);
  });

  it("reads token counts that come as text", () => {
    expect(fold("usage-as-strings.sse").usage).toMatchObject({ input: 12, output: 4, total: 16 });
  });
});
