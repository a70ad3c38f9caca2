import type {
  ChatCompletionFunctionTool,
  ChatCompletionToolChoiceOption,
} from "openai/resources/chat/completions";

import { chooseTools, type SentChoice, writeParallel } from "@/lib/providers/dialects/shared/choose-tools";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { RequestInput } from "@/lib/providers/provider";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import type { ToolDefinition } from "@/lib/tools/tool";

/** The fields `tools`, `tool_choice` and `parallel_tool_calls`; nothing at all for a lane without usable tools. */
export function writeTools(input: RequestInput, note: Note): JsonObject {
  const { tools, choice } = chooseTools(input, note);
  if (tools.length === 0) return {};
  return {
    tools: tools.map(toFunction),
    ...(choice === null ? {} : { tool_choice: writeChoice(choice) }),
    ...writeParallel(input, note),
  };
}

function writeChoice(choice: SentChoice): Json {
  const written =
    choice.kind === "named" ? ({ type: "function", function: { name: choice.name } } as const) : choice.kind;
  return written satisfies ChatCompletionToolChoiceOption;
}

function toFunction(tool: ToolDefinition): JsonObject {
  return {
    type: "function",
    function: {
      name: tool.name,
      description: tool.description,
      parameters: tool.parameters,
      ...(tool.strict === null ? {} : { strict: tool.strict }),
    },
  } satisfies ChatCompletionFunctionTool;
}
