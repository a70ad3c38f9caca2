/** A turn as the list of what it holds, in the order in which it happened. Pure. */
import { calledName } from "@/lib/stream/turn/called-name";
import type { Part, Turn } from "@/lib/stream/turn/turn";

export type SectionKind = "thought" | "text" | "call" | "result" | "provider-call" | "image" | "unknown";

/** One thing that a model wrote, or a result that it got. */
export type Section = {
  /** Unique within the turn. */
  readonly id: string;
  readonly kind: SectionKind;
  /** Place of its step, from 0. */
  readonly step: number;
  /** Of a tool, a provider's call or an unknown item; "" for all others. */
  readonly name: string;
  /** Its words: of a call its arguments, of a result what the model got. */
  readonly text: string;
};

/** What each kind is called. */
export const SECTION_NAMES: Readonly<Record<SectionKind, string>> = {
  thought: "thought",
  text: "text",
  call: "call",
  result: "result",
  "provider-call": "call by the provider",
  image: "image",
  unknown: "unknown item",
};

/** The sections of a turn. Texts of nothing but white space are left out; the results of a step stand behind its calls. */
export function sectionsOf({ steps }: Turn): readonly Section[] {
  return steps.flatMap(({ parts }, step) => [
    ...parts.flatMap((part) => sectionOf(part, step, `${String(step)} ${part.id}`)),
    ...parts.flatMap((part): readonly Section[] =>
      part.type === "tool-call" && part.status.state === "answered"
        ? [
            {
              id: `${String(step)} ${part.id} result`,
              kind: "result",
              step,
              name: calledName(part),
              text: part.status.result.output,
            },
          ]
        : [],
    ),
  ]);
}

function sectionOf(part: Part, step: number, id: string): readonly Section[] {
  switch (part.type) {
    case "reasoning":
      return part.text.trim() === "" ? [] : [{ id, kind: "thought", step, name: "", text: part.text }];
    case "text":
      return part.text.trim() === "" ? [] : [{ id, kind: "text", step, name: "", text: part.text }];
    case "tool-call":
      return [{ id, kind: "call", step, name: calledName(part), text: part.edit?.text ?? part.input }];
    case "provider-call":
      return [{ id, kind: "provider-call", step, name: calledName(part), text: part.input }];
    case "image": {
      const { image } = part;
      const text = image.kind === "data" ? `${image.mediaType} ${image.base64}` : image.reason;
      return [{ id, kind: "image", step, name: "", text }];
    }
    case "unknown":
      return [{ id, kind: "unknown", step, name: part.name, text: JSON.stringify(part.json) }];
  }
}

/** Whether the text of a section is JSON: arguments, not words. */
export function isJsonSection({ kind }: Section): boolean {
  return kind === "call" || kind === "provider-call" || kind === "unknown";
}
