import { DIALECT_LABELS, type DialectId } from "@/lib/providers/dialect-id";
import { plainSetup } from "@/lib/providers/plain-setup";
import { emptyTurn } from "@/lib/stream/turn/fold";
import type { Json } from "@/lib/stream/turn/json";
import type { ToolDefinition } from "@/lib/tools/tool";

import { prepareStep } from "./prepare-step";

/** A tool in a request of one dialect. */
export type ToolAsSent = {
  readonly label: string;
  /** The request's field `tools`; null where the tool is not sent. */
  readonly value: Json;
  /** What was changed or left out, in a person's words. */
  readonly notes: readonly string[];
};

/** Who defined each dialect, and some model: the field is the same for all of them. */
const SPEAKERS: readonly {
  readonly dialect: DialectId;
  readonly provider: string;
  readonly model: string;
}[] = [
  { dialect: "chat-completions", provider: "openai", model: "gpt-5" },
  { dialect: "responses", provider: "openai-responses", model: "gpt-5" },
  { dialect: "anthropic", provider: "anthropic", model: "claude-sonnet-4-5" },
  { dialect: "gemini", provider: "gemini", model: "gemini-2.5-pro" },
];

/** What each dialect's own writer makes of a tool. Pure. */
export function toolAsSent(tool: ToolDefinition): readonly ToolAsSent[] {
  return SPEAKERS.map(({ dialect, provider, model }) => {
    const prepared = prepareStep({
      setup: { ...plainSetup({ provider, model }), dialect, tools: [tool.id] },
      tools: [tool],
      history: [{ prompt: "Hi", turn: emptyTurn() }],
      reply: null,
      keyHeld: true,
    });
    const label = DIALECT_LABELS[dialect];
    if (!prepared.ok) return { label, value: null, notes: [prepared.error.message] };
    return { label, value: prepared.step.body["tools"] ?? null, notes: prepared.step.notes };
  });
}
