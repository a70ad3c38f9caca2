import { expect, it } from "vitest";

import type {
  ResponsesBody,
  ResponsesCall,
  ResponsesEffort,
  ResponsesMessage,
  ResponsesOutput,
  ResponsesPrompt,
  ResponsesPromptPart,
  ResponsesReasoning,
} from "./body";

const LEAST = { model: "m", stream: true, store: false, input: [] } as const;

// What is held here is held by the compiler: a line below `@ts-expect-error` that compiles is an error.
it("the types of a Responses body refuse each misspelled field", () => {
  const fields: readonly object[] = [
    { ...LEAST } satisfies ResponsesBody,
    // @ts-expect-error -- inputs
    { model: "m", stream: true, store: false, inputs: [] } satisfies ResponsesBody,
    // @ts-expect-error -- stores
    { model: "m", stream: true, stores: false, input: [] } satisfies ResponsesBody,
    // @ts-expect-error -- instruction
    { instruction: "" } satisfies Partial<ResponsesBody>,
    // @ts-expect-error -- includes
    { includes: [] } satisfies Partial<ResponsesBody>,
    // @ts-expect-error -- reasoning.encrypted
    { include: ["reasoning.encrypted"] } satisfies Partial<ResponsesBody>,
    // @ts-expect-error -- max_tokens
    { max_tokens: 1 } satisfies Partial<ResponsesBody>,
    // @ts-expect-error -- tool
    { tool: [] } satisfies Partial<ResponsesBody>,
    // @ts-expect-error -- toolChoice
    { toolChoice: "auto" } satisfies Partial<ResponsesBody>,
    // @ts-expect-error -- formats
    { text: { formats: { type: "text" } } } satisfies Partial<ResponsesBody>,
    // @ts-expect-error -- reasonings
    { reasonings: {} } satisfies ResponsesEffort,
    // @ts-expect-error -- reasoning_budget
    { reasoning_budget: 1 } satisfies ResponsesEffort,
    // @ts-expect-error -- efforts
    { efforts: "low" } satisfies ResponsesReasoning,
    // @ts-expect-error -- automatic
    { summary: "automatic" } satisfies ResponsesReasoning,
  ];
  const items: readonly object[] = [
    { role: "user", content: "" } satisfies ResponsesPrompt,
    // @ts-expect-error -- person
    { role: "person", content: "" } satisfies ResponsesPrompt,
    // @ts-expect-error -- contents
    { role: "user", contents: "" } satisfies ResponsesPrompt,
    // @ts-expect-error -- text, as chat completions call it
    { type: "text", text: "" } satisfies ResponsesPromptPart,
    // @ts-expect-error -- imageUrl
    { type: "input_image", detail: "auto", imageUrl: "" } satisfies ResponsesPromptPart,
    { type: "message", role: "assistant", content: [] } satisfies ResponsesMessage,
    // @ts-expect-error -- phases
    { type: "message", role: "assistant", content: [], phases: "" } satisfies ResponsesMessage,
    { type: "function_call", call_id: "c", name: "f", arguments: "{}" } satisfies ResponsesCall,
    // @ts-expect-error -- callId
    { type: "function_call", callId: "c", name: "f", arguments: "{}" } satisfies ResponsesCall,
    // @ts-expect-error -- args
    { type: "function_call", call_id: "c", name: "f", args: "{}" } satisfies ResponsesCall,
    // @ts-expect-error -- inputs, of a custom tool
    { type: "custom_tool_call", call_id: "c", name: "f", inputs: "" } satisfies ResponsesCall,
    { type: "function_call_output", call_id: "c", output: "" } satisfies ResponsesOutput,
    // @ts-expect-error -- outputs
    { type: "function_call_output", call_id: "c", outputs: "" } satisfies ResponsesOutput,
    // @ts-expect-error -- function_output
    { type: "function_output", call_id: "c", output: "" } satisfies ResponsesOutput,
  ];
  expect([fields.length, items.length]).toEqual([14, 14]);
});
