"use client";

import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from "react";

import { isComposing } from "@/components/ui/fields/is-composing";
import { useBoot } from "@/lib/session/hooks/use-page";
import { useDraft } from "@/lib/session/hooks/use-session";
import { EXAMPLE_PROMPT } from "@/lib/session/store/first-session";

type PromptFieldProps = {
  placeholder: string;
  readOnly: boolean;
  onDraft: (draft: string) => void;
  onEnter: () => void;
};

/** What is typed, apart from the composer around it: a key draws this alone. */
export function PromptField({ placeholder, readOnly, onDraft, onEnter }: PromptFieldProps) {
  const onScreen = useKeyboardOnScreen();
  const field = useRef<HTMLTextAreaElement>(null);
  const isReady = useBoot() === "ready";
  useLayoutEffect(() => {
    const prompt = field.current;
    // Whoever went into the field before the example came is about to type: the first letter takes its place.
    if (isReady && prompt === document.activeElement && prompt?.value === EXAMPLE_PROMPT) prompt.select();
  }, [isReady]);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
    // A keyboard on the screen has no Shift+Enter, and Run is beside it.
    if (onScreen() && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <textarea
      ref={field}
      // The script of the first HTML finds it by its name.
      name="prompt"
      // A browser that puts an old text back after a reload would seem to type it.
      autoComplete="off"
      dir="auto"
      aria-label="Prompt"
      rows={1}
      value={useDraft()}
      readOnly={readOnly}
      placeholder={placeholder}
      onChange={(event) => onDraft(event.target.value)}
      onKeyDown={onKeyDown}
      className="field-sizing-content max-h-60 min-h-8 min-w-0 flex-1 basis-64 resize-none bg-transparent px-1 py-1.5 text-[15px] leading-snug outline-none max-[480px]:basis-40 pointer-coarse:py-[11px]"
    />
  );
}

/** Keys that keyboards on a screen do not have. */
const HARDWARE_KEYS: ReadonlySet<string> = new Set(["Tab", "Escape", "Control", "Alt", "Meta"]);

/** Says whether keys come from a keyboard on the screen: a finger is the pointer, and no key of another kind was pressed. */
function useKeyboardOnScreen(): () => boolean {
  const hasHardware = useRef(false);
  useEffect(() => {
    const onKeyDown = ({ key }: globalThis.KeyboardEvent) => {
      if (HARDWARE_KEYS.has(key)) hasHardware.current = true;
    };
    document.addEventListener("keydown", onKeyDown, { passive: true });
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  return () => !hasHardware.current && window.matchMedia("(pointer: coarse)").matches;
}
