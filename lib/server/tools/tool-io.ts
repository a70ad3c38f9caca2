/** What a tool that the server runs is given, and what it gives back. */
import type { ServerBinding } from "@/lib/contract/tool-binding";
import type { QuestionAnswer } from "@/lib/contract/tool-run";
import type { Environment } from "@/lib/server/environment";
import type { ToolQuestion } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { ToolRunEvents } from "@/lib/tools/tool-run";

/** What a running tool gets. */
export type ServerToolIo = HostIo & {
  /** A token that a person pasted for the tool's server, as `KEY_HEADER` carries it; null = none. */
  readonly key: string | null;
  /** The settings and secrets of the process that runs it. */
  readonly variables: Environment;
};

/** What only the host of a run can do. */
export type HostIo = {
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
