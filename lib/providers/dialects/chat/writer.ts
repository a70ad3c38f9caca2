import {
  leaveOutRejected,
  mergeTemplateKwargs,
  SCHEMA_NAME,
  writeSamplers,
} from "@/lib/providers/dialects/shared/body-fields";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { ChatQuirks, RequestInput, WrittenRequest } from "@/lib/providers/provider";

import type { ChatBody } from "./body";
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
  const body: ChatBody = {
    model: setup.model,
    messages: writeMessages(input, note),
    ...writeTools(input, note),
    ...quirks.extra,
    ...samplers,
    ...effort,
    ...mergeTemplateKwargs(samplers, effort),
    ...writeLimit(input),
    ...writeSchema(input, note),
    stream,
    ...(stream && quirks.includeUsage
      ? ({ stream_options: { include_usage: true } } satisfies Partial<ChatBody>)
      : {}),
  };
  return { body: leaveOutRejected(body, input, note), notes: [...notes] };
}

function writeLimit({
  quirks,
  setup,
}: RequestInput<ChatQuirks>): Pick<ChatBody, "max_tokens" | "max_completion_tokens"> {
  const { maxTokens } = setup;
  if (maxTokens === null) return {};
  return quirks.limitField === "max_tokens"
    ? { max_tokens: maxTokens }
    : { max_completion_tokens: maxTokens };
}

function writeSchema(
  { setup, tools, quirks }: RequestInput<ChatQuirks>,
  note: Note,
): Pick<ChatBody, "response_format"> {
  const schema = setup.responseSchema;
  if (schema === null) return {};
  // llama-server's parser takes the schema and leaves calls no way out.
  if (quirks.timings === "llama-cpp" && tools.some(({ id }) => setup.tools.includes(id)))
    note("With an answer schema llama.cpp calls no tools.");
  return {
    response_format: {
      type: "json_schema",
      json_schema: { name: SCHEMA_NAME, schema, strict: true },
    },
  };
}
