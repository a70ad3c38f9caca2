import type { Note } from "@/lib/providers/dialects/shared/note";
import type { GeminiQuirks, RequestInput, WrittenRequest } from "@/lib/providers/provider";
import type { JsonObject } from "@/lib/stream/turn/json";

import { writeContents } from "./contents";
import { writeGenerationConfig } from "./generation-config";
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
