/** What the provider runs itself, what it bases its answer on, and how it ends. */
import { describe, expect, it } from "vitest";

import {
  call,
  chunk,
  finish,
  foldGemini,
  foldGeminiBody,
  geminiSse,
  replays,
  textPart,
  think,
} from "@/lib/providers/__fixtures__/fold-gemini";
import { brief, briefParts, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { Step } from "@/lib/stream/turn/turn";

const end = finish("STOP");

function outcomes(step: Step) {
  return step.parts.flatMap((part) => (part.type === "provider-call" ? [part.status] : []));
}

function citations(step: Step) {
  return step.parts.flatMap((part) => (part.type === "text" ? part.citations : []));
}

const support = (segment: JsonObject, ...indices: number[]) => ({
  segment,
  groundingChunkIndices: indices,
  confidenceScores: [0.9],
});
const cited = (source: { url: string; title: string | null }, start: number | null, stop: number | null) => ({
  ...source,
  quote: null,
  start,
  end: stop,
});

describe("search at the provider", () => {
  const [one, two] = [
    { url: "https://a.example/1", title: "a.example" },
    { url: "https://b.example/2", title: null },
  ];
  const chunks = [{ web: { uri: one.url, title: one.title } }, { retrievedContext: { uri: two.url } }];
  const grounded = (supports: readonly JsonObject[], more: JsonObject = {}) => ({
    groundingMetadata: {
      webSearchQueries: ["rain in Florence", "weather"],
      searchEntryPoint: { renderedContent: "<div>…</div>" },
      groundingChunks: chunks,
      groundingSupports: supports,
      ...more,
    },
  });

  it("wire:B56 is a part of its own with what was asked and the pages it found", () => {
    const step = foldGemini(geminiSse(chunk([textPart("It rains.")]), finish("STOP", grounded([]))));
    expect(brief(step)).toEqual({
      state: "done",
      parts: [
        ["text", "It rains."],
        ["provider-call", null, "google_search", '{"queries":["rain in Florence","weather"]}', "done"],
      ],
      finish: { unified: "stop", raw: "STOP" },
    });
    expect(outcomes(step)).toEqual([
      { state: "done", outcome: { output: null, sources: [one, two], error: null } },
    ]);
  });

  it("wire:B55 cites each statement at its place, which the wire tells in bytes", () => {
    // “Olá” takes four bytes and the smile four, but three and two UTF-16 units.
    const text = "Olá 🙂 it rains. It is cold.";
    const step = foldGemini(
      geminiSse(
        chunk([textPart("Olá 🙂 it")]),
        chunk([textPart(" rains. It is cold.")]),
        finish(
          "STOP",
          grounded([
            support({ startIndex: 10, endIndex: 19, text: "it rains." }, 0, 1),
            support({ startIndex: 20, endIndex: 31, text: "It is cold." }, 1),
          ]),
        ),
      ),
    );
    expect(citations(step)).toEqual([cited(one, 7, 16), cited(two, 7, 16), cited(two, 17, 28)]);
    expect([text.slice(7, 16), text.slice(17, 28)]).toEqual(["it rains.", "It is cold."]);
  });

  it("finds a statement by its words where its bytes are those of another part, and cites a part as a whole where it finds none", () => {
    const step = foldGemini(
      geminiSse(
        chunk([textPart("First. "), call("f", {}), textPart("It rains.")]),
        finish(
          "STOP",
          grounded([
            support({ endIndex: 9, text: "It rains." }, 0),
            support({ startIndex: 3, endIndex: 9999, text: "never said" }, 1),
            support({}, 0),
          ]),
        ),
      ),
    );
    const [first, , second] = step.parts;
    expect(first?.type === "text" && first.citations).toEqual([]);
    expect(second?.type === "text" && second.citations).toEqual([
      cited(one, 0, 9),
      cited(two, null, null),
      cited(one, null, null),
    ]);
  });

  it("says nothing twice where reports repeat and grow", () => {
    const supports = [support({ endIndex: 3, text: "It " }, 0)];
    const step = foldGemini(
      geminiSse(
        chunk([textPart("It ")], grounded(supports, { webSearchQueries: ["rain in Florence"] })),
        chunk([textPart("rains.")], grounded(supports)),
        finish("STOP", { groundingMetadata: {} }),
      ),
    );
    expect(briefParts(step)).toEqual([
      ["text", "It rains."],
      ["provider-call", null, "google_search", '{"queries":["rain in Florence","weather"]}', "done"],
    ]);
    expect(citations(step)).toEqual([cited(one, 0, 3)]);
  });

  it("ignores indices of pages that are none", () => {
    const wild = [-1, 0.5, 99, 4294967296];
    const step = foldGemini(
      geminiSse(
        chunk([textPart("It rains.")]),
        finish("STOP", grounded([support({ endIndex: 2 }, ...wild)])),
      ),
    );
    expect(citations(step)).toEqual([]);
  });

  it("keeps what is known of a search when the stream is cut", () => {
    const step = foldGemini(geminiSse(chunk([textPart("It rains")], grounded([]))));
    expect([step.status.state, briefParts(step).map(([type]) => type)]).toEqual([
      "truncated",
      ["text", "provider-call"],
    ]);
  });

  it("cites the pages that a text repeats, under both names of the list", () => {
    const source = { startIndex: 0, endIndex: 4, uri: one.url, title: one.title };
    for (const name of ["citationSources", "citations"]) {
      const step = foldGeminiBody(
        chunk([textPart("Once upon")], {
          finishReason: "STOP",
          citationMetadata: { [name]: [source, null, {}] },
        }),
      );
      expect([citations(step), briefParts(step)]).toEqual([[cited(one, 0, 4)], [["text", "Once upon"]]]);
    }
  });
});

const asked = (id: string, query: string) => ({
  toolCall: { toolType: "GOOGLE_SEARCH_WEB", id, args: { queries: [query] } },
  thoughtSignature: `S-${id}`,
});
const answered = (id: string) => ({
  toolResponse: { toolType: "GOOGLE_SEARCH_WEB", id, response: { found: id } },
});

describe("code and tools that run at the provider", () => {
  const code = { executableCode: { language: "PYTHON", code: "print(2+3)" } };
  const done = { codeExecutionResult: { outcome: "OUTCOME_OK", output: "5\n" } };

  it("are parts with what ran and its outcome, and are kept whole for the next request", () => {
    const step = foldGemini(
      geminiSse(chunk([textPart("I add. "), code]), chunk([done, textPart("It is 5.")]), end),
    );
    expect(briefParts(step)).toEqual([
      ["text", "I add. "],
      ["provider-call", null, "code_execution", '{"code":"print(2+3)","language":"PYTHON"}', "done"],
      ["text", "It is 5."],
    ]);
    expect(outcomes(step)).toEqual([{ state: "done", outcome: { output: "5\n", sources: [], error: null } }]);
    expect(replays(step)).toEqual([[], [code, done], []]);
  });

  it("tell a failure in the provider's words, and stay unfinished without a result", () => {
    const failed = { codeExecutionResult: { outcome: "OUTCOME_FAILED", output: "NameError: x" } };
    const late = { codeExecutionResult: { outcome: "OUTCOME_DEADLINE_EXCEEDED" } };
    expect(outcomes(foldGemini(geminiSse(chunk([code, failed, code, late, code]), end)))).toEqual([
      { state: "done", outcome: { output: null, sources: [], error: "NameError: x" } },
      { state: "done", outcome: { output: null, sources: [], error: "OUTCOME_DEADLINE_EXCEEDED" } },
      { state: "unfinished" },
    ]);
  });

  it("show a result whose call never came", () => {
    expect(briefParts(foldGemini(geminiSse(chunk([done]), end)))).toEqual([
      ["provider-call", null, "code_execution", "", "done"],
    ]);
  });

  it("are told one by one where tools of a person's stand beside them, matched by id", () => {
    const parts = [
      asked("a", "x"),
      asked("b", "y"),
      answered("a"),
      answered("b"),
      call("f", {}, { id: "c" }),
    ];
    const step = foldGemini(geminiSse(chunk(parts), end));
    expect(brief(step)).toEqual({
      state: "done",
      parts: [
        ["provider-call", "a", "google_search_web", '{"queries":["x"]}', "done"],
        ["provider-call", "b", "google_search_web", '{"queries":["y"]}', "done"],
        ["call", "c", "f", "{}", "awaiting-result"],
      ],
      finish: { unified: "tool-calls", raw: "STOP" },
    });
    expect(outcomes(step)).toMatchObject([
      { outcome: { output: '{"found":"a"}' } },
      { outcome: { output: '{"found":"b"}' } },
    ]);
    expect(replays(step)).toEqual([[parts[0], parts[2]], [parts[1], parts[3]], []]);
  });

  it("do not turn the finish into tool calls", () => {
    expect(foldGemini(geminiSse(chunk([code, done]), end)).finish).toEqual({ unified: "stop", raw: "STOP" });
  });
});

describe("content other than text", () => {
  it("shows pictures, names those that it does not load, and shows other data as received", () => {
    const image = { inlineData: { mimeType: "image/png", data: "AAAA" }, thoughtSignature: "S" };
    const far = { fileData: { mimeType: "image/png", fileUri: "gs://x" } };
    const sound = { inlineData: { mimeType: "audio/wav", data: "BBBB" } };
    const step = foldGemini(geminiSse(chunk([textPart("Here: "), image, far, sound, textPart("done")]), end));
    expect(briefParts(step)).toEqual([
      ["text", "Here: "],
      ["image", "image/png AAAA"],
      ["image", "Vitrine does not load images from the network."],
      ["unknown", "inlineData", sound],
      ["text", "done"],
    ]);
    expect(step.parts.map(({ replay }) => replay)).toEqual([
      [],
      [{ thoughtSignature: "S" }],
      [],
      [sound],
      [],
    ]);
    expect(step.warnings).toEqual([]);
  });
});

describe("the reader of an answer's end", () => {
  it.each([
    ["STOP", "stop"],
    ["MAX_TOKENS", "length"],
    ["SAFETY", "content-filter"],
    ["BLOCKLIST", "content-filter"],
    ["PROHIBITED_CONTENT", "content-filter"],
    ["SPII", "content-filter"],
    ["IMAGE_SAFETY", "content-filter"],
    ["RECITATION", "error"],
    ["LANGUAGE", "error"],
    ["MALFORMED_FUNCTION_CALL", "error"],
    ["UNEXPECTED_TOOL_CALL", "error"],
    ["OTHER", "unknown"],
    ["constructor", "unknown"],
  ])("%s means %s", (raw, unified) => {
    expect(foldGemini(geminiSse(chunk([think("Hm"), textPart("a")]), finish(raw))).finish).toEqual({
      unified,
      raw,
    });
  });

  it("does not take an unspecified reason for one", () => {
    const step = foldGemini(
      geminiSse(chunk([textPart("a")], { finishReason: "FINISH_REASON_UNSPECIFIED" }), end),
    );
    expect(step.finish).toEqual({ unified: "stop", raw: "STOP" });
  });

  it("says why a filter ended the answer, where the provider says it", () => {
    const step = foldGemini(
      geminiSse(chunk([textPart("How")]), finish("SAFETY", { finishMessage: "Blocked for harassment." })),
    );
    expect([step.status.state, step.warnings]).toEqual([
      "done",
      [{ code: "filtered", message: "Blocked for harassment." }],
    ]);
  });

  it("ends a prompt that was refused as filtered, and says by what", () => {
    for (const [feedback, words] of [
      [{ blockReason: "SAFETY", safetyRatings: [] }, "SAFETY"],
      [{ blockReason: "SAFETY", blockReasonMessage: "The prompt is about x." }, "The prompt is about x."],
    ] as const) {
      const step = foldGemini(
        geminiSse({ promptFeedback: feedback, usageMetadata: { promptTokenCount: 4 } }),
      );
      expect(brief(step)).toEqual({
        state: "done",
        parts: [],
        finish: { unified: "content-filter", raw: "SAFETY" },
      });
      expect([step.usage?.input, step.warnings]).toEqual([
        4,
        [{ code: "prompt-blocked", message: `The provider rejected the prompt: ${words}` }],
      ]);
    }
  });

  it("gives no warning where a prompt was rated and not refused", () => {
    const step = foldGemini(
      geminiSse({ ...chunk([textPart("a")]), promptFeedback: { safetyRatings: [] } }, end),
    );
    expect([step.finish?.unified, warningCodes(step)]).toEqual(["stop", []]);
  });
});
