"use client";

import { useHasDraft } from "@/lib/session/hooks/use-session";

type BusyLineProps = {
  /** Places of the lanes that the prompt would go to and that still answer. */
  places: readonly number[];
  /** Other lanes would take the prompt. */
  hasOthers: boolean;
  /** Why the last prompt was not sent; null when it was. */
  refusal: string | null;
};

/** Says which lanes a prompt would not reach now, while there is one, and why the last one was not sent. */
export function BusyLine({ places, hasOthers, refusal }: BusyLineProps) {
  const hasDraft = useHasDraft();
  if (!hasDraft || (places.length === 0 && refusal === null)) return null;
  return (
    <output className="text-warn block px-1 pt-1.5 text-[13px]">
      {places.length === 0 ? refusal : busyWords(places, hasOthers)}
    </output>
  );
}

function busyWords(places: readonly number[], hasOthers: boolean): string {
  const names = new Intl.ListFormat("en").format(places.map(String));
  const who = places.length === 1 ? `Lane ${names} is` : `Lanes ${names} are`;
  return `${who} still answering. ${hasOthers ? "Run sends to the other lanes." : "Wait or stop, then run."}`;
}
