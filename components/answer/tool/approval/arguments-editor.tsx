"use client";

import { useId, useMemo, useState } from "react";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { isComposing } from "@/components/ui/fields/is-composing";
import { TextArea } from "@/components/ui/fields/text-area";
import { showMarks } from "@/lib/markdown/visible-marks";
import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import type { CallEdit } from "@/lib/stream/turn/event";
import { parseArguments } from "@/lib/stream/turn/parse-arguments";
import type { ToolCallPart } from "@/lib/stream/turn/turn";
import { checkArguments } from "@/lib/tools/schema/check-arguments";
import { isQuick } from "@/lib/tools/schema/is-quick";
import type { ToolDefinition } from "@/lib/tools/tool";

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
  const id = useId();
  const [text, setText] = useState(() => spacedJson(call.edit?.text ?? call.input));
  const [isSentBack, setIsSentBack] = useState(call.edit?.isSentBack ?? true);
  const problems = useMemo(() => problemsOf(text, tool), [text, tool]);
  const isUsable = problems.kind !== "unreadable";
  const done = (runs: boolean) => {
    if (!isUsable) return;
    const isOwn = canonicalJson(text) === canonicalJson(call.input);
    onDone(isOwn ? null : { text: text.trim() === "" ? "{}" : text, isSentBack }, runs);
  };
  return (
    <div className="grid gap-2">
      <label htmlFor={id} className="text-muted text-[13px]">
        Arguments to run with
      </label>
      <TextArea
        id={id}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened by the press that asked for it
        autoFocus
        rows={3}
        value={text}
        spellCheck={false}
        aria-invalid={problems.kind !== "fine"}
        aria-describedby={`${id}-problems`}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            event.stopPropagation();
            onCancel();
          }
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
          event.preventDefault();
          event.stopPropagation();
          done(true);
        }}
        className="figures max-h-80 w-full"
      />
      <output id={`${id}-problems`} className="block text-[13px]">
        {problems.lines.map((line) => (
          <span
            key={line}
            className={
              isUsable
                ? "text-warn block [overflow-wrap:anywhere]"
                : "text-danger block [overflow-wrap:anywhere]"
            }
          >
            {showMarks(line)}
          </span>
        ))}
      </output>
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

type Problems = {
  /** "unfit": not what the schema asks for, which a person may want to try. */
  readonly kind: "fine" | "unfit" | "unreadable";
  readonly lines: readonly string[];
};

const FINE: Problems = { kind: "fine", lines: [] };

function problemsOf(text: string, tool: ToolDefinition): Problems {
  const args = parseArguments(text);
  if (!args.valid) return { kind: "unreadable", lines: [args.message] };
  // What may take long is checked once the arguments are kept, in a worker.
  if (!isQuick(tool.parameters, text.length)) return FINE;
  const check = checkArguments(tool.parameters, args.value);
  if (check.valid) return FINE;
  const lines = check.failures.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  return { kind: "unfit", lines: [...new Set(lines)] };
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
