"use client";

import { Check, Copy, X } from "lucide-react";

import { Button } from "./button";
import { IconButton } from "./icon-button";
import { COPY_WORDS, useCopied } from "./use-copied";

type CopyButtonProps = {
  /** What is copied, such as "Copy prompt". */
  label: string;
  /** Called at the click, so that long texts are made only when asked for. */
  text: () => string;
  /** The label stands beside the icon. */
  showsLabel?: boolean;
  className?: string;
};

const ICONS = { none: Copy, copied: Check, refused: X } as const;

/** Copies a text and says whether that worked. */
export function CopyButton({ label, text, showsLabel = false, className }: CopyButtonProps) {
  const [outcome, copyNow] = useCopied();
  const Icon = ICONS[outcome];
  const copy = () => void copyNow(text());
  return (
    <>
      {showsLabel ? (
        <Button size="small" className={className} onClick={copy}>
          <Icon size={14} aria-hidden />
          {label}
        </Button>
      ) : (
        <IconButton label={label} className={className} onClick={copy}>
          <Icon size={14} aria-hidden />
        </IconButton>
      )}
      <output className="sr-only">{COPY_WORDS[outcome]}</output>
    </>
  );
}
