"use client";

import { Check, Copy, X } from "lucide-react";
import { useEffect, useState } from "react";

import { Button } from "./button";
import { copyText } from "./copy-text";
import { IconButton } from "./icon-button";

type CopyButtonProps = {
  /** What is copied, such as "Copy prompt". */
  label: string;
  /** Called at the click, so that long texts are made only when asked for. */
  text: () => string;
  /** The label stands beside the icon. */
  showsLabel?: boolean;
  className?: string;
};

type Outcome = "none" | "copied" | "refused";

const TICK_MS = 1600;
const ICONS = { none: Copy, copied: Check, refused: X } as const;
const SAYS = { none: "", copied: "Copied", refused: "The browser blocked copying" } as const;

/** Copies a text and says whether that worked. */
export function CopyButton({ label, text, showsLabel = false, className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>("none");
  useEffect(() => {
    if (outcome === "none") return;
    const timer = setTimeout(() => setOutcome("none"), TICK_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const Icon = ICONS[outcome];
  const copy = () => void copyText(text()).then((copied) => setOutcome(copied ? "copied" : "refused"));
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
      <output className="sr-only">{SAYS[outcome]}</output>
    </>
  );
}
