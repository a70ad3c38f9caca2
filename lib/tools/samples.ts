import { add } from "@/lib/tools/runners/add";
import { calculator } from "@/lib/tools/runners/calculator";
import { calendar } from "@/lib/tools/runners/calendar";
import { multiply } from "@/lib/tools/runners/multiply";
import type { ToolRunner } from "@/lib/tools/runners/runner";
import { search } from "@/lib/tools/runners/search";
import { type MockRule, NEW_TOOL_CHOICES, type ToolDefinition } from "@/lib/tools/tool";

/** The tools of a new session: one small world around a trip to Florence, in which every call gets an answer by itself. */
export const sampleTools: readonly ToolDefinition[] = [
  {
    id: "sample-weather",
    name: "weather",
    description: "Get the current weather of a place.",
    parameters: {
      type: "object",
      properties: { location: { type: "string", description: "City, such as Florence" } },
      required: ["location"],
      additionalProperties: false,
    },
    strict: null,
    ...NEW_TOOL_CHOICES,
    exampleResult: "22 degrees and sunny",
    binding: {
      kind: "mock",
      delayMs: 0,
      mock: {
        by: "arguments",
        rules: [
          weatherIn("Florence", "22 degrees and sunny"),
          weatherIn("Rome", "25 degrees and sunny"),
          weatherIn("London", "14 degrees and light rain"),
          weatherIn("Oslo", "3 degrees and snow"),
          weatherIn("Tokyo", "18 degrees and cloudy"),
          { when: "*", result: { output: "No weather station there.", isError: true } },
        ],
      },
    },
  },
  fromRunner("sample-search", search),
  fromRunner("sample-calculator", calculator),
  fromRunner("sample-add", add),
  fromRunner("sample-multiply", multiply),
  fromRunner("sample-calendar", calendar),
  {
    id: "sample-order",
    name: "order_status",
    description: "Look up an order by its number.",
    parameters: {
      type: "object",
      properties: { number: { type: "string", description: "Order number, such as A-1001" } },
      required: ["number"],
      additionalProperties: false,
    },
    strict: null,
    ...NEW_TOOL_CHOICES,
    exampleResult: '{"number":"A-1001","status":"shipped"}',
    binding: {
      kind: "mock",
      delayMs: 0,
      mock: {
        by: "arguments",
        rules: [
          {
            when: { number: "A-1001" },
            result: {
              output:
                '{"number":"A-1001","item":"Guide to Florence","status":"shipped","arrives":"2026-12-02"}',
              isError: false,
            },
          },
          {
            when: { number: "A-1002" },
            result: {
              output: '{"number":"A-1002","item":"Rain jacket","status":"waiting for payment"}',
              isError: false,
            },
          },
          { when: "*", result: { output: "There is no order with this number.", isError: true } },
        ],
      },
    },
  },
  {
    id: "sample-translate",
    name: "translate",
    description: "Translate a sentence into Italian. Takes a few seconds.",
    parameters: {
      type: "object",
      properties: { text: { type: "string" } },
      required: ["text"],
      additionalProperties: false,
    },
    strict: null,
    ...NEW_TOOL_CHOICES,
    exampleResult: "Vorrei un tavolo per due.",
    binding: {
      kind: "mock",
      delayMs: 4_000,
      mock: { by: "fixed", result: { output: "Vorrei un tavolo per due, per favore.", isError: false } },
    },
  },
];

function weatherIn(city: string, output: string): MockRule {
  return { when: { location: `${city}*` }, result: { output, isError: false } };
}

function fromRunner(id: string, { name, description, parameters }: ToolRunner): ToolDefinition {
  return {
    id,
    name,
    description,
    parameters,
    strict: null,
    ...NEW_TOOL_CHOICES,
    binding: { kind: "page", name },
  };
}
