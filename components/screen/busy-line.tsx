"use client";

import { isDemoComing, type ProvidersReply } from "@/lib/contract/servers";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useBoot } from "@/lib/session/hooks/use-page";
import { useServers } from "@/lib/session/hooks/use-servers";
import { useHasDraft, useWaitingPrompt } from "@/lib/session/hooks/use-session";

type BusyLineProps = {
  /** Places of the lanes that the prompt would go to and that still answer. */
  laneNumbers: readonly number[];
  /** Other lanes would take the prompt. */
  hasOthers: boolean;
  /** Why the last prompt was not sent; null when it was. */
  refusal: string | null;
};

/** Says what a prompt waits for that is not sent yet, which lanes one would not reach now, and why the last one was not sent. */
export function BusyLine({ laneNumbers, hasOthers, refusal }: BusyLineProps) {
  const hasDraft = useHasDraft();
  const waiting = useWaitingPrompt();
  const boot = useBoot();
  const servers = useServers();
  if (waiting !== null) {
    return (
      <output className="text-muted block truncate px-1 pt-1.5 text-[13px]">
        Runs once {boot === "loading" ? "the page is ready" : awaited(servers)}: “{showMarks(waiting)}”
      </output>
    );
  }
  if (!hasDraft || (laneNumbers.length === 0 && refusal === null)) return null;
  return (
    <output className="text-warn block px-1 pt-1.5 text-[13px]">
      {laneNumbers.length === 0 ? refusal : busyWords(laneNumbers, hasOthers)}
    </output>
  );
}

function awaited(servers: ProvidersReply | null): string {
  return servers !== null && isDemoComing(servers)
    ? "the demo model is ready"
    : "Vitrine has looked for servers";
}

function busyWords(laneNumbers: readonly number[], hasOthers: boolean): string {
  const names = new Intl.ListFormat("en").format(laneNumbers.map(String));
  const who = laneNumbers.length === 1 ? `Lane ${names} is` : `Lanes ${names} are`;
  return `${who} still answering. ${hasOthers ? "Run sends to the other lanes." : "Wait or stop, then run."}`;
}
