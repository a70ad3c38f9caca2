"use client";

import { useId, useState } from "react";

import { JsonEditor } from "@/components/json-editor/json-editor";
import { jsonProblems } from "@/components/json-editor/json-problems";
import type { JumpTo } from "@/components/json-editor/jump-to";
import { ProblemList } from "@/components/json-editor/problem-list";

import type { ArgumentsFieldProps } from "./plain-arguments";

/** Arguments in the editor that knows their schema: it offers names and values, and shows problems where they are. */
export function ArgumentsField(props: ArgumentsFieldProps) {
  const { label, text, onChange, parameters, problems, cursor } = props;
  const id = useId();
  const [jump, setJump] = useState<JumpTo | null>(null);
  // No text is no arguments, which is fine.
  const problemsOf = (now: string) => (now.trim() === "" ? [] : jsonProblems(now, () => problems));
  const located = problemsOf(text);
  return (
    <>
      <JsonEditor
        label={label}
        initialValue={text}
        schema={parameters}
        problemsOf={problemsOf}
        onChange={onChange}
        jump={jump}
        cursor={cursor}
        problemId={located.length > 0 ? id : null}
        className="[&_.cm-editor]:max-h-80 [&_.cm-scroller]:overflow-auto"
      />
      <output id={id} className="block">
        <ProblemList text={text} problems={located} onJump={setJump} />
      </output>
    </>
  );
}
