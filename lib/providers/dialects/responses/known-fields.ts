/**
 * Fields of a Responses answer that are read, or are metadata and ignored on purpose. Any other that says something is
 * named. Sources: https://platform.openai.com/docs/api-reference/responses and …/responses-streaming, llama.cpp's
 * `tools/server`, vLLM, and Azure's `content_filters`.
 */

import {
  type KnownFields,
  knownFields,
  type NameUnknownFields,
} from "@/lib/providers/dialects/shared/unknown-fields";
import type { JsonObject } from "@/lib/stream/turn/json";
import { textAt } from "@/lib/stream/turn/json-read";

/** The response repeats the request. `output_text` is what libraries add: the texts of the output, joined. */
export const RESPONSE_FIELDS = knownFields(
  "id object created_at completed_at status:text model output:list|object output_text:text usage error incomplete_details",
  "input_transformations timings prompt_progress background billing content_filters conversation cost",
  "frequency_penalty instructions max_output_tokens max_tool_calls metadata moderation",
  "parallel_tool_calls presence_penalty previous_response_id prompt prompt_cache_diagnostics",
  "prompt_cache_key prompt_cache_options prompt_cache_retention reasoning safety_identifier",
  "service_tier store temperature text tool_choice tools top_k top_logprobs top_p truncation user",
);

/** Where an event belongs, and the facts that llama.cpp adds to any. `obfuscation` is padding against eavesdroppers. */
const EVERY_EVENT =
  "type sequence_number item_id output_index content_index summary_index response:object obfuscation timings prompt_progress usage";
const EVENT_FIELDS = knownFields(EVERY_EVENT);

const EVENT_CONTENT: ReadonlyMap<string, KnownFields> = fieldsByType(EVERY_EVENT, [
  ["response.output_text.delta", "delta:text logprobs"],
  ["response.output_text.done", "text:text logprobs"],
  ["response.output_text.annotation.added", "annotation annotation_index"],
  ["response.refusal.delta", "delta:text"],
  ["response.refusal.done", "refusal:text"],
  ["response.reasoning_summary_text.delta", "delta:text"],
  ["response.reasoning_summary_text.done", "text:text"],
  ["response.reasoning_summary_part.added", "part:object"],
  ["response.reasoning_summary_part.done", "part:object"],
  ["response.reasoning_text.delta", "delta:text"],
  ["response.reasoning_text.done", "text:text"],
  ["response.content_part.added", "part:object"],
  ["response.content_part.done", "part:object"],
  ["response.function_call_arguments.delta", "delta"],
  ["response.function_call_arguments.done", "arguments name"],
  ["response.custom_tool_call_input.delta", "delta"],
  ["response.custom_tool_call_input.done", "input"],
  ["response.mcp_call_arguments.delta", "delta"],
  ["response.mcp_call_arguments.done", "arguments"],
  ["response.code_interpreter_call_code.delta", "delta"],
  ["response.code_interpreter_call_code.done", "code"],
  [
    "response.image_generation_call.partial_image",
    "partial_image_b64 partial_image_index output_format background quality size",
  ],
  ["response.output_item.added", "item:object"],
  ["response.output_item.done", "item:object"],
]);

/** Names what an event says beside what is read of it. */
export function nameUnknownOfEvent(type: string, event: JsonObject, name: NameUnknownFields): void {
  name(type, event, EVENT_CONTENT.get(type) ?? EVENT_FIELDS);
}

/** `caller` and `created_by` say which program or agent made the item. */
const EVERY_ITEM = "id type status object caller created_by";

const ITEM_FIELDS: ReadonlyMap<string, KnownFields> = fieldsByType(EVERY_ITEM, [
  ["message", "role content:text|list|object phase"],
  ["reasoning", "summary:text|list content:text|list encrypted_content"],
  ["function_call", "call_id name:text arguments parsed_arguments"],
  ["custom_tool_call", "call_id name:text input"],
  ["local_shell_call", "call_id action"],
  ["apply_patch_call", "call_id operation"],
  ["web_search_call", "action"],
  ["file_search_call", "queries results"],
  ["code_interpreter_call", "code container_id outputs"],
  ["image_generation_call", "result revised_prompt action background output_format quality size"],
  ["mcp_call", "name server_label arguments output error approval_request_id"],
  ["shell_call", "call_id action environment"],
  ["shell_call_output", "call_id output max_output_length"],
]);

/** Names what an item of a known type says beside what is read of it; others are shown whole. */
export function nameUnknownOfItem(item: JsonObject, name: NameUnknownFields): void {
  const type = textAt(item, "type") ?? "";
  const known = ITEM_FIELDS.get(type);
  if (known !== undefined) name(type, item, known);
}

const PIECES: ReadonlyMap<string, KnownFields> = fieldsByType("type", [
  ["output_text", "text:text annotations:list logprobs"],
  ["refusal", "refusal:text"],
  ["reasoning_text", "text:text"],
  ["summary_text", "text:text"],
]);

/** Names what a piece of a message or a thought says beside its text. False for a piece of a type that is not known. */
export function nameUnknownOfPiece(piece: JsonObject, name: NameUnknownFields): boolean {
  const type = textAt(piece, "type") ?? (typeof piece["text"] === "string" ? "output_text" : "");
  const known = PIECES.get(type);
  if (known === undefined) return false;
  name(type, piece, known);
  return true;
}

/** The fields of each type, beside those that every type has. */
function fieldsByType(
  every: string,
  types: readonly (readonly [type: string, fields: string])[],
): ReadonlyMap<string, KnownFields> {
  return new Map(types.map(([type, own]) => [type, knownFields(every, own)]));
}
