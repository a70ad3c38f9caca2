import type { RequestInput } from "@/lib/providers/provider";
import { thinksByDefault } from "@/lib/providers/rules/thinks-by-default";
import type { ToolChoice, ToolDefinition } from "@/lib/tools/tool";

import type { Note } from "./note";

/** The tools to send and how the model may use them; `choice` is null where the server takes none. */
type ChosenTools = { readonly tools: readonly ToolDefinition[]; readonly choice: SentChoice | null };

export type SentChoice =
  | { readonly kind: "auto" | "none" | "required" }
  | { readonly kind: "named"; readonly name: string };

/** What decides which tools a request holds. */
type Choosing = Pick<RequestInput, "provider" | "quirks" | "setup" | "tools">;

/** The lane's tools and tool choice, without what the server would refuse or ignore. */
export function chooseTools(input: Choosing, note: Note): ChosenTools {
  const tools = usableTools(input, note);
  const choice = obeyed(input, note);
  if (choice === null) return { tools: [], choice: null };
  if (choice.kind !== "named") return { tools, choice };
  const named = tools.find((tool) => tool.name === choice.name);
  if (named === undefined) {
    note(`The required tool, ${choice.name}, is not on in this lane, so the model may choose.`);
    return { tools, choice: { kind: "auto" } };
  }
  return choice.enforce ? { tools: [named], choice: { kind: "required" } } : { tools, choice };
}

function usableTools({ setup, tools }: Choosing, note: Note): ToolDefinition[] {
  const names = new Set<string>();
  return tools.filter((tool) => {
    if (!setup.tools.includes(tool.id)) return false;
    if (tool.name === "") {
      note("A tool without a name is not sent.");
      return false;
    }
    if (names.has(tool.name)) {
      note(`Two tools are named ${tool.name}, so only the first is sent.`);
      return false;
    }
    names.add(tool.name);
    return true;
  });
}

/** The lane's choice; "auto" where the server would answer a forced one with an error, null where only sending no tools obeys it. */
function obeyed({ provider, quirks, setup }: Choosing, note: Note): ToolChoice | null {
  const forced = setup.toolChoice.kind === "required" || setup.toolChoice.kind === "named";
  const limits = quirks.toolChoice;
  if (setup.toolChoice.kind === "none" && (limits === "auto-only" || limits === "none-ignored")) {
    note(`${provider.label} can't be told not to call tools, so the tools are not sent.`);
    return null;
  }
  if (forced && limits === "auto-only") {
    note(`${provider.label} can't be told which tool to call, so the model may choose.`);
    return { kind: "auto" };
  }
  if (forced && limits === "auto-while-thinking" && setup.effort !== "none" && thinksByDefault(setup.model)) {
    note(`${provider.label} rejects a forced tool call while the model thinks, so the model may choose.`);
    return { kind: "auto" };
  }
  return setup.toolChoice;
}

/** The field `parallel_tool_calls`, in the dialects that call it so. */
export function writeParallel(
  { provider, quirks, setup }: RequestInput,
  note: Note,
): { readonly parallel_tool_calls?: boolean } {
  if (setup.parallelToolCalls === null) return {};
  if (quirks.parallelToolCalls) return { parallel_tool_calls: setup.parallelToolCalls };
  note(`parallel_tool_calls is not sent: ${provider.label} has no such setting.`);
  return {};
}
