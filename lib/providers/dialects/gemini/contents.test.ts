/** What goes back of a conversation: Gemini's own steps as they came, those of others as far as they can. */
import { describe, expect, it } from "vitest";

import { call, chunk, finish, textPart, think } from "@/lib/providers/__fixtures__/fold-gemini";
import { geminiInput } from "@/lib/providers/dialects/__fixtures__/gemini-input";
import { geminiTurn } from "@/lib/providers/dialects/__fixtures__/gemini-turn";
import { type PastStep, turnOf } from "@/lib/providers/dialects/__fixtures__/history";
import type { LaneSetup, PastTurn } from "@/lib/providers/provider";
import type { JsonObject } from "@/lib/stream/turn/json";
import { textAt } from "@/lib/stream/turn/json-read";

import { writeContents } from "./contents";

function write(history: readonly PastTurn[], lane: Partial<LaneSetup> = {}, quirks = {}) {
  const notes = new Set<string>();
  const contents = writeContents(geminiInput({ history, lane, quirks }), (text) => void notes.add(text));
  return { contents, notes: [...notes] };
}

const end = finish("STOP");
const user = (...parts: readonly JsonObject[]) => ({ role: "user", parts });
const model = (...parts: readonly JsonObject[]) => ({ role: "model", parts });
const hi = user({ text: "hi" });
const ask = (turn: PastTurn["turn"]): readonly PastTurn[] => [{ prompt: "hi", turn }];
const answered = (name: string, response: JsonObject, id?: string) => ({
  functionResponse: { ...(id === undefined ? {} : { id }), name, response },
});

describe("a step of this model's own", () => {
  it("goes back with each signature on the call that carried it, and all results in one content", () => {
    const calls = [
      call("add", { a: 2 }, { id: "x1", signature: "S1" }),
      call("multiply", { a: 2 }, { id: "x2" }),
    ];
    const turn = geminiTurn({ chunks: [chunk(calls), end], results: ["5", "6"] });
    expect(write(ask(turn))).toEqual({
      contents: [
        hi,
        model(...calls),
        user(answered("add", { result: "5" }, "x1"), answered("multiply", { result: "6" }, "x2")),
      ],
      notes: [],
    });
  });

  it("wire:B25 goes back without ids where the provider takes none, results in the order of the calls", () => {
    const calls = [call("add", { a: 2 }, { signature: "S1" }), call("add", { a: 3 })];
    const turn = geminiTurn({ chunks: [chunk(calls), end], results: ["5", "6"] });
    expect(write(ask(turn), {}, { callIds: false }).contents).toEqual([
      hi,
      model(...calls),
      user(answered("add", { result: "5" }), answered("add", { result: "6" })),
    ]);
  });

  it("gets ids where the provider takes them and gave none", () => {
    const turn = geminiTurn({ chunks: [chunk([call("f", {}, { signature: "S" })]), end], results: ["1"] });
    expect(write(ask(turn)).contents).toEqual([
      hi,
      model(call("f", {}, { id: "call_1", signature: "S" })),
      user(answered("f", { result: "1" }, "call_1")),
    ]);
  });

  it("wire:B59 goes back with the signature of an empty text in its place", () => {
    const turn = geminiTurn({
      chunks: [chunk([textPart("It is ")]), chunk([textPart("6")]), chunk([textPart("", "S")]), end],
    });
    expect(write([...ask(turn), ...ask(turnOf())]).contents).toEqual([
      hi,
      model({ text: "It is 6" }, textPart("", "S")),
      hi,
    ]);
  });

  it("goes back with signed and unsigned pieces of a text apart", () => {
    const pieces = [
      textPart("ab"),
      textPart("cd", "S1"),
      textPart("e"),
      textPart("f", "S2"),
      textPart("", "S3"),
    ];
    const turn = geminiTurn({ chunks: [...pieces.map((piece) => chunk([piece])), end] });
    expect(write(ask(turn)).contents).toEqual([hi, model(...pieces)]);
  });

  it("goes back with what stood after a call still after it", () => {
    const parts = [call("f", {}, { id: "a", signature: "S1" }), textPart("", "S2")];
    const turn = geminiTurn({ chunks: [chunk(parts), end], results: ["0"] });
    expect(write(ask(turn)).contents).toEqual([
      hi,
      model(...parts),
      user(answered("f", { result: "0" }, "a")),
    ]);
  });

  it("never takes a signature that stands alone for that of the call before it", () => {
    const parts = [call("f", {}, { id: "a", signature: "S1" }), call("g", {}, { id: "b" })];
    const turn = geminiTurn({
      chunks: [chunk([{ thoughtSignature: "S0" }, ...parts, { thoughtSignature: "S2" }]), end],
      results: ["0", "1"],
    });
    expect(write(ask(turn)).contents[1]).toEqual(model(textPart("", "S0"), ...parts, textPart("", "S2")));
  });

  it("leaves thoughts out but those that were signed", () => {
    const signed = { ...think("Well"), thoughtSignature: "S" };
    const turn = geminiTurn({ chunks: [chunk([think("Hm")]), chunk([signed]), chunk([textPart("a")]), end] });
    expect(write(ask(turn))).toEqual({ contents: [hi, model(signed, textPart("a"))], notes: [] });
    const plain = geminiTurn({ chunks: [chunk([think("Hm"), textPart("a")]), end] });
    expect(write(ask(plain))).toEqual({
      contents: [hi, model(textPart("a"))],
      notes: ["Reasoning is not sent back: Gemini accepts only its own signatures."],
    });
  });

  it("goes back with code that ran on the provider's side, whole", () => {
    const ran = [
      { executableCode: { language: "PYTHON", code: "1" }, thoughtSignature: "S" },
      { codeExecutionResult: { outcome: "OUTCOME_OK", output: "1" } },
    ];
    const turn = geminiTurn({ chunks: [chunk([textPart("I add."), ...ran, textPart("It is 1.")]), end] });
    expect(write(ask(turn))).toEqual({
      contents: [hi, model(textPart("I add."), ...ran, textPart("It is 1."))],
      notes: [],
    });
  });

  it("needs nothing of a search that stands beside the text", () => {
    const grounding = { groundingMetadata: { webSearchQueries: ["q"], groundingChunks: [] } };
    const turn = geminiTurn({ chunks: [chunk([textPart("a")]), finish("STOP", grounding)] });
    expect(write(ask(turn))).toEqual({ contents: [hi, model(textPart("a"))], notes: [] });
  });

  it("is told that a call failed in a field of its own", () => {
    const step: PastStep = {
      parts: [{ call: "f", callId: "a", input: "{}", result: "no such file", isError: true }],
      from: { provider: "gemini", dialect: "gemini", model: "gemini-2.5-pro" },
    };
    expect(write(ask(turnOf(step)), { model: "gemini-2.5-pro" }).contents.at(-1)).toEqual(
      user(answered("f", { error: "no such file" }, "a")),
    );
  });

  it.each(["", "0", "false", "null"])("gives %j back as a result", (output) => {
    const turn = geminiTurn({
      chunks: [chunk([call("f", {}, { id: "a", signature: "S" })]), end],
      results: [output],
    });
    expect(write(ask(turn)).contents.at(-1)).toEqual(user(answered("f", { result: output }, "a")));
  });
});

