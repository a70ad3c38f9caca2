"use client";

import { javascript } from "@codemirror/lang-javascript";
import { ensureSyntaxTree } from "@codemirror/language";
import { linter } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";

import { Checkbox } from "@/components/ui/fields/checkbox";
import { NumberField } from "@/components/ui/fields/number-field";
import type { ToolBinding } from "@/lib/tools/tool";

import { CodeField } from "./code-field";

type Code = Extract<ToolBinding, { readonly kind: "javascript" }>;

type CodeEditorProps = { binding: Code; onChange: (binding: Code) => void };

const LONGEST_S = 30;
const USUAL_MS = 10_000;
const LINT_MS = 250;

const language = javascript();
const EXTENSIONS = [
  language,
  linter(
    ({ state }) => {
      const found = syntaxProblem(state);
      return found === null
        ? []
        : [{ from: found.from, to: found.to, severity: "error", message: found.message }];
    },
    { delay: LINT_MS },
  ),
];

/** A person's JavaScript, and how it runs. */
export function CodeEditor({ binding, onChange }: CodeEditorProps) {
  const problem = syntaxProblem(EditorState.create({ doc: binding.code, extensions: [language] }));
  return (
    <div className="grid gap-2">
      <CodeField
        label="JavaScript"
        initialValue={binding.code}
        onChange={(code) => onChange({ ...binding, code })}
        extensions={EXTENSIONS}
        complete={null}
      />
      <output className="text-danger text-[13px] empty:hidden">
        {problem === null ? null : `${problem.message} in line ${problem.line}. Saved as it is.`}
      </output>
      <p className="text-muted text-[13px]">
        Export a function of <code>(args, ctx)</code>. It may be async; a text is the result as it is,
        anything else becomes JSON, and an error is told to the model. <code>ctx.log(…)</code> shows progress,{" "}
        <code>ctx.signal</code> stops with the lane, and <code>ctx.state</code> is an object that lasts
        between calls if the tool keeps state. The code runs apart from this page and has no network.
      </p>
      <div className="flex flex-wrap items-end gap-x-6 gap-y-2">
        <NumberField
          label="Time limit (s)"
          placeholder={String(USUAL_MS / 1_000)}
          value={binding.timeoutMs === USUAL_MS ? null : binding.timeoutMs / 1_000}
          min={0.1}
          max={LONGEST_S}
          onChange={(seconds) =>
            onChange({ ...binding, timeoutMs: seconds === null ? USUAL_MS : seconds * 1_000 })
          }
          className="w-28"
        />
        <Checkbox
          label="Keeps state between the calls of a lane"
          checked={binding.isStateful}
          onChange={(isStateful) => onChange({ ...binding, isStateful })}
          className="min-h-8"
        />
      </div>
    </div>
  );
}

/** The first place that is not JavaScript; null where there is none. */
function syntaxProblem(
  state: EditorState,
): { readonly from: number; readonly to: number; readonly line: number; readonly message: string } | null {
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
