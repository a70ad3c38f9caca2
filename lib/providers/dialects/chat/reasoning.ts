import type { CallIds } from "@/lib/providers/dialects/shared/call-ids";
import type { Note } from "@/lib/providers/dialects/shared/note";
import { cameFromHere } from "@/lib/providers/dialects/shared/past-text";
import type { ChatQuirks, RequestInput } from "@/lib/providers/provider";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, textAt } from "@/lib/stream/turn/json-read";
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";

import type { ChatThoughts } from "./body";

/** What the messages of one step depend on beyond the step. */
export type StepContext = {
  readonly input: RequestInput<ChatQuirks>;
  readonly ids: CallIds;
  readonly note: Note;
  /** Whether reasoning of this turn goes back. */
  readonly echo: boolean;
};

/** Collects `reasoning_details`, which come in pieces and go back whole. */
type ReasoningDetails = {
  /** Takes the items of one chunk and gives the text in them that a person may read. */
  readonly add: (items: readonly Json[]) => string;
  /** The items since the last call, each joined from its pieces, in the order they began. */
  readonly take: () => readonly Json[];
};

const LABELS = new Set(["type", "index", "format", "id"]);
const TEXT_KEYS = ["text", "summary"] as const;

export function openReasoningDetails(): ReasoningDetails {
  let items: JsonObject[] = [];

  const merge = (item: JsonObject): void => {
    const index = items.findLastIndex((known) => continues(known, item));
    const known = items[index];
    if (known === undefined) items.push(item);
    else items[index] = join(known, item);
  };
  return {
    add: (pieces) => {
      let visible = "";
      for (const piece of pieces) {
        if (!isObject(piece)) continue;
        visible += textAt(piece, "text") ?? textAt(piece, "summary") ?? "";
        merge(piece);
      }
      return visible;
    },
    take: () => {
      const taken = items;
      items = [];
      return taken.filter(holdsMoreThanLabels);
    },
  };
}

/** Pieces of one item share type and index, and the id where both have one. Encrypted data comes whole. */
function continues(known: JsonObject, item: JsonObject): boolean {
  if (known["type"] !== item["type"] || known["index"] !== item["index"]) return false;
  if (typeof item["data"] === "string") return false;
  const [before, now] = [textAt(known, "id"), textAt(item, "id")];
  return before === null || now === null || before === now;
}

/** Some servers send items that only name their kind: they would make an empty thought of nothing. */
function holdsMoreThanLabels(item: JsonObject): boolean {
  return Object.entries(item).some(([key, value]) => !LABELS.has(key) && value !== null && value !== "");
}

/** Text grows; of all else the last value that says something holds, so null never erases a signature. */
function join(known: JsonObject, item: JsonObject): JsonObject {
  const fields = Object.entries(item).filter(
    ([key, value]) => !Object.hasOwn(known, key) || (value !== null && value !== ""),
  );
  const joined: { [key: string]: Json } = { ...known, ...Object.fromEntries(fields) };
  for (const key of TEXT_KEYS) {
    const [before, now] = [known[key], item[key]];
    if (typeof before === "string" && typeof now === "string") joined[key] = before + now;
  }
  return joined;
}

/** The message fields in which a step's reasoning goes back; none where the provider takes none. */
export function echoReasoning(
  step: Step,
  { input, note, echo }: StepContext,
  calls: readonly ToolCallPart[],
): ChatThoughts {
  const { provider, quirks } = input;
  const field = quirks.reasoningEcho;
  const text = step.parts.map((part) => (part.type === "reasoning" ? part.text : "")).join("");
  const details = field === "reasoning_details" && cameFromHere(step, input) ? replayItems(step, calls) : [];
  if (text === "" && details.length === 0) {
    const wanted = field !== null && quirks.echoEmptyReasoning === true && calls.length > 0;
    return wanted ? thoughtsIn(field, "", []) : {};
  }
  if (field === null) {
    note(`Reasoning is not sent back: ${provider.label} does not accept it.`);
    return {};
  }
  if (!echo) {
    note("Reasoning of earlier turns without tool calls is not sent back.");
    return {};
  }
  return thoughtsIn(field, text, details);
}

function thoughtsIn(field: keyof ChatThoughts, text: string, details: readonly Json[]): ChatThoughts {
  switch (field) {
    case "reasoning_content":
      return { reasoning_content: text };
    case "reasoning":
      return { reasoning: text };
    case "reasoning_details":
      return {
        ...(text === "" ? {} : ({ reasoning: text } satisfies ChatThoughts)),
        ...(details.length === 0 ? {} : ({ reasoning_details: details } satisfies ChatThoughts)),
      };
  }
}

/** Items of `reasoning_details`, whole as the reader joined them; replay data of other kinds belongs to its call. */
function replayItems(step: Step, calls: readonly ToolCallPart[]): readonly Json[] {
  const sent = step.parts.filter((part) => part.type !== "tool-call" || calls.includes(part));
  return sent
    .flatMap((part) => part.replay)
    .filter((item) => isObject(item) && typeof item["type"] === "string");
}