const called = (id: string, a: number, signature?: string) =>
  call("add", { a }, signature === undefined ? { id } : { id, signature });

describe("a step of another model", () => {
  const foreign: PastStep = {
    parts: [
      { reasoning: "Hm", replay: { type: "replay", id: "", item: { type: "thinking", signature: "SIG" } } },
      { text: "I add." },
      { call: "add", callId: "toolu_01", input: '{"a":2}', result: "5" },
      { call: "add", callId: "functions.add:0", input: '{"a":3}', result: "6" },
    ],
    from: { provider: "anthropic", dialect: "anthropic", model: "claude" },
  };

  it("goes back without its signatures, with ids that are accepted and Google's placeholder on its first call", () => {
    expect(write(ask(turnOf(foreign)))).toEqual({
      contents: [
        hi,
        model(
          { text: "I add." },
          called("toolu_01", 2, "skip_thought_signature_validator"),
          called("call_2", 3),
        ),
        user(answered("add", { result: "5" }, "toolu_01"), answered("add", { result: "6" }, "call_2")),
      ],
      notes: [
        "Tool call ids were rewritten to be valid and unique.",
        "Signatures and hidden reasoning of other models are not sent back.",
        "Reasoning is not sent back: Gemini accepts only its own signatures.",
        "Calls without this model's signature are sent with the placeholder that Google defines for them.",
      ],
    });
  });

  it("needs no placeholder in a turn that is over, and none for a model that checks no signatures", () => {
    const bare = model({ text: "I add." }, called("toolu_01", 2), called("call_2", 3));
    const results = [
      answered("add", { result: "5" }, "toolu_01"),
      answered("add", { result: "6" }, "call_2"),
    ];
    expect(write([...ask(turnOf(foreign)), ...ask(turnOf())]).contents).toEqual([
      hi,
      bare,
      user(...results, { text: "hi" }),
    ]);
    for (const name of ["gemini-2.5-flash", "models/gemini-2.0-flash", "gemma-3-27b-it"]) {
      const { contents } = write(ask(turnOf(foreign)), { model: name });
      expect(contents).toEqual([hi, bare, user(...results)]);
    }
  });

  it("wire:B45 is told from this model's own by its model, too", () => {
    const calls = [call("f", {}, { id: "a", signature: "S1" }), textPart("", "S2")];
    const turn = geminiTurn({ chunks: [chunk([textPart("a", "S0"), ...calls]), end], results: ["1"] });
    expect(write(ask(turn), { model: "gemini-2.5-pro" }).contents).toEqual([
      hi,
      model({ text: "a" }, call("f", {}, { id: "a" })),
      user(answered("f", { result: "1" }, "a")),
    ]);
  });

  it("leaves out what ran at its provider, and says so", () => {
    const ran = { executableCode: { code: "1" } };
    const turn = geminiTurn({ chunks: [chunk([textPart("a"), ran]), end] });
    expect(write(ask(turn), { model: "gemini-2.5-pro" })).toEqual({
      contents: [hi, model(textPart("a"))],
      notes: [
        "Signatures and hidden reasoning of other models are not sent back.",
        "The call to code_execution, which its provider ran, is not sent back.",
      ],
    });
  });

  it("may have called what no function of Gemini's is named", () => {
    const odd = "query<|channel|>commentary";
    const step = { ...foreign, parts: [{ call: odd, callId: "a", input: "", result: "1" }] };
    const { contents, notes } = write(ask(turnOf(step)), { model: "gemini-2.5-pro" });
    expect(contents.slice(1)).toEqual([
      model(call("query__channel__commentary", {}, { id: "a" })),
      user(answered("query__channel__commentary", { result: "1" }, "a")),
    ]);
    expect(notes).toEqual([`The call to ${odd} is sent back under a name that Gemini accepts.`]);
  });
});

