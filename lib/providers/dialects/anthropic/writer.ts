import {
  leaveOutRejected,
  mergeTemplateKwargs,
  writeSamplers,
} from "@/lib/providers/dialects/shared/body-fields";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { AnthropicQuirks, RequestInput, WrittenRequest } from "@/lib/providers/provider";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import { chooseThinking, fitLimits, type Thinking, thinkingFields } from "./effort";
import { type AnthropicMessage, writeAnthropicMessages } from "./messages";
import { writeAnthropicTools } from "./tools";

type Input = RequestInput<AnthropicQuirks>;

/**
 * The body of the lane's next request. Pure: the same input always gives the same body.
 * Whatever a person set and the provider cannot take is left out, and `notes` says so.
 */
export function writeAnthropic(input: Input): WrittenRequest {
  const notes = new Set<string>();
  const note: Note = (text) => void notes.add(text);
  const { quirks, setup } = input;
  const messages = writeAnthropicMessages(input, note);
  const wanted = continuable(chooseThinking(input, note), messages, input, note);
  const { thinking, maxTokens } = fitLimits(wanted, input, note);
  const samplers = writeAnthropicSamplers(input, note);
  const fields = thinkingFields(thinking, setup.model);
  const body: JsonObject = {
    ...(quirks.requestShape === "vertex"
      ? { anthropic_version: "vertex-2023-10-16" }
      : { model: setup.model }),
    ...(setup.system.trim() === "" ? {} : { system: setup.system }),
    messages,
    ...writeAnthropicTools(input, thinking, calledNames(messages), note),
    ...quirks.extra,
    ...samplers,
    ...fields,
    ...mergeTemplateKwargs(samplers, fields),
    ...writeSchema(input, fields, note),
    ...(maxTokens === null ? {} : { max_tokens: maxTokens }),
    stream: input.stream ?? true,
  };
  return { body: leaveOutRejected(body, input, note), notes: [...notes] };
}

/** With a thinking limit the API wants a turn that waits for results to have begun with signed thinking. */
function continuable(
  thinking: Thinking,
  messages: readonly AnthropicMessage[],
  { quirks }: Input,
  note: Note,
): Thinking {
  if (thinking.kind !== "limit" || !quirks.signedThinking || !waitsUnsigned(messages)) return thinking;
  note(
    "Thinking is not requested in this step, because the calls it continues came without this model's thinking.",
  );
  return { kind: "unasked" };
}

function waitsUnsigned(messages: readonly AnthropicMessage[]): boolean {
  const prompt = messages.findLastIndex(
    ({ role, content }) => role === "user" && content.some(({ type }) => type !== "tool_result"),
  );
  const first = messages[prompt + 1]?.content[0]?.["type"];
  return first !== undefined && first !== "thinking" && first !== "redacted_thinking";
}

function calledNames(messages: readonly AnthropicMessage[]): readonly string[] {
  const names: readonly Json[] = messages.flatMap(({ content }) =>
    content.flatMap(({ type, name }) => (type === "tool_use" && name !== undefined ? [name] : [])),
  );
  return names.filter((name) => typeof name === "string");
}

const WRITTEN_ELSEWHERE: ReadonlySet<string> = new Set(["system", "max_tokens", "anthropic_version"]);

/** The lane's samplers, without those that the lane's own settings decide. What Claude refuses is left out later. */
function writeAnthropicSamplers({ setup }: RequestInput<AnthropicQuirks>, note: Note): JsonObject {
  return Object.fromEntries(
    Object.entries(writeSamplers(setup.samplers, note)).filter(([name]) => {
      const isOurs = WRITTEN_ELSEWHERE.has(name);
      if (isOurs) note(`${name} is not sent: the lane's own setting decides it.`);
      return !isOurs;
    }),
  );
}

/** The schema lies beside the effort in `output_config`. A server that does not read that field ignores both. */
function writeSchema({ setup, quirks }: Input, fields: JsonObject, note: Note): JsonObject {
  const schema = setup.responseSchema;
  if (schema === null) return {};
  if (quirks.effortShape !== "native") {
    note("The answer schema is not sent: this server does not read it in the Messages API.");
    return {};
  }
  const config = fields["output_config"];
  return { output_config: { ...(isObject(config) ? config : {}), format: { type: "json_schema", schema } } };
}
