import type { CallIds } from "@/lib/providers/dialects/shared/call-ids";
import { cameFromHere } from "@/lib/providers/dialects/shared/came-from-here";
import type { Note } from "@/lib/providers/dialects/shared/note";
import { resultText } from "@/lib/providers/dialects/shared/result-text";
import { sendableCalls } from "@/lib/providers/dialects/shared/sendable-calls";
import type { GeminiQuirks, RequestInput } from "@/lib/providers/provider";
import { calledName } from "@/lib/stream/turn/called-name";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";

import { acceptedName } from "./name";
import { writeGeminiPart } from "./part";
import { withSignature } from "./signature";

/** What the contents of one step depend on beyond the step. */
export type GeminiContext = {
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
export function writeGeminiStep(step: Step, context: GeminiContext): WrittenStep {
  const { input, ids, isCurrent, note } = context;
  const isOwn = cameFromHere(step, input);
  const calls = new Map(
    sendableCalls(step, note).map((call) => [
      call,
      input.quirks.callIds ? ids.take(call.callId, !isOwn, note) : null,
    ]),
  );
  const answer = step.parts.flatMap((part) => writeGeminiPart(part, { isOwn, calls, note }));
  if (!answer.some(saysSomething)) {
    if (step.parts.length > 0) note("A step that ended before its answer is not sent back.");
    return NOTHING;
  }
  if (step.status.state !== "done") note("An answer that was cut off is sent back as far as it came.");
  return {
    answer: isCurrent ? withSignature(answer, input.setup.model, note) : answer,
    results: [...calls].map(([call, id]) => writeResult(call, id, note)),
  };
}

/** Thoughts and bare signatures are no answer. */
function saysSomething(part: JsonObject): boolean {
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
