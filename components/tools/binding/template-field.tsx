"use client";

import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { useId } from "react";

import { CodeField } from "./code-field";

type TemplateFieldProps = {
  label: string;
  /** The text at first. */
  value: string;
  onChange: (text: string) => void;
  /** Names of the arguments, offered after "{{". */
  names: readonly string[];
  /** Names of the secrets that the server's configuration lists, offered with them. */
  secrets: readonly string[];
  /** What is wrong with the text; null = nothing. */
  problem?: string | null;
  isOneLine?: boolean;
  /** The label stands above the field; otherwise it is for assistive technology only. */
  isLabeled?: boolean;
  className?: string;
};

const NO_EXTENSIONS = [] as const;

/** A text with placeholders for arguments, which are completed after "{{". */
export function TemplateField(props: TemplateFieldProps) {
  const { label, value, onChange, names, secrets, problem = null } = props;
  const { isOneLine = false, isLabeled = true, className } = props;
  const id = useId();
  return (
    <div className={className ?? "grid min-w-0 gap-1"}>
      {isLabeled ? (
        <span id={id} className="text-muted text-[13px]">
          {label}
        </span>
      ) : null}
      <CodeField
        label={label}
        initialValue={value}
        onChange={onChange}
        extensions={NO_EXTENSIONS}
        complete={(context) => placeholders(context, [...names, ...secretPlaceholders(secrets)])}
        isOneLine={isOneLine}
        problemId={problem === null ? null : `${id}-problem`}
      />
      <output id={`${id}-problem`} className="text-danger text-[13px] [overflow-wrap:anywhere] empty:hidden">
        {problem}
      </output>
    </div>
  );
}

/** Where none is listed, the form of one is offered. */
function secretPlaceholders(secrets: readonly string[]): readonly string[] {
  return secrets.length === 0 ? ["secret:NAME"] : secrets.map((name) => `secret:${name}`);
}

function placeholders(context: CompletionContext, names: readonly string[]): CompletionResult | null {
  const before = context.matchBefore(/\{\{\s*[\w.:-]*/u);
  if (before === null) return null;
  const options = names.map((name) => ({ label: `{{${name}}}` }));
  const end = context.state.sliceDoc(context.pos, context.pos + 2) === "}}" ? context.pos + 2 : context.pos;
  return { from: before.from, to: end, options, filter: true };
}
