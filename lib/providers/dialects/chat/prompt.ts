import type { PromptImage } from "@/lib/providers/provider";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isList } from "@/lib/stream/turn/json-read";

/** A prompt as chat content: plain text, or parts where images go with it (many servers read parts worse than text). */
export function chatPrompt(prompt: string, images: readonly PromptImage[] = []): string | readonly Json[] {
  return images.length === 0 ? prompt : [textPart(prompt), ...images.map(imagePart)];
}

/** Two prompts as one content. Stays plain text where both are. */
export function joinPrompts(before: Json, next: string | readonly Json[]): string | readonly Json[] {
  if (typeof before === "string" && typeof next === "string") return `${before}\n\n${next}`;
  return [...parts(before), ...parts(next)];
}

function parts(content: Json): readonly Json[] {
  if (typeof content === "string") return [textPart(content)];
  return isList(content) ? content : [];
}

function textPart(text: string): JsonObject {
  return { type: "text", text };
}

function imagePart({ mediaType, base64 }: PromptImage): JsonObject {
  return { type: "image_url", image_url: { url: `data:${mediaType};base64,${base64}` } };
}
