"use client";

import { javascript } from "@codemirror/lang-javascript";
import { linter } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { useEffect, useMemo, useState } from "react";

import { Checkbox } from "@/components/ui/fields/checkbox";
import { NumberField } from "@/components/ui/fields/number-field";
import type { ToolBinding } from "@/lib/tools/tool";

import { CodeField } from "./code-field";
import { type CodeProblem, codeProblem, grammarProblem } from "./code-problem";

type Code = Extract<ToolBinding, { readonly kind: "javascript" }>;

type CodeEditorProps = { binding: Code; onChange: (binding: Code) => void };

const LONGEST_S = 30;
const USUAL_MS = 10_000;
const LINT_MS = 250;

const language = javascript();
const EXTENSIONS = [
  language,
  linter(
    async ({ state }) => {
      const found = await codeProblem(state);
      return found === null
        ? []
        : [{ from: found.from, to: found.to, severity: "error", message: found.message }];
    },
    { delay: LINT_MS },
  ),
];

/** What is wrong with the code: at once what its grammar shows, and a moment later what the browser says. */
function useCodeProblem(code: string): CodeProblem | null {
  const state = useMemo(() => EditorState.create({ doc: code, extensions: [language] }), [code]);
  const [checked, setChecked] = useState<{
    readonly of: EditorState;
    readonly problem: CodeProblem | null;
  }>();
  useEffect(() => {
    let isCurrent = true;
    const check = async () => {
      const problem = await codeProblem(state);
      if (isCurrent) setChecked({ of: state, problem });
    };
    const timer = setTimeout(() => void check(), LINT_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [state]);
  return checked?.of === state ? checked.problem : grammarProblem(state);
}

/** A person's JavaScript, and how it runs. */
export function CodeEditor({ binding, onChange }: CodeEditorProps) {
  const problem = useCodeProblem(binding.code);
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
        anything else becomes JSON, and after an error the lane waits for you. <code>ctx.log(…)</code> shows
        progress, <code>ctx.signal</code> stops with the lane, and <code>ctx.state</code> is an object that
        lasts between calls if the tool keeps state. The code runs apart from this page and has no network.
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
