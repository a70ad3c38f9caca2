import type {
  ChatCompletionFunctionTool,
  ChatCompletionToolChoiceOption,
} from "openai/resources/chat/completions";

import { chooseTools, type SentChoice, writeParallel } from "@/lib/providers/dialects/shared/choose-tools";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { RequestInput } from "@/lib/providers/provider";
import type { AsJson } from "@/lib/stream/turn/json";
import type { ToolDefinition } from "@/lib/tools/tool";

import type { ChatBody } from "./body";

type ToolFields = Pick<ChatBody, "tools" | "tool_choice" | "parallel_tool_calls">;

/** The fields `tools`, `tool_choice` and `parallel_tool_calls`; nothing at all for a lane without usable tools. */
export function writeTools(input: RequestInput, note: Note): ToolFields {
  const { tools, choice } = chooseTools(input, note);
  if (tools.length === 0) return {};
  return {
    ...({ tools: tools.map(toFunction) } satisfies ToolFields),
    ...(choice === null ? {} : ({ tool_choice: writeChoice(choice) } satisfies ToolFields)),
    ...writeParallel(input, note),
  };
}

function writeChoice(choice: SentChoice): AsJson<ChatCompletionToolChoiceOption> {
  return choice.kind === "named" ? { type: "function", function: { name: choice.name } } : choice.kind;
}

function toFunction(tool: ToolDefinition): AsJson<ChatCompletionFunctionTool> {
  const { name, description, parameters, strict } = tool;
  return {
    type: "function",
    function: strict === null ? { name, description, parameters } : { name, description, parameters, strict },
  };
}
