"use client";

import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json, jsonLanguage } from "@codemirror/lang-json";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { linter } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers, tooltips } from "@codemirror/view";
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";

import { cn } from "@/components/ui/cn";
import type { JsonObject } from "@/lib/stream/turn/json";

import { jsonCompletion } from "./json-completion";
import { jsonEditorTheme } from "./json-editor-theme";
import { type Range, rangeAt } from "./json-node";
import type { LocatedProblem } from "./json-problems";
import type { JumpTo } from "./jump-to";

export type JsonEditorProps = {
  /** The editor's name for assistive technology. */
  label: string;
  /** The text at first. The editor owns it from then on: a later change needs a new `key`. */
  initialValue: string;
  onChange: (text: string) => void;
  /** What names and values to offer while typing; a constant. */
  schema: JsonObject;
  /** What is wrong with the text; each problem is drawn where it is. */
  problemsOf: (text: string) => readonly LocatedProblem[];
  readOnly?: boolean;
  className?: string;
  /** A place to go to; each new object goes there again. null = none. */
  jump?: JumpTo | null;
  /** What is selected while the editor has the focus, null without it: read when it begins, written when it ends. */
  cursor?: RefObject<Range | null>;
  /** Id of the element that says what is wrong; null = nothing is. */
  problemId?: string | null;
};

const LINT_MS = 250;

/** A JSON text with colors, completion from a schema and problems at their token. Tab leaves it, as it leaves any field. */
export function JsonEditor({
  label,
  initialValue,
  onChange,
  schema,
  problemsOf,
  readOnly = false,
  className,
  jump = null,
  cursor,
  problemId = null,
}: JsonEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const changed = useEffectEvent(onChange);
  const find = useEffectEvent(problemsOf);
  const firstValue = useEffectEvent(() => initialValue);

  // Before the browser can deliver a key: the field that stood here may have had the focus.
  useLayoutEffect(() => {
    if (host.current === null) return undefined;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: firstValue(),
        extensions: [
          editing(schema),
          // Rows of a lane cut off what reaches out of them; a panel lies above the rest of the page.
          host.current.closest("dialog, [role=dialog]") === null ? tooltips({ parent: document.body }) : [],
          EditorView.contentAttributes.of({ "aria-label": label }),
          EditorState.readOnly.of(readOnly),
          linter((current) => diagnostics(find(current.state.doc.toString())), { delay: LINT_MS }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    if (cursor !== undefined && cursor.current !== null) {
      const most = editor.state.doc.length;
      const { from, to } = cursor.current;
      editor.dispatch({ selection: { anchor: Math.min(from, most), head: Math.min(to, most) } });
      editor.focus();
    }
    return () => {
      const { from, to } = editor.state.selection.main;
      if (cursor !== undefined) cursor.current = editor.hasFocus ? { from, to } : null;
      editor.destroy();
    };
  }, [label, readOnly, schema, cursor]);

  // At each render: a new editor begins without them.
  useEffect(() => {
    const content = view.current?.contentDOM;
    content?.setAttribute("aria-invalid", String(problemId !== null));
    if (problemId === null) content?.removeAttribute("aria-describedby");
    else content?.setAttribute("aria-describedby", problemId);
  });

  useEffect(() => {
    const editor = view.current;
    if (jump === null || editor === null) return;
    const text = editor.state.doc.toString();
    const range = "pointer" in jump ? rangeAt(jsonLanguage.parser.parse(text), text, jump.pointer) : jump;
    const from = Math.min(range.from, text.length);
    const to = Math.min(range.to, text.length);
    editor.dispatch({
      selection: { anchor: from, head: to },
      effects: EditorView.scrollIntoView(from, { y: "center" }),
    });
    editor.focus();
  }, [jump]);

  return (
    <div
      ref={host}
      className={cn(
        "overflow-hidden rounded-inner border border-line-strong bg-surface focus-within:outline-2 focus-within:outline-accent",
        className,
      )}
    />
  );
}

function editing(schema: JsonObject) {
  return [
    lineNumbers(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    json(),
    autocompletion({ override: [jsonCompletion(schema)], icons: false }),
    // The first Esc is the list's; the next one reaches the panel around the editor.
    keymap.of([{ key: "Escape", run: closeCompletion, stopPropagation: true }]),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    EditorView.lineWrapping,
    jsonEditorTheme,
  ];
}

function diagnostics(problems: readonly LocatedProblem[]) {
  return problems.map(({ from, to, level, message }) => ({ from, to, severity: level, message }));
}
