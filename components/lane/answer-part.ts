"use client";

import { loadedPart } from "@/components/ui/loaded-part";

// The styles come with the page: a sheet that arrives later lays out every text anew.
import "@/components/answer/answer.css";
import "@/components/answer/parts.css";
import "@/components/markdown/markdown.css";
import "katex/dist/katex.min.css";

/** An answer, and with it all that reads and draws Markdown, calls and timings: a first visit has none yet. */
export const AnswerPart = loadedPart(async () => (await import("@/components/answer/answer")).Answer);
