"use client";

import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel/panel";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { OriginQuestion } from "@/lib/session/store/app-state";

type ConsentPanelProps = {
  question: OriginQuestion;
  onAnswer: (isAllowed: boolean) => void;
};

/** Asks before anything goes to a server that came with an imported comparison. */
export function ConsentPanel({ question: { origin, name }, onAnswer }: ConsentPanelProps) {
  return (
    <Panel title="Send to this server?" kind="dialog" onClose={() => onAnswer(false)}>
      <div className="grid gap-3 p-4">
        <p className="[overflow-wrap:anywhere]">
          This comparison wants to send your prompt to{" "}
          <strong className="figures">{showMarks(origin)}</strong>
          {name === origin ? "" : `, which it calls “${showMarks(name)}”`}. It is not one of your servers.
        </p>
        <p className="text-muted text-[13px]">
          Nothing has been sent yet. If you allow it, Vitrine adds it to your servers and won't ask again.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button kind="primary" onClick={() => onAnswer(true)}>
            Allow and send
          </Button>
          <Button data-initial-focus onClick={() => onAnswer(false)}>
            Do not send
          </Button>
        </div>
      </div>
    </Panel>
  );
}
