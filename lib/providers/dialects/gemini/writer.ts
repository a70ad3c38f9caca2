import { leaveOutRejected } from "@/lib/providers/dialects/shared/body-fields";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { GeminiQuirks, LaneSetup, RequestInput, WrittenRequest } from "@/lib/providers/provider";
import type { Json, JsonObject } from "@/lib/stream/turn/json";

import { writeContents } from "./contents";
import { writeThinkingConfig } from "./effort";
import { writeGeminiTools } from "./tools";

/**
 * The body of the lane's next request. Pure: the same input always gives the same body. Model and streaming are
 * in the address. Whatever a person set and the provider cannot take is left out, and `notes` says so.
 */
export function writeGemini(input: RequestInput<GeminiQuirks>): WrittenRequest {
  const notes = new Set<string>();
  const note: Note = (text) => void notes.add(text);
  const { quirks, setup } = input;
  const body: JsonObject = {
    ...(setup.system.trim() === "" ? {} : { systemInstruction: { parts: [{ text: setup.system }] } }),
    contents: writeContents(input, note),
    ...writeGeminiTools(input, note),
    ...quirks.extra,
    ...writeGenerationConfig(input, note),
  };
  return { body, notes: [...notes] };
}

/** Sampler names of the other dialects and what Gemini calls them. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["top_p", "topP"],
  ["top_k", "topK"],
  ["stop", "stopSequences"],
  ["presence_penalty", "presencePenalty"],
  ["frequency_penalty", "frequencyPenalty"],
  ["logprobs", "responseLogprobs"],
  ["top_logprobs", "logprobs"],
]);
const WRITTEN_ELSEWHERE: ReadonlySet<string> = new Set([
  "model",
  "stream",
  "contents",
  "systemInstruction",
  "tools",
  "toolConfig",
]);
/** Fields of the request itself that a person may want to type. */
const BESIDE: ReadonlySet<string> = new Set(["safetySettings", "cachedContent", "labels", "serviceTier"]);

/** `generationConfig` and the few fields beside it; nothing at all where nothing is set. Unknown fields survive. */
function writeGenerationConfig(input: RequestInput<GeminiQuirks>, note: Note): JsonObject {
  const { setup } = input;
  const entries = Object.entries(leaveOutRejected(setup.samplers, input, note)).filter(([name]) =>
    isSampler(name, note),
  );
  const config = {
    ...rename(entries.filter(([name]) => !BESIDE.has(name))),
    ...(hasOwnThinking(setup) ? {} : writeThinkingConfig(input, note)),
    ...(setup.maxTokens === null ? {} : { maxOutputTokens: setup.maxTokens }),
    ...(setup.responseSchema === null
      ? {}
      : { responseMimeType: "application/json", responseJsonSchema: setup.responseSchema }),
  };
  return {
    ...Object.fromEntries(entries.filter(([name]) => BESIDE.has(name))),
    ...(Object.keys(config).length === 0 ? {} : { generationConfig: config }),
  };
}

/** Whether a person typed the field by hand and set nothing that would decide it. */
function hasOwnThinking({ samplers, effort, thinkingTokens }: LaneSetup): boolean {
  return samplers["thinkingConfig"] !== undefined && effort === null && thinkingTokens === null;
}

function isSampler(name: string, note: Note): boolean {
  if (name === "__proto__") return false;
  if (!WRITTEN_ELSEWHERE.has(name)) return true;
  note(`${name} among the samplers is not sent: the lane's own setting decides it.`);
  return false;
}

function rename(entries: readonly (readonly [string, Json])[]): JsonObject {
  return Object.fromEntries(
    entries.map(([name, value]) => [
      NAMES.get(name) ?? name,
      name === "stop" && typeof value === "string" ? [value] : value,
    ]),
  );
}
