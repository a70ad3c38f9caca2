"use client";

import { type ReactNode, type RefObject, useId, useLayoutEffect, useRef } from "react";

import type { Range } from "@/components/json-editor/json-node";
import { TextArea } from "@/components/ui/fields/text-area";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { Problem } from "@/lib/tools/formats/problem";

/** What a field for arguments is given, whichever field it is. */
export type ArgumentsFieldProps = {
  /** The field's name for assistive technology. */
  label: string;
  text: string;
  onChange: (text: string) => void;
  /** The schema of the tool's arguments. */
  parameters: JsonObject;
  /** What is wrong with the text. */
  problems: readonly Problem[];
  /** What is selected while the field has the focus, null without it: a field that takes another's place goes on there. */
  cursor: RefObject<Range | null>;
};

/** Arguments as plain text: until the editor is there, where it cannot be loaded, and for a text too long for it. */
export function PlainArguments(props: ArgumentsFieldProps & { notice?: ReactNode }) {
  const { label, text, onChange, problems, cursor, notice = null } = props;
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const area = field.current;
    if (area === null) return undefined;
    if (cursor.current !== null) {
      area.focus();
      area.setSelectionRange(cursor.current.from, cursor.current.to);
    }
    return () => {
      const hasFocus = document.activeElement === area;
      cursor.current = hasFocus ? { from: area.selectionStart, to: area.selectionEnd } : null;
    };
  }, [cursor]);
  return (
    <>
      <TextArea
        ref={field}
        aria-label={label}
        rows={3}
        value={text}
        spellCheck={false}
        aria-invalid={problems.length > 0}
        aria-describedby={id}
        onChange={(event) => onChange(event.target.value)}
        className="figures max-h-80 w-full"
      />
      {notice}
      <output id={id} className="block text-[13px]">
        {problems.map(({ message, level }) => (
          <span
            key={message}
            className={
              level === "error"
                ? "text-danger block [overflow-wrap:anywhere]"
                : "text-warn block [overflow-wrap:anywhere]"
            }
          >
            {showMarks(message)}
          </span>
        ))}
      </output>
    </>
  );
}
