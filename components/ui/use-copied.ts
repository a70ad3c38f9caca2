"use client";

import { useEffect, useState } from "react";

import { copyText } from "./copy-text";

export type CopyOutcome = "none" | "copied" | "refused";

const SHOWN_MS = 1600;

/** What is said of the last copy. */
export const COPY_WORDS = { none: "", copied: "Copied", refused: "The browser blocked copying" } as const;

/** Copies a text, returns whether that worked, and says so for a moment. */
export function useCopied(): readonly [outcome: CopyOutcome, copy: (text: string) => Promise<boolean>] {
  const [outcome, setOutcome] = useState<CopyOutcome>("none");
  useEffect(() => {
    if (outcome === "none") return;
    const timer = setTimeout(() => setOutcome("none"), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async (text: string) => {
    const copied = await copyText(text);
    setOutcome(copied ? "copied" : "refused");
    return copied;
  };
  return [outcome, copy];
}
