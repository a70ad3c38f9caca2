import type { CallIds } from "@/lib/providers/dialects/shared/call-ids";
import { cleanText } from "@/lib/providers/dialects/shared/clean-text";
import type { Note } from "@/lib/providers/dialects/shared/note";
import { noteLeftOut } from "@/lib/providers/dialects/shared/note-left-out";
import { sentInput } from "@/lib/providers/dialects/shared/sent-arguments";
import { untaggedThoughts } from "@/lib/providers/dialects/shared/untagged-thoughts";
import type { AnthropicQuirks, RequestInput } from "@/lib/providers/provider";
import { calledName } from "@/lib/stream/turn/called-name";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type {
  ImagePart,
  Part,
  ProviderCallPart,
  ReasoningPart,
  ToolCallPart,
  UnknownPart,
} from "@/lib/stream/turn/turn";

import { writeCitedText } from "./cited-text";

/** What the blocks of one step depend on beyond the step. */
export type AnthropicContext = {
  readonly input: RequestInput<AnthropicQuirks>;
  readonly ids: CallIds;
  readonly note: Note;
  /** Whether unsigned reasoning of this turn goes back, where the server takes any. */
  readonly echo: boolean;
};

type PartContext = AnthropicContext & {
  readonly isOwn: boolean;
  /** The calls that go back, with their ids. */
  readonly calls: ReadonlyMap<ToolCallPart, string>;
};

/** One past part as the blocks it goes back in; none where it stays out. */
export function writeAnthropicPart(part: Part, context: PartContext): readonly JsonObject[] {
  const { input, isOwn, note } = context;
  switch (part.type) {
    case "reasoning":
      return writeReasoning(part, context);
    case "text":
      return writeCitedText(cleanText(part.text, input.setup.model, note), isOwn ? part.replay : []);
    case "tool-call":
      return writeCall(part, context);
    case "provider-call":
      return writeProviderCall(part, context);
    case "unknown":
    case "image":
      return writeOther(part, context);
  }
}

/** A block that this provider sent goes back as it came. */
function writeOther(part: ImagePart | UnknownPart, { isOwn, note }: PartContext): readonly JsonObject[] {
  const kept = isOwn ? part.replay.filter((item) => isObject(item)) : [];
  if (kept.length === 0) noteLeftOut([part], note);
  return kept;
}

function writeReasoning(
  part: ReasoningPart,
  { input, isOwn, echo, note }: PartContext,
): readonly JsonObject[] {
  if (untaggedThoughts([part], note).length === 0) return [];
  const kept = isOwn ? part.replay.flatMap((item) => thinkingBlock(item, part.text)) : [];
  if (kept.length > 0 || part.text === "") return kept;
  if (input.quirks.signedThinking) {
    note("Reasoning that this model did not sign is not sent back.");
    return [];
  }
  if (echo) return [{ type: "thinking", thinking: part.text }];
  note("Reasoning of earlier turns without tool calls is not sent back.");
  return [];
}

function thinkingBlock(item: Json, text: string): readonly JsonObject[] {
  if (!isObject(item)) return [];
  if (item["type"] === "redacted_thinking") return [item];
  return item["type"] === "thinking"
    ? [{ type: "thinking", thinking: text, signature: item["signature"] ?? "" }]
    : [];
}

function writeCall(part: ToolCallPart, { calls, note }: PartContext): readonly JsonObject[] {
  const id = calls.get(part);
  if (id === undefined) return [];
  return [{ type: "tool_use", id, name: sentName(calledName(part), note), input: sentInput(part, note) }];
}

/** The API refuses a name that holds anything but letters, digits, _ and -, or is longer than 128. */
function sentName(name: string, note: Note): string {
  const accepted = name.replaceAll(/[^\w-]/g, "_").slice(0, 128) || "unnamed";
  if (accepted !== name)
    note(`The called tool "${name}" is named ${accepted} in the history: the API refuses its name.`);
  return accepted;
}

/** Call and result, whole: the API wants both or neither. */
function writeProviderCall(part: ProviderCallPart, { isOwn, note }: PartContext): readonly JsonObject[] {
  const blocks = part.replay.filter((item) => isObject(item));
  if (isOwn && part.status.state === "done" && blocks.length === 2) return blocks;
  note(`The call of ${part.name} that a provider ran is not sent back.`);
  return [];
}
