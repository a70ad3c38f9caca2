"use client";

import { Play } from "lucide-react";

import { Button } from "@/components/ui/button";
import { useRecordings } from "@/lib/session/hooks/use-recording";

/** The recordings that come with Vitrine (`npm run tapes` makes them). The first is what most people want to see. */
const SHIPPED = [
  { file: "think-call-answer.tape", what: "A model thinks, calls a tool and answers" },
  { file: "low-and-high-effort.tape", what: "Low and high effort, side by side" },
  { file: "two-calls.tape", what: "Two calls at once" },
  { file: "five-steps.tape", what: "A loop of five steps (scripted server)" },
] as const;

/** Plays a run that was recorded: nothing needs to be installed for it. */
export function ShippedRecordings() {
  const { openAddress } = useRecordings();
  return (
    <ul className="grid justify-items-start gap-1.5">
      {SHIPPED.map(({ file, what }) => (
        <li key={file}>
          <Button onClick={() => void openAddress(`/tapes/${file}`)}>
            <Play size={14} aria-hidden />
            {what}
          </Button>
        </li>
      ))}
    </ul>
  );
}
