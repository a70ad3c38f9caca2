import { chooseTools, type SentChoice } from "@/lib/providers/dialects/shared/choose-tools";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { AnthropicQuirks, RequestInput } from "@/lib/providers/provider";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { ToolDefinition } from "@/lib/tools/tool";

import type { Thinking } from "./effort";

type Input = RequestInput<AnthropicQuirks>;

/**
 * The fields `tools` and `tool_choice`. `called`: names of the calls in the history, which the API wants to see
 * defined even when the lane has no tools any more.
 */
export function writeAnthropicTools(
  input: Input,
  thinking: Thinking,
  called: readonly string[],
  note: Note,
): JsonObject {
  const { tools, choice } = chooseTools(input, note);
  const sent = [...tools.map(toTool), ...webSearch(input, tools, note)];
  if (sent.length === 0) return calledBefore(input, called);
  if (choice === null) return { tools: sent };
  return {
    tools: sent,
    tool_choice: { ...writeChoice(allowed(choice, input, thinking, note)), ...parallel(input, choice, note) },
  };
}

function toTool({ name, description, parameters, strict }: ToolDefinition): JsonObject {
  return {
    name,
    ...(description === "" ? {} : { description }),
    // The API refuses a schema that does not say that it is an object's.
    input_schema: { type: "object", ...parameters },
    ...(strict === null ? {} : { strict }),
  };
}

function webSearch(
  { provider, quirks, setup }: Input,
  tools: readonly ToolDefinition[],
  note: Note,
): JsonObject[] {
  if (!setup.webSearch) return [];
  if (quirks.webSearch !== true) {
    note(`Web search is not sent: ${provider.label} has no search of its own.`);
    return [];
  }
  if (tools.some(({ name }) => name === "web_search")) {
    note("Web search is not sent: one of the lane's tools has the same name.");
    return [];
  }
  return [{ type: "web_search_20250305", name: "web_search" }];
}

/** The API is known to refuse calls in a history for which the request defines no tools. */
function calledBefore({ quirks }: Input, called: readonly string[]): JsonObject {
  if (called.length === 0 || quirks.toolChoice === "none-ignored") return {};
  const names = [...new Set(called)];
  return {
    tools: names.map((name) => ({ name, input_schema: { type: "object" } })),
    tool_choice: { type: "none" },
  };
}

/** While Claude thinks it refuses to be forced. */
function allowed(choice: SentChoice, { quirks }: Input, thinking: Thinking, note: Note): SentChoice {
  const isForced = choice.kind === "required" || choice.kind === "named";
  if (!isForced || quirks.effortShape !== "native" || thinking.kind === "unasked") return choice;
  note("A tool call can't be forced while the model thinks, so the model may choose.");
  return { kind: "auto" };
}

function writeChoice(choice: SentChoice): JsonObject {
  switch (choice.kind) {
    case "auto":
    case "none":
      return { type: choice.kind };
    case "required":
      return { type: "any" };
    case "named":
      return { type: "tool", name: choice.name };
  }
}

function parallel({ provider, quirks, setup }: Input, choice: SentChoice, note: Note): JsonObject {
  if (setup.parallelToolCalls === null || choice.kind === "none") return {};
  if (quirks.parallelToolCalls) return { disable_parallel_tool_use: !setup.parallelToolCalls };
  note(`disable_parallel_tool_use is not sent: ${provider.label} does not support it.`);
  return {};
}
