import { createHighlighterCore, type GrammarState, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import json from "shiki/langs/json.mjs";
import python from "shiki/langs/python.mjs";
import shellscript from "shiki/langs/shellscript.mjs";
import typescript from "shiki/langs/typescript.mjs";

import { THEME, tokenOf } from "./code-theme";
import { fetchGrammar } from "./grammars";
import type { HighlightReply, HighlightRequest } from "./highlight-messages";

/** A longer line, in characters, stays plain. */
const LONGEST_LINE = 2_000;

type Lines = Extract<HighlightRequest, { type: "lines" }>;

const starting = createHighlighterCore({
  themes: [THEME],
  langs: [typescript, python, json, shellscript],
  engine: createJavaScriptRegexEngine({ forgiving: true }),
});
const states = new Map<number, GrammarState>();
let queue: Promise<void> = Promise.resolve();

// One after another: a block's next lines need the state that its last lines left.
addEventListener("message", (event: MessageEvent<HighlightRequest>) => {
  queue = queue.then(() => handle(event.data));
});

async function handle(request: HighlightRequest): Promise<void> {
  if (request.type === "close") {
    states.delete(request.id);
    return;
  }
  postMessage({ id: request.id, lines: await color(request) } satisfies HighlightReply);
}

async function color(request: Lines): Promise<number[][] | null> {
  try {
    const highlighter = await starting;
    await load(highlighter, request.language);
    return colorLines(highlighter, request);
  } catch {
    // A grammar that could not be fetched or that fails on this text: the block stays plain from here on.
    states.delete(request.id);
    return null;
  }
}

async function load(highlighter: HighlighterCore, language: string): Promise<void> {
  if (highlighter.getLoadedLanguages().includes(language)) return;
  const grammar = fetchGrammar(language);
  if (grammar !== null) await highlighter.loadLanguage(grammar);
}

function colorLines(highlighter: HighlighterCore, { id, language, lines }: Lines): number[][] {
  const grammarState = states.get(id);
  const colored = highlighter.codeToTokensBase(lines.join("\n"), {
    lang: language,
    theme: "vitrine",
    tokenizeMaxLineLength: LONGEST_LINE,
    ...(grammarState && { grammarState }),
  });
  const state = highlighter.getLastGrammarState(colored);
  if (state) states.set(id, state);
  return colored.map((tokens) => {
    const flat: number[] = [];
    for (const token of tokens) add(flat, token.content.length, tokenOf(token.color));
    return flat;
  });
}

/** Joins neighbors of one class. */
function add(flat: number[], length: number, token: number): void {
  const last = flat.length - 2;
  if (last >= 0 && flat[last + 1] === token) {
    flat[last] = (flat[last] ?? 0) + length;
  } else {
    flat.push(length, token);
  }
}
