import type { ResponseFormatJSONSchema } from "openai/resources/shared";

import {
  leaveOutRejected,
  mergeTemplateKwargs,
  SCHEMA_NAME,
  writeSamplers,
} from "@/lib/providers/dialects/shared/body-fields";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { ChatQuirks, RequestInput, WrittenRequest } from "@/lib/providers/provider";
import type { JsonObject } from "@/lib/stream/turn/json";

import { writeEffort } from "./effort";
import { writeMessages } from "./messages";
import { writeTools } from "./tools";

/**
 * The body of the lane's next request. Pure: the same input always gives the same body.
 * Whatever a person set and the provider cannot take is left out, and `notes` says so.
 */
export function writeChatCompletions(input: RequestInput<ChatQuirks>): WrittenRequest {
  const notes = new Set<string>();
  const note: Note = (text) => void notes.add(text);
  const { quirks, setup, stream = true } = input;
  const samplers = writeSamplers(setup.samplers, note);
  const effort = writeEffort(input, note);
  const body: JsonObject = {
    model: setup.model,
    messages: writeMessages(input, note),
    ...writeTools(input, note),
    ...quirks.extra,
    ...samplers,
    ...effort,
    ...mergeTemplateKwargs(samplers, effort),
    ...(setup.maxTokens === null ? {} : { [quirks.limitField]: setup.maxTokens }),
    ...writeSchema(input, note),
    stream,
    ...(stream && quirks.includeUsage ? { stream_options: { include_usage: true } } : {}),
  };
  return { body: leaveOutRejected(body, input, note), notes: [...notes] };
}

function writeSchema({ setup, tools, quirks }: RequestInput<ChatQuirks>, note: Note): JsonObject {
  const schema = setup.responseSchema;
  if (schema === null) return {};
  // llama-server's parser takes the schema and leaves calls no way out.
  if (quirks.timings === "llama-cpp" && tools.some(({ id }) => setup.tools.includes(id)))
    note("With an answer schema llama.cpp calls no tools.");
  const format = {
    type: "json_schema",
    json_schema: { name: SCHEMA_NAME, schema, strict: true },
  } as const satisfies ResponseFormatJSONSchema;
  return { response_format: format };
}
