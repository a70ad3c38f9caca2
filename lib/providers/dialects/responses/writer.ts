import { leaveOutRejected, SCHEMA_NAME, writeSamplers } from "@/lib/providers/dialects/shared/body-fields";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { RequestInput, ResponsesQuirks, WrittenRequest } from "@/lib/providers/provider";

import type { ResponsesBody } from "./body";
import { reasons, writeResponsesEffort } from "./effort";
import { writeResponsesInput } from "./input";
import { searchesWeb, writeResponsesTools } from "./tools";

type Input = RequestInput<ResponsesQuirks>;

/**
 * The body of the lane's next request. Pure: the same input always gives the same body.
 * Whatever a person set and the provider cannot take is left out, and `notes` says so.
 */
export function writeResponses(input: Input): WrittenRequest {
  const notes = new Set<string>();
  const note: Note = (text) => void notes.add(text);
  const { quirks, setup, stream = true } = input;
  const body: ResponsesBody = {
    model: setup.model,
    ...quirks.extra,
    ...writeSamplers(setup.samplers, note, ["input", "store"]),
    input: writeResponsesInput(input, note),
    ...writeResponsesTools(input, note),
    ...writeResponsesEffort(input, note),
    ...writeInclude(input),
    ...(setup.maxTokens === null
      ? {}
      : ({ max_output_tokens: setup.maxTokens } satisfies Partial<ResponsesBody>)),
    // The provider keeps nothing: the history is here, and goes with every request.
    store: false,
    ...writeSchema(input),
    stream,
  };
  return { body: leaveOutRejected(body, input, note), notes: [...notes] };
}

function writeSchema({ setup }: Input): Pick<ResponsesBody, "text"> {
  const schema = setup.responseSchema;
  if (schema === null) return {};
  return { text: { format: { type: "json_schema", name: SCHEMA_NAME, schema, strict: true } } };
}

/** What the provider leaves out unless it is asked for. */
function writeInclude(input: Input): Pick<ResponsesBody, "include"> {
  const include: NonNullable<ResponsesBody["include"]> = [
    ...(input.quirks.reasoningEcho === "encrypted" && reasons(input)
      ? ["reasoning.encrypted_content" as const]
      : []),
    ...(searchesWeb(input) ? ["web_search_call.action.sources" as const] : []),
  ];
  return include.length === 0 ? {} : { include };
}
