import type { JsonObject } from "@/lib/stream/json";

import type { ChatQuirks, RequestInput, WrittenRequest } from "../provider";
import { rejectedFields } from "../rejected-fields";
import { mergeTemplateKwargs } from "./merge-template-kwargs";
import type { Note } from "./note";
import { writeEffort } from "./write-effort";
import { writeMessages } from "./write-messages";
import { writeSamplers } from "./write-samplers";
import { writeTools } from "./write-tools";

/**
 * The body of the lane's next request. Pure: the same input always gives the same body.
 * Whatever a person set and the provider cannot take is left out, and `notes` says so.
 */
export function writeChatCompletions(input: RequestInput<ChatQuirks>): WrittenRequest {
  const notes = new Set<string>();
  const note: Note = (text) => void notes.add(text);
  const { quirks, setup } = input;
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
    stream: true,
    ...(quirks.includeUsage ? { stream_options: { include_usage: true } } : {}),
  };
  return { body: withoutRejected(body, input, note), notes: [...notes] };
}

function withoutRejected(
  body: JsonObject,
  { provider, quirks, setup }: RequestInput,
  note: Note,
): JsonObject {
  const rejected = new Map(rejectedFields(provider, quirks, setup).map((field) => [field.name, field.why]));
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => {
      const why = rejected.get(name);
      if (why !== undefined) note(`${name} is not sent: ${why}.`);
      return why === undefined;
    }),
  );
}
