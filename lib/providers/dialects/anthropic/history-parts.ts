import type { CallIds } from "@/lib/providers/dialects/shared/call-ids";
import { type Note, noteLeftOut } from "@/lib/providers/dialects/shared/note";
import { sentInput } from "@/lib/providers/dialects/shared/past-calls";
import { cleanText, untaggedThoughts } from "@/lib/providers/dialects/shared/past-text";
import type { AnthropicQuirks, RequestInput } from "@/lib/providers/provider";
import { calledName } from "@/lib/stream/turn/called-name";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { countAt, isObject, listAt } from "@/lib/stream/turn/json-read";
import type {
  ImagePart,
  Part,
  ProviderCallPart,
  ReasoningPart,
  ToolCallPart,
  UnknownPart,
} from "@/lib/stream/turn/turn";

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

/** A block that this provider sent goes back as received. */
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
    note(`The called tool "${name}" is named ${accepted} in the history, because the API rejects its name.`);
  return accepted;
}

/** Call and result, whole: the API wants both or neither. */
function writeProviderCall(part: ProviderCallPart, { isOwn, note }: PartContext): readonly JsonObject[] {
  const blocks = part.replay.filter((item) => isObject(item));
  if (isOwn && part.status.state === "done" && blocks.length === 2) return blocks;
  note(`The call to ${part.name} that a provider ran is not sent back.`);
  return [];
}

type Piece = { readonly text: string; readonly citations: readonly Json[] };

/**
 * A text part as blocks: one for each stretch with citations, as they came, and one for each between. Text
 * without words is no block of its own, which the API refuses.
 */
function writeCitedText(text: string, replay: readonly Json[]): readonly JsonObject[] {
  return joinBlank(cut(text, replay)).map(({ text: words, citations }) =>
    citations.length === 0 ? { type: "text", text: words } : { type: "text", text: words, citations },
  );
}

function cut(text: string, replay: readonly Json[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const item of replay) {
    if (!isObject(item)) continue;
    const [start, end, citations] = [countAt(item, "start"), countAt(item, "end"), listAt(item, "citations")];
    if (start === null || end === null || citations === null || start < at || end > text.length) continue;
    pieces.push({ text: text.slice(at, start), citations: [] }, { text: text.slice(start, end), citations });
    at = end;
  }
  return [...pieces, { text: text.slice(at), citations: [] }];
}

/** White space between two citations goes with the first; a text of nothing else is none. */
function joinBlank(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.text.trim() !== "") joined.push(piece);
    else if (last !== undefined) joined[joined.length - 1] = { ...last, text: last.text + piece.text };
  }
  return joined;
}