describe("steps that did not end well", () => {
  const from = { provider: "gemini", dialect: "gemini", model: "gemini-2.5-pro" };
  const lane = { model: "gemini-2.5-pro" };

  it("keep the text of a cut answer and never its unfinished call", () => {
    const turn = turnOf({
      parts: [{ text: "I" }, { call: "f", callId: "a", input: '{"a":' }],
      end: "stop",
      from,
    });
    expect(write(ask(turn), lane)).toEqual({
      contents: [hi, model({ text: "I" })],
      notes: [
        "The unfinished call to f is not sent back.",
        "The part of a cut-off answer that arrived is sent back.",
      ],
    });
  });

  it("with nothing to say are left out, and a prompt without an answer joins the next one", () => {
    const turn = turnOf({ parts: [{ reasoning: "Hm" }], end: "fail", from });
    expect(write([...ask(turn), { prompt: "again", turn: turnOf() }], lane)).toEqual({
      contents: [user({ text: "hi" }, { text: "again" })],
      notes: [
        "Reasoning is not sent back: Gemini accepts only its own signatures.",
        "A step that ended before its answer is not sent back.",
        "A prompt that got no answer is sent together with the next one.",
      ],
    });
  });

  it("answer every call once, also those without a result and those that do not parse", () => {
    const turn = turnOf({
      parts: [
        { call: "f", callId: "a", input: "{}" },
        { call: "g", callId: "b", input: '{"a":', result: "1" },
      ],
      from,
    });
    expect(write([...ask(turn), { prompt: "go on", turn: turnOf() }], lane).contents).toEqual([
      hi,
      model(call("f", {}, { id: "a" }), call("g", {}, { id: "b" })),
      user(
        answered("f", { result: "No result was given for this call." }, "a"),
        answered(
          "g",
          {
            result: "The arguments of this call were not a valid JSON object; {} stands in their place.\n1",
          },
          "b",
        ),
        { text: "go on" },
      ),
    ]);
  });
});

describe("a prompt", () => {
  it("has its images before its words", () => {
    const images = [{ mediaType: "image/png", base64: "AAAA" }];
    const inlineData = { mimeType: "image/png", data: "AAAA" };
    expect(write([{ prompt: "What is it?", images, turn: turnOf() }]).contents).toEqual([
      user({ inlineData }, { text: "What is it?" }),
    ]);
    expect(write([{ prompt: "", images, turn: turnOf() }]).contents).toEqual([user({ inlineData })]);
  });

  it("without words is sent as one that says so", () => {
    expect(write([{ prompt: " ", turn: turnOf() }])).toEqual({
      contents: [user({ text: "(empty)" })],
      notes: ["An empty prompt is sent as “(empty)”, because the API rejects empty text."],
    });
  });
});

const span = (start: number, stop: number) => ({ thoughtSignature: "S", start, end: stop });

it("the writer reads stored signatures only where they fit the text", () => {
  const turn = geminiTurn({ chunks: [chunk([textPart("abc")]), end] });
  const [step] = turn.steps;
  if (step === undefined) throw new Error("A turn of one step has it.");
  const replay = [
    span(1, 2),
    span(0, 1),
    span(2, 9),
    span(3, 2),
    span(2.5, 3),
    { thoughtSignature: 3 },
    null,
  ];
  const parts = step.parts.map((part) => ({ ...part, replay }));
  const { contents } = write(ask({ steps: [{ ...step, parts }] }));
  expect(contents[1]?.parts.map((part) => textAt(part, "text")).join("")).toBe("abc");
});
