import { jsonLanguage } from "@codemirror/lang-json";

import type { Json } from "@/lib/stream/turn/json";
import { parseJson } from "@/lib/stream/turn/json-read";
import type { Problem } from "@/lib/tools/formats/problem";

import { members, propertyName, type Range, rangeAt, type Tree } from "./json-node";

/** A problem and where it is drawn. */
export type LocatedProblem = Range & Pick<Problem, "message" | "level">;

/**
 * What is wrong with a JSON text: its first syntax mistake alone, or what `check` finds in the value, each at the right
 * token. Pure.
 */
export function jsonProblems(text: string, check: (value: Json) => readonly Problem[]): LocatedProblem[] {
  const tree = jsonLanguage.parser.parse(text);
  const mistake = syntaxMistake(tree, text);
  if (mistake !== null) return [{ ...mistake, level: "error" }];
  const value = parseJson(text);
  if (value === undefined)
    return [{ from: 0, to: text.length, level: "error", message: "This is not JSON." }];
  const found = check(value).map(({ pointer, message, level }) => {
    const { from, to } = rangeAt(tree, text, pointer);
    return { from, to, message, level };
  });
  return [...found, ...duplicates(tree, text)];
}

type Mistake = Range & { readonly message: string };

function syntaxMistake(tree: Tree, text: string): Mistake | null {
  if (text.trim() === "") return { from: 0, to: text.length, message: "There is no JSON here yet." };
  let at: Range | null = null;
  tree.iterate({
    enter: (node) => {
      if (at === null && node.type.isError) at = { from: node.from, to: node.to };
      return at === null;
    },
  });
  return at === null ? null : explain(at, text);
}

function explain(at: Range, text: string): Mistake {
  const rest = text.slice(at.from).trimStart();
  const from = text.length - rest.length;
  const before = text.slice(0, at.from).trimEnd();
  const comma = before.length - 1;
  const next = rest[0];
  if (next === undefined) {
    const message = before.endsWith(",")
      ? "Something must come after this comma."
      : "Missing closing } or ].";
    return { from: Math.max(0, comma), to: before.length, message };
  }
  if (before.endsWith(",") && (next === "}" || next === "]")) {
    return { from: comma, to: before.length, message: `Remove the comma before ${next}.` };
  }
  const to = Math.max(at.to, from + 1);
  if (next === "'" || next === "\u201c" || next === "\u201d") {
    return { from, to, message: 'Use straight double quotes: "…".' };
  }
  if (rest.startsWith("//") || rest.startsWith("/*"))
    return { from, to, message: "JSON does not allow comments." };
  if (next === '"' && !/^"(?:[^"\\\n]|\\.)*"/u.test(rest)) {
    return { from, to, message: "This string is missing its closing quote." };
  }
  if (/["\d}\]el]$/u.test(before) && /["\d{[tfn-]/u.test(next)) {
    return { from, to, message: "Missing comma or colon before this." };
  }
  return { from, to, message: `Unexpected “${next}”.` };
}

function duplicates(tree: Tree, text: string): LocatedProblem[] {
  const found: LocatedProblem[] = [];
  tree.iterate({
    enter: ({ node }) => {
      if (node.name !== "Object") return;
      const seen = new Set<string>();
      for (const property of members(node)) {
        const name = propertyName(property, text);
        const key = property.firstChild;
        if (name === null || key === null) continue;
        if (seen.has(name)) {
          found.push({
            from: key.from,
            to: key.to,
            level: "warning",
            message: `Duplicate key “${name}”: the last value wins.`,
          });
        }
        seen.add(name);
      }
    },
  });
  return found;
}
