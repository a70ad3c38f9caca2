import type { Citation, Source } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { countAt, isObject, listAt, objectAt, textAt } from "@/lib/stream/turn/json-read";

import type { VisibleText } from "./parts";

/** What the answer is based on: searches at the provider, their pages, and which statement each page supports. */
type Grounding = {
  /** Takes what one candidate brings; reports repeat and grow. */
  readonly add: (candidate: JsonObject) => void;
  /** The searches and what they found; null where there was none. */
  readonly search: () => { readonly input: string; readonly sources: readonly Source[] } | null;
  /** Citations of these texts, each once. */
  readonly citations: (texts: readonly VisibleText[]) => readonly CitationOfPart[];
};

type CitationOfPart = { readonly id: string; readonly citation: Citation };

type Support = { readonly segment: JsonObject; readonly sources: readonly Source[] };

/** More citations than a person could look at. */
const MOST_CITATIONS = 500;

export function openGrounding(): Grounding {
  const queries = new Set<string>();
  const sources = new Map<string, Source>();
  const supports: Support[] = [];
  let chunks: readonly (Source | null)[] = [];

  const addMetadata = (metadata: JsonObject): void => {
    for (const query of listAt(metadata, "webSearchQueries") ?? [])
      if (typeof query === "string") queries.add(query);
    chunks = listAt(metadata, "groundingChunks")?.map(readChunk) ?? chunks;
    for (const source of chunks) if (source !== null) sources.set(source.url, source);
    for (const support of listAt(metadata, "groundingSupports") ?? [])
      if (isObject(support)) supports.push(readSupport(support, chunks));
  };
  return {
    add: (candidate) => {
      const metadata = objectAt(candidate, "groundingMetadata");
      if (metadata !== null) addMetadata(metadata);
      const cited = objectAt(candidate, "citationMetadata");
      // The same list has one name at AI Studio and another at Vertex.
      for (const item of (cited && (listAt(cited, "citationSources") ?? listAt(cited, "citations"))) ?? []) {
        const source = isObject(item) ? readSource(item) : null;
        if (isObject(item) && source !== null) supports.push({ segment: item, sources: [source] });
      }
    },
    search: () => {
      if (queries.size === 0 && sources.size === 0) return null;
      const input = queries.size === 0 ? "" : JSON.stringify({ queries: [...queries] });
      return { input, sources: [...sources.values()] };
    },
    citations: (texts) => locateCitations(supports, texts),
  };
}

function locateCitations(
  supports: readonly Support[],
  texts: readonly VisibleText[],
): readonly CitationOfPart[] {
  const last = texts.at(-1);
  if (last === undefined || supports.length === 0) return [];
  const find = openSegments(texts);
  const located = new Map<string, CitationOfPart>();
  for (const { segment, sources } of supports) {
    if (located.size >= MOST_CITATIONS) break;
    const span = find(segment);
    for (const { url, title } of sources) {
      const id = span?.id ?? last.id;
      const [start, end] = [span?.start ?? null, span?.end ?? null];
      located.set(JSON.stringify([id, start, end, url]), {
        id,
        citation: { url, title, quote: null, start, end },
      });
    }
  }
  return [...located.values()];
}

/** A page, a place or a document; what it is names the field that holds it. */
function readChunk(chunk: Json): Source | null {
  if (!isObject(chunk)) return null;
  for (const value of Object.values(chunk)) {
    const source = isObject(value) ? readSource(value) : null;
    if (source !== null) return source;
  }
  return null;
}

function readSource(from: JsonObject): Source | null {
  const url = textAt(from, "uri");
  return url === null ? null : { url, title: textAt(from, "title") };
}

function readSupport(support: JsonObject, chunks: readonly (Source | null)[]): Support {
  const indices = listAt(support, "groundingChunkIndices") ?? [];
  const sources = indices.flatMap((index) => {
    const source = typeof index === "number" ? chunks[index] : undefined;
    return source === undefined || source === null ? [] : [source];
  });
  return { segment: objectAt(support, "segment") ?? {}, sources };
}

/** A stretch of a text part, in UTF-16 offsets of that part. */
type TextSpan = { readonly id: string; readonly start: number; readonly end: number };

/**
 * Finds segments of an answer. They are given in bytes of its text as UTF-8, all text parts together; where a segment's
 * own words stand elsewhere, the words decide. null: nowhere.
 */
function openSegments(texts: readonly VisibleText[]): (segment: JsonObject) => TextSpan | null {
  const joined = texts.map(({ text }) => text).join("");
  const offsets = byteOffsets(joined);

  return (segment) => {
    const words = textAt(segment, "text");
    const start = offsets[countAt(segment, "startIndex") ?? 0] ?? -1;
    const end = offsets[countAt(segment, "endIndex") ?? -1] ?? -1;
    if (start >= 0 && end > start && (words === null || joined.slice(start, end) === words))
      return spanIn(texts, start, end);
    const found = words === null ? -1 : joined.indexOf(words);
    return words === null || found === -1 ? null : spanIn(texts, found, found + words.length);
  };
}

function spanIn(texts: readonly VisibleText[], start: number, end: number): TextSpan | null {
  let from = 0;
  for (const { id, text } of texts) {
    const to = from + text.length;
    if (start < to) return { id, start: start - from, end: Math.min(end, to) - from };
    from = to;
  }
  return null;
}

const INSIDE = -1;

/** The UTF-16 offset of each byte of the text as UTF-8; −1 for a byte inside a character. */
function byteOffsets(text: string): Int32Array {
  const offsets = new Int32Array(new TextEncoder().encode(text).length + 1).fill(INSIDE);
  let [byte, offset] = [0, 0];
  for (const character of text) {
    offsets[byte] = offset;
    byte += byteLength(character.codePointAt(0) ?? 0);
    offset += character.length;
  }
  offsets[byte] = offset;
  return offsets;
}

function byteLength(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x1_00_00 ? 3 : 4;
}
