"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";

import { useBoot } from "@/lib/session/hooks/use-page";
import { useActions, useCurrentDraft, useRows, useSession, useTools } from "@/lib/session/hooks/use-session";
import { fromFirstHtml } from "@/lib/session/page/first-html";
import type { SendOutcome } from "@/lib/session/store/session";
import { sampleTools } from "@/lib/tools/samples";

import { type Starter, STARTERS } from "./starters";

/** Runs a starter; one that was pressed before the page was ready (`early`) runs as soon as it is. */
export function useStarters(onSent: (outcome: SendOutcome) => void): {
  readonly early: Starter | null;
  readonly start: (starter: Starter) => void;
} {
  const isReady = useBoot() === "ready";
  const { lanes } = useSession();
  const isFresh = useRows().length === 0;
  const actions = useActions();
  const currentDraft = useCurrentDraft();
  const knownTools = useTools();
  const [pressed, setPressed] = useState<Starter | null>(null);
  const hasBegun = useRef(false);

  const run = ({ prompt, tools }: Starter) => {
    for (const sample of sampleTools) {
      if (tools.includes(sample.id) && !knownTools.some(({ id }) => id === sample.id))
        actions.saveTool(sample);
    }
    for (const { id } of lanes) actions.changeSetup(id, { tools });
    // What a first visit finds in the composer is one of the starters; what a person typed stays.
    if (STARTERS.some((starter) => starter.prompt === currentDraft())) actions.setDraft("");
    onSent(actions.send(prompt, "all"));
  };
  const begin = useEffectEvent(() => {
    const title = fromFirstHtml.takeStarter();
    const starter = pressed ?? STARTERS.find((each) => each.title === title);
    // A comparison that was read in the meantime has no starters. React's development mode begins twice.
    if (starter !== undefined && isFresh && !hasBegun.current) run(starter);
    hasBegun.current = true;
  });
  useEffect(() => {
    if (isReady) begin();
  }, [isReady]);
  return { early: isReady ? null : pressed, start: isReady ? run : setPressed };
}
