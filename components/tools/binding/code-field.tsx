"use client";

import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  type CompletionSource,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";
import { useEffect, useEffectEvent, useRef } from "react";

import { jsonEditorTheme } from "@/components/json-editor/json-editor-theme";
import { cn } from "@/components/ui/cn";

type CodeFieldProps = {
  /** The field's name for assistive technology. */
  label: string;
  /** The text at first. The field owns it from then on: a later change needs a new `key`. */
  initialValue: string;
  onChange: (text: string) => void;
  /** A language, or what marks problems; a constant. */
  extensions: readonly Extension[];
  /** What is offered while typing; null = nothing. */
  complete: CompletionSource | null;
  /** No line breaks: Enter does nothing, and a pasted text loses its own. */
  isOneLine?: boolean;
  /** Id of the element that says what is wrong; null = nothing is. */
  problemId?: string | null;
  className?: string;
};

const NOTHING: CompletionSource = () => null;

/** A text with colors and completion. Tab leaves it, as it leaves any field. */
export function CodeField(props: CodeFieldProps) {
  const { label, initialValue, extensions, isOneLine = false, problemId = null, className } = props;
  const host = useRef<HTMLDivElement>(null);
  const changed = useEffectEvent(props.onChange);
  const complete = useEffectEvent((...given: Parameters<CompletionSource>) =>
    (props.complete ?? NOTHING)(...given),
  );
  const firstValue = useEffectEvent(() => initialValue);

  useEffect(() => {
    if (host.current === null) return;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: firstValue(),
        extensions: [
          ...editing(isOneLine),
          autocompletion({ override: [(context) => complete(context)], icons: false }),
          ...extensions,
          EditorView.contentAttributes.of({ "aria-label": label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
          }),
        ],
      }),
    });
    return () => editor.destroy();
  }, [label, extensions, isOneLine]);

  useEffect(() => {
    const content = host.current?.querySelector("[contenteditable]");
    if (problemId === null) {
      content?.removeAttribute("aria-invalid");
      content?.removeAttribute("aria-describedby");
    } else {
      content?.setAttribute("aria-invalid", "true");
      content?.setAttribute("aria-describedby", problemId);
    }
  }, [problemId]);

  return (
    <div
      ref={host}
      className={cn(
        "min-w-0 overflow-hidden rounded-inner border border-line-strong bg-surface focus-within:outline-2 focus-within:outline-accent",
        problemId !== null && "border-danger",
        className,
      )}
    />
  );
}

function editing(isOneLine: boolean): readonly Extension[] {
  return [
    history(),
    drawSelection(),
    // The first Esc is the list's; the next one reaches the panel around the field.
    keymap.of([{ key: "Escape", run: closeCompletion, stopPropagation: true }]),
    isOneLine
      ? [keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]), withoutLineBreaks]
      : [
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        ],
    EditorView.lineWrapping,
    jsonEditorTheme,
  ];
}

const withoutLineBreaks = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
  const text = transaction.newDoc.toString().replaceAll("\n", "");
  return { changes: { from: 0, to: transaction.startState.doc.length, insert: text } };
});
