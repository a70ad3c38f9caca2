import { type CallIds, openCallIds } from "@/lib/providers/dialects/shared/call-ids";
import type { Note } from "@/lib/providers/dialects/shared/note";
import { resultText, sendableCalls } from "@/lib/providers/dialects/shared/past-calls";
import { cameFromHere } from "@/lib/providers/dialects/shared/past-text";
import type { GeminiQuirks, PastTurn, RequestInput } from "@/lib/providers/provider";
import { modelName } from "@/lib/providers/rules/model-name";
import { calledName } from "@/lib/stream/turn/called-name";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";

import { acceptedName, writeGeminiPart } from "./history-parts";

/**
 * History and the continuing turn as contents whose roles alternate. All results of a step stand in one user
 * content right after its calls, in their order, because calls without ids are matched by it.
 */
export function writeContents(input: RequestInput<GeminiQuirks>, note: Note): readonly GeminiContent[] {
  const contents: GeminiContent[] = [];
  const ids = openCallIds(false);
  for (const [index, past] of input.history.entries()) {
    if (endsInPrompt(contents)) note("A prompt that got no answer is sent together with the next one.");
    add(contents, { role: "user", parts: promptParts(past, note) });
    const context: GeminiContext = { input, ids, note, isCurrent: index === input.history.length - 1 };
    for (const step of past.turn.steps) {
      const { answer, results } = writeGeminiStep(step, context);
      add(contents, { role: "model", parts: answer });
      add(contents, { role: "user", parts: results });
    }
  }
  return contents;
}

function add(contents: GeminiContent[], { role, parts }: GeminiContent): void {
  if (parts.length === 0) return;
  const last = contents.at(-1);
  if (last?.role === role) contents[contents.length - 1] = { role, parts: [...last.parts, ...parts] };
  else contents.push({ role, parts });
}

function endsInPrompt(contents: readonly GeminiContent[]): boolean {
  const last = contents.at(-1);
  return last?.role === "user" && last.parts.at(-1)?.["functionResponse"] === undefined;
}

function promptParts({ prompt, images = [] }: PastTurn, note: Note): GeminiContent["parts"] {
  const pictures = images.map(({ mediaType, base64 }) => ({
    inlineData: { mimeType: mediaType, data: base64 },
  }));
  if (prompt.trim() !== "") return [...pictures, { text: prompt }];
  if (pictures.length > 0) return pictures;
  note("An empty prompt is sent as “(empty)”, because the API rejects empty text.");
  return [{ text: "(empty)" }];
}

/** A message of the dialect. */
export type GeminiContent = {
  readonly role: "user" | "model";
  readonly parts: readonly JsonObject[];
};

/** What the contents of one step depend on beyond the step. */
type GeminiContext = {
  readonly input: RequestInput<GeminiQuirks>;
  readonly ids: CallIds;
  readonly note: Note;
  /** Whether the step belongs to the turn that now continues. */
  readonly isCurrent: boolean;
};

type WrittenStep = {
  readonly answer: readonly JsonObject[];
  /** One result per call of the answer, in its order. */
  readonly results: readonly JsonObject[];
};

const NOTHING: WrittenStep = { answer: [], results: [] };

/** One past step as parts; none at all for a step without an answer. */
function writeGeminiStep(step: Step, context: GeminiContext): WrittenStep {
  const { input, ids, isCurrent, note } = context;
  const isOwn = cameFromHere(step, input);
  const calls = new Map(
    sendableCalls(step, note).map((call) => [
      call,
      input.quirks.callIds ? ids.take(call.callId, !isOwn, note) : null,
    ]),
  );
  const answer = step.parts.flatMap((part) => writeGeminiPart(part, { isOwn, calls, note }));
  if (!answer.some(isAnswer)) {
    if (step.parts.length > 0) note("A step that ended before its answer is not sent back.");
    return NOTHING;
  }
  if (step.status.state !== "done") note("The part of a cut-off answer that arrived is sent back.");
  return {
    answer: isCurrent ? withSignature(answer, input.setup.model, note) : answer,
    results: [...calls].map(([call, id]) => writeResult(call, id, note)),
  };
}

/** Thoughts and bare signatures are no answer. */
function isAnswer(part: JsonObject): boolean {
  if (part["thought"] === true) return false;
  return typeof part["text"] !== "string" || part["text"].trim() !== "";
}

function writeResult(call: ToolCallPart, id: string | null, note: Note): JsonObject {
  const text = resultText(call, true, note);
  const isError = call.status.state === "answered" && call.status.result.isError;
  return {
    functionResponse: {
      ...(id === null ? {} : { id }),
      name: acceptedName(calledName(call), note),
      response: isError ? { error: text } : { result: text },
    },
  };
}

/**
 * What Google documents for calls that another model made, at AI Studio and at Vertex.
 * https://ai.google.dev/gemini-api/docs/thought-signatures
 */
const PLACEHOLDER = "skip_thought_signature_validator";

/**
 * The parts of a step of the continuing turn, whose first call must be signed: Gemini 3 refuses it otherwise
 * (parallel calls after it have no signature of their own).
 */
function withSignature(parts: readonly JsonObject[], model: string, note: Note): readonly JsonObject[] {
  const at = parts.findIndex((part) => part["functionCall"] !== undefined);
  const call = parts[at];
  if (call === undefined || call["thoughtSignature"] !== undefined || !wantsSignature(model)) return parts;
  note("Calls without this model's signature are sent with the placeholder that Google defines for them.");
  return parts.with(at, { ...call, thoughtSignature: PLACEHOLDER });
}

/** Older Gemini models and Gemma check no signatures; unknown names may be newer ones. */
function wantsSignature(model: string): boolean {
  return !/^(?:gemini-[12](?!\d)|gemma)/.test(modelName(model));
}
