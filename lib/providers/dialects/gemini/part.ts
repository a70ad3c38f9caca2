import type { Note } from "@/lib/providers/dialects/shared/note";
import { noteLeftOut } from "@/lib/providers/dialects/shared/note-left-out";
import { sentInput } from "@/lib/providers/dialects/shared/sent-arguments";
import { untaggedThoughts } from "@/lib/providers/dialects/shared/untagged-thoughts";
import { calledName } from "@/lib/stream/turn/called-name";
import type { JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { ImagePart, Part, ReasoningPart, TextPart, ToolCallPart } from "@/lib/stream/turn/turn";

import { acceptedName } from "./name";
import { signatureOf, spansOf, wholeParts } from "./replay";

export type GeminiPartContext = {
  /** Only what came from here may go back with its signatures. */
  readonly isOwn: boolean;
  /** The calls to be sent and their ids; null where the provider takes none. */
  readonly calls: ReadonlyMap<ToolCallPart, string | null>;
  readonly note: Note;
};

/** One part of a past step as parts of the wire, and what followed it there. */
export function writeGeminiPart(part: Part, context: GeminiPartContext): readonly JsonObject[] {
  const { isOwn, note } = context;
  if (!isOwn && part.replay.length > 0)
    note("Signatures and hidden reasoning of other models are not sent back.");
  const written = writeOwn(part, context);
  return isOwn ? [...written, ...wholeParts(part.replay)] : written;
}

function writeOwn(part: Part, context: GeminiPartContext): readonly JsonObject[] {
  const { isOwn, calls, note } = context;
  switch (part.type) {
    case "reasoning":
      return writeThought(part, isOwn, note);
    case "text":
      return isOwn ? cutBySignature(part, {}) : textPart(part.text);
    case "tool-call": {
      const id = calls.get(part);
      return id === undefined ? [] : [writeCall(part, id, context)];
    }
    case "provider-call":
      if (!isOwn) note(`The call of ${part.name}, which its provider ran, is not sent back.`);
      return [];
    case "image":
      return writePicture(part, context);
    case "unknown":
      if (!isOwn || wholeParts(part.replay).length === 0) noteLeftOut([part], note);
      return [];
  }
}

/** A picture that this model made goes back, so that it can go on with it. */
function writePicture(part: ImagePart, { isOwn, note }: GeminiPartContext): readonly JsonObject[] {
  const { image, replay } = part;
  if (!isOwn || image.kind === "left-out") {
    noteLeftOut([part], note);
    return [];
  }
  const signature = signatureOf(replay);
  return [
    {
      inlineData: { mimeType: image.mediaType, data: image.base64 },
      ...(signature === null ? {} : { thoughtSignature: signature }),
    },
  ];
}

/** Gemini wants no thoughts back but those that carry a signature. */
function writeThought(part: ReasoningPart, isOwn: boolean, note: Note): readonly JsonObject[] {
  if (untaggedThoughts([part], note).length === 0) return [];
  const signed = isOwn
    ? cutBySignature(part, { thought: true }).filter((cut) => "thoughtSignature" in cut)
    : [];
  if (part.text !== "" && signed.length === 0)
    note("Reasoning is not sent back: Gemini takes only its signatures.");
  return signed;
}

/** The text in the pieces that were signed and those that were not; each signed one is marked as well. */
function cutBySignature({ text, replay }: TextPart | ReasoningPart, mark: JsonObject): readonly JsonObject[] {
  const cuts: JsonObject[] = [];
  let from = 0;
  for (const { signature, start, end } of spansOf(replay, text.length)) {
    cuts.push(...textPart(text.slice(from, start)));
    cuts.push({ text: text.slice(start, end), ...mark, thoughtSignature: signature });
    from = end;
  }
  return [...cuts, ...textPart(text.slice(from))];
}

function textPart(text: string): readonly JsonObject[] {
  return text === "" ? [] : [{ text }];
}

function writeCall(call: ToolCallPart, id: string | null, { isOwn, note }: GeminiPartContext): JsonObject {
  const args = sentInput(call, note);
  const signature = isOwn ? signatureOf(call.replay) : null;
  return {
    functionCall: {
      ...(id === null ? {} : { id }),
      name: acceptedName(calledName(call), note),
      args: isObject(args) ? args : {},
    },
    ...(signature === null ? {} : { thoughtSignature: signature }),
  };
}
