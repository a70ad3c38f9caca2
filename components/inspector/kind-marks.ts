import type { FrameKind } from "@/lib/inspect/frame";

/** The kinds in the order in which they are offered. */
export const KINDS: readonly FrameKind[] = [
  "thought",
  "text",
  "call",
  "usage",
  "timings",
  "error",
  "own",
  "other",
];

/** What each kind is called, and the color of its dot. */
export const KIND_MARKS: Record<
  FrameKind,
  { readonly label: string; readonly dot: string; readonly about: string }
> = {
  thought: { label: "thought", dot: "bg-phase-thinking", about: "Words of a thought" },
  text: { label: "text", dot: "bg-phase-answer", about: "Words of the answer" },
  call: { label: "call", dot: "bg-phase-tool", about: "Pieces of a tool call" },
  usage: { label: "usage", dot: "bg-phase-prompt", about: "Token counts and costs" },
  timings: { label: "timings", dot: "bg-phase-waiting", about: "Times and progress that the server reports" },
  error: { label: "error", dot: "bg-danger", about: "The server or Vitrine reports a failure" },
  own: { label: "Vitrine", dot: "border border-line-strong", about: "Written by Vitrine, not by the server" },
  other: {
    label: "other",
    dot: "bg-line-strong",
    about: "Comments, ids, finish reasons and whatever makes no part",
  },
};
