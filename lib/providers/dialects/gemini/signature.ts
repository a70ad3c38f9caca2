import type { Note } from "@/lib/providers/dialects/shared/note";
import { modelName } from "@/lib/providers/rules/model-name";
import type { JsonObject } from "@/lib/stream/turn/json";

/**
 * What Google documents for calls that another model made, at AI Studio and at Vertex.
 * https://ai.google.dev/gemini-api/docs/thought-signatures
 */
const PLACEHOLDER = "skip_thought_signature_validator";

/**
 * The parts of a step of the continuing turn, whose first call must be signed: Gemini 3 refuses it otherwise
 * (parallel calls after it have no signature of their own).
 */
export function withSignature(
  parts: readonly JsonObject[],
  model: string,
  note: Note,
): readonly JsonObject[] {
  const at = parts.findIndex((part) => part["functionCall"] !== undefined);
  const call = parts[at];
  if (call === undefined || call["thoughtSignature"] !== undefined || !wantsSignature(model)) return parts;
  note("Calls without a signature of this model are sent with the placeholder that Google has for them.");
  return parts.with(at, { ...call, thoughtSignature: PLACEHOLDER });
}

/** Older Gemini models and Gemma check no signatures; names that tell nothing may be those of newer ones. */
function wantsSignature(model: string): boolean {
  return !/^(?:gemini-[12](?!\d)|gemma)/.test(modelName(model));
}
