/** What keeps a person's JavaScript from running, found before it does. */
import { ensureSyntaxTree } from "@codemirror/language";
import type { EditorState, Text } from "@codemirror/state";

export type CodeProblem = {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly message: string;
};

/** The first place that the editor's own grammar cannot read, found at once; null where there is none. */
export function grammarProblem(state: EditorState): CodeProblem | null {
  if (state.doc.toString().trim() === "") return { from: 0, to: 0, line: 1, message: "There is no code yet" };
  const tree = ensureSyntaxTree(state, state.doc.length, 200);
  let at: number | null = null;
  tree?.iterate({
    enter: (node) => {
      if (at !== null) return false;
      if (node.type.isError) at = node.from;
      return undefined;
    },
  });
  if (at === null) return null;
  const end = Math.min(state.doc.length, at + 1);
  return { from: at, to: end, line: state.doc.lineAt(at).number, message: "Not valid JavaScript" };
}

let last: { readonly code: string; readonly problem: Promise<CodeProblem | null> } | null = null;

/** What the browser says to the code, which the sandbox compiles and does not run. The grammar's word where it says nothing. */
export function codeProblem(state: EditorState): Promise<CodeProblem | null> {
  const code = state.doc.toString();
  // The editor's mark and the line below it ask about the same text.
  if (last?.code !== code) last = { code, problem: compile(state) };
  return last.problem;
}

async function compile(state: EditorState): Promise<CodeProblem | null> {
  const byGrammar = grammarProblem(state);
  const code = state.doc.toString();
  if (code.trim() === "") return byGrammar;
  const loaded = await import("@/lib/session/sandbox/check-code").catch(() => null);
  const checked = loaded === null ? null : await loaded.checkCode(code);
  if (checked === null || checked.ok) return byGrammar;
  const { message, line, column } = checked;
  return { ...placeOf(state.doc, line ?? byGrammar?.line ?? 1, column), message };
}

function placeOf(doc: Text, line: number, column: number | null): Omit<CodeProblem, "message"> {
  const { from, to, number } = doc.line(Math.min(Math.max(1, line), doc.lines));
  const at = Math.min(to, from + Math.max(0, (column ?? 1) - 1));
  return { from: at, to: column === null ? to : Math.min(to, at + 1), line: number };
}
