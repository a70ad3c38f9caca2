/** Chat streams from the field, as they were reported, and the answer that each of them is. */
import { describe, expect, it } from "vitest";

import { foldText } from "../__fixtures__/fold-chat";
import { brief, briefParts, warningCodes } from "../__fixtures__/fold-wire";
import { readCase } from "../__fixtures__/read-case";

const fold = (name: string): ReturnType<typeof foldText> => foldText(readCase(name));

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
