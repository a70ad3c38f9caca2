/** What a reader does with fields that it does not know: those that say something are named, once a step. */
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { writeJson } from "@/lib/stream/turn/json-read";

import type { EventQueue } from "./event-queue";

/** Fields of one object of the wire that are read, or that are metadata and ignored on purpose. */
export type KnownFields = ReadonlyMap<string, Forms>;

/** The forms in which a field is read; null where any form will do. */
type Forms = ReadonlySet<string> | null;

/**
 * Field names, as words of a text. `content:text|list` is read only as text or as a list: in any other form it counts
 * as unknown.
 */
export function knownFields(...names: readonly string[]): KnownFields {
  return new Map(names.flatMap((words) => words.split(" ").map(readField)));
}

function readField(word: string): readonly [name: string, forms: Forms] {
  const [name = "", forms] = word.split(":");
  return [name, forms === undefined ? null : new Set(forms.split("|"))];
}

/** For an object of which nothing is read. */
export const NO_FIELDS: KnownFields = new Map();

/** `where`: what the object is, as it is called on the wire, such as "message" or "choices[].delta". */
export type NameUnknownFields = (where: string, object: JsonObject, known: KnownFields) => void;

/** Fields that are named in one step. A server that sends more is odd enough already. */
const MOST_NAMED = 30;
/** Characters of a value, and of a name, that are shown. */
const SHOWN = 120;
/** Characters shown of a text that came in pieces. */
const SHOWN_WHOLE = 400;

/** The fields of one step that are not read. */
export type UnknownFields = {
  readonly name: NameUnknownFields;
  /** Says of fields that came with several values what the first did not show. */
  readonly end: () => void;
};

/** What was received in one field: its first value as JSON, its pieces of text together (null where some are not text), and how many. */
type Named = { readonly first: string; text: string | null; pieces: number; differs: boolean };

/** Starts a step. Costs one look at the keys of each object, so it may be asked about every piece of a stream. */
export function openUnknownFields({ warnOnce }: Pick<EventQueue, "warnOnce">): UnknownFields {
  const named = new Map<string, Named>();

  const name = (field: string, value: Json): void => {
    const known = named.get(field);
    if (known !== undefined) return add(known, value);
    if (named.size >= MOST_NAMED) return warnOnce("unknown-fields", "The answer has more unknown fields.");
    const first = writeJson(value);
    named.set(field, { first, text: typeof value === "string" ? value : null, pieces: 1, differs: false });
    warnOnce(
      `field-${field}`,
      `The answer has an unknown field that is not shown: ${clip(field)} = ${clip(first)}`,
    );
  };
  return {
    name: (where, object, known) => {
      for (const key in object) {
        const value = object[key];
        if (value !== undefined && !isRead(value, known.get(key)) && holdsSomething(value))
          name(`${where}.${key}`, value);
      }
    },
    end: () => {
      for (const [field, { text, pieces, differs }] of named) {
        if (!differs) continue;
        const all = `The unknown field ${clip(field)} came ${pieces} times`;
        const rest =
          text === null
            ? " with different values. The inspector shows all of them."
            : `. All of it: ${clip(text, SHOWN_WHOLE)}`;
        warnOnce(`whole-field-${field}`, all + rest);
      }
    },
  };
}

/** Numbers and switches say nothing that an answer is made of: only texts and what may hold some are counted. */
function add(named: Named, value: Json): void {
  if (typeof value !== "string" && typeof value !== "object") return;
  named.pieces += 1;
  named.differs ||= writeJson(value) !== named.first;
  if (typeof value !== "string") named.text = null;
  else if (named.text !== null && named.text.length <= SHOWN_WHOLE) named.text += value;
}

function isRead(value: Json, forms: Forms | undefined): boolean {
  return forms === null || (forms !== undefined && forms.has(formOf(value)));
}

function formOf(value: Json): string {
  if (typeof value === "string") return "text";
  if (Array.isArray(value)) return "list";
  return value === null ? "null" : typeof value;
}

/** What is said of an event whose type is not known. */
export function unknownEvent(type: string, event: JsonObject): string {
  return `An event of an unknown type is not shown: ${clip(type)}: ${clip(writeJson(event))}`;
}

/** The code of the warning about input that the provider changed. */
export const INPUT_CHANGED = "input-changed";

/** Anthropic and OpenAI report so what they did to the prompt before the model read it. */
export function inputChanged(transformations: Json): string {
  return `The provider changed the input before the model read it (input_transformations): ${clip(writeJson(transformations))}`;
}

/** Whether a value holds anything: null, false, 0, "" and whatever holds nothing but those do not. */
export function holdsSomething(root: Json): boolean {
  const open: Json[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value === "object" && value !== null) {
      for (const child of Object.values<Json>(value)) open.push(child);
    } else if (value !== null && value !== false && value !== 0 && value !== "") return true;
  }
  return false;
}

function clip(text: string, most = SHOWN): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
