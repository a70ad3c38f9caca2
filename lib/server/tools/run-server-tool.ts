/** What runs each kind of tool that the server runs. */
import type { ServerBinding } from "@/lib/contract/tool-binding";
import type { QuestionAnswer } from "@/lib/contract/tool-run";
import type { ToolQuestion } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { ToolRunEvents } from "@/lib/tools/desk";

/** What a running tool gets from its host. */
export type ServerToolIo = {
  /** Aborts when nobody wants the result any more. */
  readonly signal: AbortSignal;
  /** Asks the person and waits; one question at a time. "cancel" once `signal` has aborted. Never rejects. */
  readonly ask: (question: Omit<ToolQuestion, "id">) => Promise<QuestionAnswer>;
};

/** Runs a tool. The last event is `end` or `fail`; `ask` events are its host's. */
export type RunServerTool<Binding extends ServerBinding = ServerBinding> = (
  binding: Binding,
  args: JsonObject,
  io: ServerToolIo,
) => ToolRunEvents;

/** The one place that knows every kind. */
export const runServerTool: RunServerTool = (binding) => {
  switch (binding.kind) {
    case "http":
      return notYet("Vitrine does not run HTTP tools yet.");
    case "mcp":
      return notYet("Vitrine does not call MCP servers yet.");
  }
};

async function* notYet(message: string): ToolRunEvents {
  yield { type: "fail", message };
}
