import { add } from "@/lib/tools/runners/add";
import { multiply } from "@/lib/tools/runners/multiply";
import type { ToolRunner } from "@/lib/tools/runners/runner";
import type { ToolDefinition } from "@/lib/tools/tool";

/** The tools of a new session, ready to use: one to answer by hand, a pair that runs in the page, one with a longer result. */
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
    exampleResult: "22 degrees and sunny",
    binding: { kind: "ask" },
    approval: null,
    sharing: "shared",
  },
  fromRunner("sample-add", add),
  fromRunner("sample-multiply", multiply),
  {
    id: "sample-search",
    name: "search",
    description: "Search the web. Returns a list of pages, best first.",
    parameters: {
      type: "object",
      properties: {
        query: { type: "string", description: "Search terms" },
        limit: { type: "integer", description: "Maximum number of pages", minimum: 1, maximum: 10 },
      },
      required: ["query"],
      additionalProperties: false,
    },
    strict: null,
    exampleResult: JSON.stringify(
      [
        {
          title: "Florence – travel guide",
          url: "https://example.com/florence",
          snippet: "What to see in three days: the cathedral, the Uffizi and the hills across the river.",
        },
        {
          title: "Weather in Tuscany by month",
          url: "https://example.org/tuscany/weather",
          snippet: "Late September is warm and dry, with highs around 25 degrees.",
        },
      ],
      null,
      2,
    ),
    binding: { kind: "ask" },
    approval: null,
    sharing: "shared",
  },
];

function fromRunner(id: string, { name, description, parameters }: ToolRunner): ToolDefinition {
  return {
    id,
    name,
    description,
    parameters,
    strict: null,
    exampleResult: null,
    binding: { kind: "page", name },
    approval: null,
    sharing: "shared",
  };
}
