import { type Note, noteLeftOut } from "@/lib/providers/dialects/shared/note";
import { sentInput } from "@/lib/providers/dialects/shared/past-calls";
import { untaggedThoughts } from "@/lib/providers/dialects/shared/past-text";
import { calledName } from "@/lib/stream/turn/called-name";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { countAt, isObject, textAt } from "@/lib/stream/turn/json-read";
import type { ImagePart, Part, ReasoningPart, TextPart, ToolCallPart } from "@/lib/stream/turn/turn";

type GeminiPartContext = {
  /** Only parts from this very model may go back with their signatures. */
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
      if (!isOwn) note(`The call to ${part.name}, which its provider ran, is not sent back.`);
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
    note("Reasoning is not sent back: Gemini accepts only its own signatures.");
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

/**
 * What a part keeps so that it can go back as received. A signature of a call is `{thoughtSignature}`; one of a
 * stretch of text is `{thoughtSignature, start, end}` in UTF-16 offsets of the part's text, because pieces with
 * and without signatures must not be joined; any other item is a whole part of the wire that followed.
 */
type SignedSpan = { readonly signature: string; readonly start: number; readonly end: number };

/** The signature of a call itself; null where it came without one. */
function signatureOf(replay: readonly Json[]): string | null {
  for (const item of replay) {
    const signature = isObject(item) && isBare(item) ? textAt(item, "thoughtSignature") : null;
    if (signature !== null) return signature;
  }
  return null;
}

/** The signed stretches of a text, in order; those that do not fit in it or into each other are left out. */
function spansOf(replay: readonly Json[], length: number): readonly SignedSpan[] {
  let from = 0;
  return replay.flatMap((item) => {
    const span = isObject(item) ? readSpan(item) : null;
    if (span === null || span.start < from || span.end < span.start || span.end > length) return [];
    from = span.end;
    return [span];
  });
}

/** The whole parts of the wire that followed. */
function wholeParts(replay: readonly Json[]): readonly JsonObject[] {
  return replay.filter((item) => isObject(item)).filter((item) => !isBare(item) && readSpan(item) === null);
}

function readSpan(item: JsonObject): SignedSpan | null {
  const signature = textAt(item, "thoughtSignature");
  const [start, end] = [countAt(item, "start"), countAt(item, "end")];
  return signature === null || start === null || end === null ? null : { signature, start, end };
}

function isBare(item: JsonObject): boolean {
  return Object.keys(item).every((key) => key === "thoughtSignature");
}

const ACCEPTED = /^[A-Za-z_][\w.:-]{0,63}$/;

/** Whether a function may have this name. */
export function isAcceptedName(name: string): boolean {
  return ACCEPTED.test(name);
}

/** The name under which a past call goes back: some other models call what no function may be named. */
export function acceptedName(name: string, note: Note): string {
  if (isAcceptedName(name)) return name;
  note(
    `The call to ${name === "" ? "a tool without a name" : name} is sent back under a name that Gemini accepts.`,
  );
  const cleaned = name.replaceAll(/[^\w.:-]/g, "_");
  return (/^[A-Za-z_]/.test(cleaned) ? cleaned : `_${cleaned}`).slice(0, 64);
}
