"use client";

import { type ComponentType, useMemo, useRef, useState } from "react";

import type { Range } from "@/components/json-editor/json-node";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { isComposing } from "@/components/ui/fields/is-composing";
import { loadedPart } from "@/components/ui/loaded-part";
import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import type { CallEdit } from "@/lib/stream/turn/event";
import { parseArguments } from "@/lib/stream/turn/parse-arguments";
import type { ToolCallPart } from "@/lib/stream/turn/turn";
import type { Problem } from "@/lib/tools/formats/problem";
import { checkArguments } from "@/lib/tools/schema/check-arguments";
import { isQuick } from "@/lib/tools/schema/is-quick";
import type { ToolDefinition } from "@/lib/tools/tool";

import { type ArgumentsFieldProps, PlainArguments } from "./plain-arguments";

const LABEL = "Arguments to run with";
/** Characters. Of a longer text, to find its colors and problems would hold up each key. */
const LONGEST_COLORED = 200_000;

/** The field of arguments: the editor once its code is there, and a plain text that it goes on from until then. */
export function argumentsField(load: () => Promise<ComponentType<ArgumentsFieldProps>>) {
  return loadedPart(load, {
    wait: (props) => <PlainArguments {...props} />,
    frame: (notice, props) => <PlainArguments {...props} notice={notice} />,
  });
}

/** The field of arguments that the page uses. */
export const ArgumentsField = argumentsField(async () => (await import("./arguments-field")).ArgumentsField);

type ArgumentsEditorProps = {
  call: ToolCallPart;
  tool: ToolDefinition;
  /** Its best button is the one that stands out in the lane. */
  isLeading: boolean;
  /** Takes the arguments; null = the model's own. `runs`: the call runs with them at once. */
  onDone: (edit: CallEdit | null, runs: boolean) => void;
  onCancel: () => void;
};

/** A call's arguments as text to change, with what its tool's schema says to them. */
export function ArgumentsEditor({ call, tool, isLeading, onDone, onCancel }: ArgumentsEditorProps) {
  const [text, setText] = useState(() => spacedJson(call.edit?.text ?? call.input));
  const [isSentBack, setIsSentBack] = useState(call.edit?.isSentBack ?? true);
  const [isPlain] = useState(text.length > LONGEST_COLORED);
  // The press that opened it asked for it.
  const cursor = useRef<Range | null>({ from: 0, to: 0 });
  const problems = useMemo(() => problemsOf(text, tool), [text, tool]);
  const isUsable = problems.every(({ level }) => level === "warning");
  const done = (runs: boolean) => {
    if (!isUsable) return;
    const isOwn = canonicalJson(text) === canonicalJson(call.input);
    onDone(isOwn ? null : { text: text.trim() === "" ? "{}" : text, isSentBack }, runs);
  };
  const Field = isPlain ? PlainArguments : ArgumentsField;
  return (
    <div className="grid gap-2">
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the field in it */}
      <div
        className="grid min-w-0 gap-2"
        // Before the editor, whose own Ctrl+Enter would add a line.
        onKeyDownCapture={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
          event.preventDefault();
          event.stopPropagation();
          done(true);
        }}
        // After it: the first Esc closes its list.
        onKeyDown={(event) => {
          if (event.key !== "Escape" || isComposing(event)) return;
          event.stopPropagation();
          onCancel();
        }}
      >
        <span className="text-muted text-[13px]">{LABEL}</span>
        <Field
          label={LABEL}
          text={text}
          onChange={setText}
          parameters={tool.parameters}
          problems={problems}
          cursor={cursor}
        />
      </div>
      <Checkbox
        label="The model reads its call back with these arguments"
        checked={isSentBack}
        onChange={setIsSentBack}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          size="small"
          kind={isLeading ? "primary" : "plain"}
          aria-disabled={!isUsable}
          title="Ctrl+Enter"
          onClick={() => done(true)}
        >
          Run with these
        </Button>
        <Button size="small" aria-disabled={!isUsable} onClick={() => done(false)}>
          Keep them
        </Button>
        {call.edit === undefined ? null : (
          <Button size="small" onClick={() => onDone(null, false)}>
            Back to the model&rsquo;s
          </Button>
        )}
        <Button size="small" kind="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

/** "error": these are no arguments. "warning": not what the schema asks for, which a person may want to try. */
function problemsOf(text: string, tool: ToolDefinition): readonly Problem[] {
  const args = parseArguments(text);
  if (!args.valid) return [{ pointer: "", message: args.message, level: "error" }];
  // What may take long is checked once the arguments are kept, in a worker.
  if (!isQuick(tool.parameters, text.length)) return [];
  const check = checkArguments(tool.parameters, args.value);
  if (check.valid) return [];
  const problems = check.failures.map(({ path, message }) => ({
    pointer: path,
    message: path === "" ? message : `${path}: ${message}`,
    level: "warning" as const,
  }));
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

/** The JSON on lines of its own, where that keeps every number as it was written. */
function spacedJson(text: string): string {
  try {
    const spaced = JSON.stringify(JSON.parse(text), null, 2);
    return canonicalJson(spaced) === canonicalJson(text) ? spaced : text;
  } catch {
    // A person may repair it.
    return text;
  }
}
