"use client";

import type { KeyboardEvent } from "react";

import { isComposing } from "@/components/ui/is-composing";
import { useDraft } from "@/lib/session/use-session";

type PromptFieldProps = {
  placeholder: string;
  readOnly: boolean;
  onDraft: (draft: string) => void;
  onEnter: () => void;
};

/** What is typed, apart from the composer around it: a key draws this alone. */
export function PromptField({ placeholder, readOnly, onDraft, onEnter }: PromptFieldProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <textarea
      dir="auto"
      aria-label="Prompt"
      rows={1}
      value={useDraft()}
      readOnly={readOnly}
      placeholder={placeholder}
      onChange={(event) => onDraft(event.target.value)}
      onKeyDown={onKeyDown}
      className="field-sizing-content max-h-60 min-h-8 min-w-0 flex-1 basis-64 resize-none bg-transparent px-1 py-1.5 text-[15px] leading-snug outline-none"
    />
  );
}
