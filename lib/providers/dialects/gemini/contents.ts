import { openCallIds } from "@/lib/providers/dialects/shared/call-ids";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { GeminiQuirks, PastTurn, RequestInput } from "@/lib/providers/provider";

import type { GeminiContent } from "./content";
import { type GeminiContext, writeGeminiStep } from "./step";

/**
 * History and the continuing turn as contents whose roles alternate. All results of a step stand in one user
 * content right after its calls, in their order, because calls without ids are matched by it.
 */
export function writeContents(input: RequestInput<GeminiQuirks>, note: Note): readonly GeminiContent[] {
  const contents: GeminiContent[] = [];
  const ids = openCallIds(false);
  for (const [index, past] of input.history.entries()) {
    if (endsInPrompt(contents)) note("A prompt that got no answer is sent together with the next one.");
    add(contents, { role: "user", parts: promptParts(past, note) });
    const context: GeminiContext = { input, ids, note, isCurrent: index === input.history.length - 1 };
    for (const step of past.turn.steps) {
      const { answer, results } = writeGeminiStep(step, context);
      add(contents, { role: "model", parts: answer });
      add(contents, { role: "user", parts: results });
    }
  }
  return contents;
}

function add(contents: GeminiContent[], { role, parts }: GeminiContent): void {
  if (parts.length === 0) return;
  const last = contents.at(-1);
  if (last?.role === role) contents[contents.length - 1] = { role, parts: [...last.parts, ...parts] };
  else contents.push({ role, parts });
}

function endsInPrompt(contents: readonly GeminiContent[]): boolean {
  const last = contents.at(-1);
  return last?.role === "user" && last.parts.at(-1)?.["functionResponse"] === undefined;
}

function promptParts({ prompt, images = [] }: PastTurn, note: Note): GeminiContent["parts"] {
  const pictures = images.map(({ mediaType, base64 }) => ({
    inlineData: { mimeType: mediaType, data: base64 },
  }));
  if (prompt.trim() !== "") return [...pictures, { text: prompt }];
  if (pictures.length > 0) return pictures;
  note("An empty prompt is sent as “(empty)”: the API refuses text without words.");
  return [{ text: "(empty)" }];
}
