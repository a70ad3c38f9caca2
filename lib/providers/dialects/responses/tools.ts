import type {
  FunctionTool,
  ToolChoiceFunction,
  ToolChoiceOptions,
  WebSearchTool,
} from "openai/resources/responses/responses";

import { chooseTools, type SentChoice, writeParallel } from "@/lib/providers/dialects/shared/choose-tools";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { RequestInput, ResponsesQuirks } from "@/lib/providers/provider";
import type { AsJson } from "@/lib/stream/turn/json";
import type { ToolDefinition } from "@/lib/tools/tool";

import type { ResponsesBody } from "./body";

type Input = RequestInput<ResponsesQuirks>;

type ToolFields = Pick<ResponsesBody, "tools" | "tool_choice" | "parallel_tool_calls">;

/** The fields `tools`, `tool_choice` and `parallel_tool_calls`; nothing at all for a lane without usable tools. */
export function writeResponsesTools(input: Input, note: Note): ToolFields {
  const { tools, choice } = chooseTools(input, note);
  const all = [...tools.map(writeTool), ...writeWebSearch(input, note)];
  if (all.length === 0) return {};
  return {
    ...({ tools: all } satisfies ToolFields),
    ...(choice === null ? {} : ({ tool_choice: writeChoice(choice) } satisfies ToolFields)),
    ...(tools.length === 0 ? {} : writeParallel(input, note)),
  };
}

/** Whether the provider will be offered its own search. */
export function searchesWeb({ quirks, setup }: Input): boolean {
  return setup.webSearch && quirks.webSearch === true && !isNarrowed(setup.toolChoice);
}

function writeWebSearch(input: Input, note: Note): readonly AsJson<WebSearchTool>[] {
  if (searchesWeb(input)) return [{ type: "web_search" }];
  const { provider, quirks, setup } = input;
  if (setup.webSearch)
    note(
      quirks.webSearch === true
        ? "Web search is not sent: a specific tool must be called."
        : `Web search is not sent: ${provider.label} has none in this wire format.`,
    );
  return [];
}

/** A call of one tool is forced by sending no other. */
function isNarrowed(choice: Input["setup"]["toolChoice"]): boolean {
  return choice.kind === "named" && choice.enforce;
}

function writeChoice(choice: SentChoice): AsJson<ToolChoiceFunction | ToolChoiceOptions> {
  return choice.kind === "named" ? { type: "function", name: choice.name } : choice.kind;
}

function writeTool({ name, description, parameters, strict }: ToolDefinition): AsJson<FunctionTool> {
  // Left out, strict is on here, and fields that a schema leaves optional would become required.
  return { type: "function", name, description, parameters, strict: strict ?? false };
}
