/** Cases from the field, in the Responses dialect. */
import { describe, expect, it } from "vitest";

import {
  added,
  completed,
  CREATED,
  delta,
  done,
  foldResponse,
  foldResponses,
  messageItem,
  responsesSse,
} from "@/lib/providers/__fixtures__/fold-responses";
import { brief, briefParts, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";
import { readCase } from "@/lib/providers/__fixtures__/read-case";
import { responsesInput } from "@/lib/providers/dialects/__fixtures__/responses-input";
import { ONE_PIXEL_PNG } from "@/lib/stream/turn/__fixtures__/build-step";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { Step, Turn } from "@/lib/stream/turn/turn";

import { writeResponsesInput } from "./input";

const foldCase = (name: string): Step => foldResponses(readCase(`${name}.responses.sse`));
const CALLED = { unified: "tool-calls", raw: "completed" };

/** The step as a model of OpenAI's made it, with this text as the result of each of its calls. */
function answered(step: Step, output: string): Turn {
  const request = { provider: "openai", dialect: "responses", model: "gpt-4o", endpoint: null };
  const parts = step.parts.map((part) =>
    part.type === "tool-call" && part.status.state === "awaiting-result"
      ? {
          ...part,
          status: {
            state: "answered" as const,
            args: part.status.args,
            result: { output, isError: false, origin: { by: "typed" } as const },
            at: 0,
          },
        }
      : part,
  );
  return { steps: [{ ...step, request, parts }] };
}

/** What goes back after the prompt. */
function sentBack(turn: Turn, lane = { provider: "openai", model: "gpt-4o" }): readonly JsonObject[] {
  const input = responsesInput({ lane, history: [{ prompt: "hi", turn }] });
  return writeResponsesInput(input, () => undefined).slice(1);
}

describe("the reader of calls for the person", () => {
  it("shows a custom tool's call with its text and sends the result back as its output", () => {
    const step = foldCase("item-custom-tool-call");
    expect(brief(step)).toEqual({
      state: "done",
      parts: [["call", "call_c1", "run_sql", "select 1;", "awaiting-result"]],
      finish: CALLED,
    });
    expect(step.parts[0]).toMatchObject({ form: "text" });
    expect(sentBack(answered(step, "1"))).toEqual([
      { type: "custom_tool_call", call_id: "call_c1", name: "run_sql", input: "select 1;" },
      { type: "custom_tool_call_output", call_id: "call_c1", output: "1" },
    ]);
  });

  it("shows a call of the local shell and sends the result back as its output", () => {
    const step = foldCase("item-local-shell-call");
    const action = { type: "exec", command: ["ls", "-a"], env: {} };
    expect(brief(step).parts).toEqual([
      ["call", "call_l1", "local_shell", '{"command":["ls","-a"],"env":{},"type":"exec"}', "awaiting-result"],
    ]);
    expect(sentBack(answered(step, ". .."))).toEqual([
      { type: "local_shell_call", id: "lsh_1", call_id: "call_l1", status: "completed", action },
      { type: "local_shell_call_output", id: "call_l1", call_id: "call_l1", output: ". .." },
    ]);
  });

  it("sends a call of the local shell to another provider as a function", () => {
    const turn = answered(foldCase("item-local-shell-call"), ". ..");
    expect(
      sentBack(turn, { provider: "llamacpp", model: "m" }).map(({ type, name }) => [type, name]),
    ).toEqual([
      ["function_call", "local_shell"],
      ["function_call_output", undefined],
    ]);
  });

  it("reads a custom tool's call that only its events tell", () => {
    const step = foldResponses(
      responsesSse(
        CREATED,
        added(0, { type: "custom_tool_call", id: "c", call_id: "call_1", name: "sql" }),
        delta("custom_tool_call_input", "c", "drop "),
        { type: "response.custom_tool_call_input.done", item_id: "c", input: "drop it" },
        completed(),
      ),
    );
    expect(briefParts(step)).toEqual([["call", "call_1", "sql", "drop it", "awaiting-result"]]);
  });
});

describe("the reader of calls that the provider runs", () => {
  it("shows a shell's command and its output on one card", () => {
    const step = foldCase("item-shell-call-and-output");
    expect(brief(step).parts).toEqual([
      [
        "provider-call",
        "sh_1",
        "shell",
        '{"commands":["uname -a"],"max_output_length":null,"timeout_ms":null}',
        "done",
      ],
      ["text", "It is Linux."],
    ]);
    expect(step.parts[0]).toMatchObject({
      status: { outcome: { output: "Linux probe 6.1\n", sources: [], error: null } },
      replay: [{ id: "sh_1" }, { id: "sho_1" }],
    });
    expect(step.warnings).toEqual([]);
  });

  it("streams the code of an interpreter and shows what it printed", () => {
    const item = { type: "code_interpreter_call", id: "ci", container_id: "cntr" };
    const step = foldResponses(
      responsesSse(
        CREATED,
        added(0, item),
        delta("code_interpreter_call_code", "ci", "print("),
        delta("code_interpreter_call_code", "ci", "1)"),
        { type: "response.code_interpreter_call_code.done", item_id: "ci", code: "print(1)" },
        done(0, { ...item, code: "print(1)", outputs: [{ type: "logs", logs: "1" }], status: "completed" }),
        completed(),
      ),
    );
    expect(briefParts(step)).toEqual([["provider-call", "ci", "code_interpreter", "print(1)", "done"]]);
    expect(step.parts[0]).toMatchObject({ status: { outcome: { output: "1" } } });
    expect(step.warnings).toEqual([]);
  });

  it("shows a picture while it is made and once it is done", () => {
    const item = { type: "image_generation_call", id: "ig" };
    const partial = {
      type: "response.image_generation_call.partial_image",
      item_id: "ig",
      partial_image_index: 0,
      partial_image_b64: "AAAA",
      output_format: "webp",
    };
    const finished = { ...item, status: "completed", result: ONE_PIXEL_PNG, revised_prompt: "A cat." };
    const events = [CREATED, added(0, item), partial];
    expect(briefParts(foldResponses(responsesSse(...events)))[1]).toEqual(["image", "image/webp AAAA"]);
    const step = foldResponses(responsesSse(...events, done(0, finished), completed({ output: [finished] })));
    expect([briefParts(step), step.warnings]).toEqual([
      [
        ["provider-call", "ig", "image_generation", "A cat.", "done"],
        ["image", `image/png ${ONE_PIXEL_PNG}`],
      ],
      [],
    ]);
  });

  it("keeps a picture once, and sends its item back whole", () => {
    const thought = { type: "reasoning", id: "rs", summary: [], encrypted_content: "secret" };
    const item = { type: "image_generation_call", id: "ig" };
    const finished = { ...item, status: "completed", result: ONE_PIXEL_PNG };
    const message = messageItem("msg_2", "Here.");
    const step = foldResponses(
      responsesSse(
        CREATED,
        added(0, thought),
        done(0, thought),
        added(1, item),
        done(1, finished),
        added(2, { ...message, content: [] }),
        done(2, message),
        completed({ output: [thought, finished, message] }),
      ),
    );
    expect(JSON.stringify(step).split(ONE_PIXEL_PNG)).toHaveLength(2);
    const sent = sentBack(answered(step, ""));
    expect(sent.slice(0, 2)).toEqual([thought, finished]);
  });
});

describe("what Vitrine does not know", () => {
  it("shows an item of an unknown type with its JSON, and the text after it", () => {
    const step = foldCase("item-of-an-unknown-type");
    const item = {
      id: "zz_1",
      type: "quantum_oracle_call",
      call_id: "call_q1",
      question: "why?",
      status: "completed",
    };
    expect([briefParts(step), step.warnings]).toEqual([
      [
        ["unknown", "quantum_oracle_call", item],
        ["text", "Because."],
      ],
      [],
    ]);
  });

  it("shows content of an unknown type inside a message", () => {
    const audio = { type: "output_audio", data: "UklG", transcript: "Hi" };
    const item = { type: "message", id: "m", content: [audio, { type: "output_text", text: "Hi" }] };
    expect(
      briefParts(foldResponses(responsesSse(CREATED, done(0, item), completed({ output: [item] })))),
    ).toEqual([
      ["unknown", "output_audio", audio],
      ["text", "Hi"],
    ]);
  });

  it("names what the provider changed in the input", () => {
    const step = foldResponse({
      status: "completed",
      output: [messageItem("m", "Hi")],
      input_transformations: [{ type: "truncated" }],
    });
    expect(step.warnings).toEqual([
      {
        code: "input-changed",
        message:
          'The provider changed the input before the model read it (input_transformations): [{"type":"truncated"}]',
      },
    ]);
  });
});

describe("answers told in other ways", () => {
  it.each([
    ["responses-completed-with-empty-output", "Text in deltas KEEP32."],
    ["responses-ends-with-response-done", "Ends with response.done KEEP34."],
    ["responses-only-done-event", "Only in the done event KEEP31."],
  ])("reads %s to its end", (name, text) => {
    const step = foldCase(name);
    expect([brief(step), step.warnings]).toEqual([
      { state: "done", parts: [["text", text]], finish: { unified: "stop", raw: "completed" } },
      [],
    ]);
  });

  it("reads an answer whose text is only in output_text, in one item, or in one piece of content", () => {
    const text = { type: "output_text", text: "Hi" };
    for (const response of [
      { output: [], output_text: "Hi" },
      { output: [{ type: "message", id: "m", content: text }] },
      { output: [{ type: "message", id: "m", content: "Hi" }] },
    ])
      expect(briefParts(foldResponse({ status: "completed", ...response }))).toEqual([["text", "Hi"]]);
  });

  it("reads a text that only the end of its content part tells", () => {
    const part = { type: "output_text", text: "Hi", annotations: [] };
    const step = foldResponses(
      responsesSse(CREATED, { type: "response.content_part.done", item_id: "m", part }, completed()),
    );
    expect(briefParts(step)).toEqual([["text", "Hi"]]);
  });

  it("keeps one thought and one text where their pieces alternate", () => {
    const pieces = ["a", "b", "c"].flatMap((text) => [
      delta("reasoning_text", "r", text, { output_index: 0 }),
      delta("output_text", "m", text, { output_index: 1 }),
    ]);
    expect(briefParts(foldResponses(responsesSse(CREATED, ...pieces, completed())))).toEqual([
      ["reasoning", "abc"],
      ["text", "abc"],
    ]);
  });
});

describe("arguments that are told twice", () => {
  const call = { type: "function_call", id: "f", call_id: "call_1", name: "weather" };
  const settled = (args: string): JsonObject => done(0, { ...call, arguments: args, status: "completed" });

  it("leaves out arguments that come again in full", () => {
    const args = '{"location":"Basel"}';
    const piece = delta("function_call_arguments", "f", args);
    const step = foldResponses(
      responsesSse(CREATED, added(0, call), piece, piece, settled(args), completed()),
    );
    expect([briefParts(step), warningCodes(step)]).toEqual([
      [["call", "call_1", "weather", args, "awaiting-result"]],
      ["arguments-repeated"],
    ]);
  });

  it("takes final arguments that differ in white space for the same", () => {
    const step = foldResponses(
      responsesSse(
        CREATED,
        added(0, call),
        delta("function_call_arguments", "f", '{"location": "Basel"}'),
        settled('{"location":"Basel"}'),
        completed(),
      ),
    );
    expect([briefParts(step), step.warnings]).toEqual([
      [["call", "call_1", "weather", '{"location": "Basel"}', "awaiting-result"]],
      [],
    ]);
  });
});

/** A message with a phase. */
function says(id: string, outputIndex: number, text: string, phase: string): JsonObject[] {
  return [
    added(outputIndex, { type: "message", id, phase }),
    delta("output_text", id, text, { output_index: outputIndex }),
    done(outputIndex, { ...messageItem(id, text), phase }),
  ];
}

describe("commentary and the final answer", () => {
  it("are told apart as the model told them, and go back as they came", () => {
    const step = foldResponses(
      responsesSse(
        CREATED,
        ...says("a", 0, "Let me look.", "commentary"),
        ...says("b", 1, "It is so.", "final_answer"),
        completed(),
      ),
    );
    expect(step.parts).toMatchObject([
      { text: "Let me look.", phase: "commentary" },
      { text: "It is so.", phase: "final" },
    ]);
    expect(sentBack(answered(step, "")).map(({ phase, content }) => [phase, content])).toEqual([
      ["commentary", [{ type: "output_text", text: "Let me look.", annotations: [] }]],
      ["final_answer", [{ type: "output_text", text: "It is so.", annotations: [] }]],
    ]);
  });

  it("are one text to a provider that does not tell them apart", () => {
    const step = foldResponses(
      responsesSse(
        CREATED,
        ...says("a", 0, "Let me look. ", "commentary"),
        ...says("b", 1, "It is so.", "final_answer"),
        completed(),
      ),
    );
    expect(sentBack(answered(step, ""), { provider: "llamacpp", model: "m" })).toEqual([
      {
        type: "message",
        role: "assistant",
        content: [{ type: "output_text", text: "Let me look. It is so.", annotations: [] }],
      },
    ]);
  });
});
