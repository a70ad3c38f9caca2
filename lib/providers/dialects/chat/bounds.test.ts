import { describe, expect, it } from "vitest";

import { calls, delta, DONE, foldText, piece } from "@/lib/providers/__fixtures__/fold-chat";
import { brief, sse, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";
import { DEEPEST_JSON, MOST_PARTS } from "@/lib/stream/turn/bounds";

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

describe("an answer that could not be saved as received", () => {
  it("keeps the text beside reasoning details that are nested too deep, and says what was left out", () => {
    const details = `{"choices":[{"delta":{"content":"Hi","reasoning_details":[{"type":"x","data":${nested(5_000)}}]}}]}`;
    const step = foldText(`data: ${details}\n\n${sse(delta({}, "stop"), DONE)}`);
    expect(brief(step).parts).toContainEqual(["text", "Hi"]);
    expect(step.parts.flatMap((part) => part.replay)).toEqual([]);
    expect(warningCodes(step)).toEqual(["json-refused"]);
  });

  it("never runs a call whose arguments, sent as an object, are nested too deep", () => {
    const call = `{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":${nested(20_000)}}}]}}]}`;
    const step = foldText(`data: ${call}\n\n${sse(delta({}, "tool_calls"), DONE)}`);
    expect(step.parts).toMatchObject([
      {
        name: "f",
        status: {
          args: {
            valid: false,
            message: `Arguments are nested deeper than ${String(DEEPEST_JSON)} levels.`,
          },
        },
      },
    ]);
  });

  it("ends at the limit of parts and keeps the parts before it", () => {
    const chunks = Array.from({ length: MOST_PARTS + 10 }, (_none, index) =>
      calls(piece({ index: 0, id: `c${String(index)}`, name: "f", args: "{}" })),
    );
    const step = foldText(sse(...chunks, delta({}, "tool_calls"), DONE));
    expect(step.parts).toHaveLength(MOST_PARTS);
    expect(step.status).toMatchObject({ state: "failed", error: { code: "LIMIT" } });
  });
});
