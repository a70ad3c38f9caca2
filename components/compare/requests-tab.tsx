"use client";

import { useMemo, useState } from "react";

import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { Select } from "@/components/ui/fields/select";
import { diffJson } from "@/lib/compare/diff-json";
import { withSizes } from "@/lib/session/images/wire-images";
import { formatPlural } from "@/lib/stream/figures/format-number";
import { readWritten } from "@/lib/stream/turn/written-json";

import type { Sides } from "./compared";
import { JsonChanges } from "./json-changes";
import { PromptsCompared } from "./prompts-compared";
import { type SentStep, useSentRequest } from "./use-sent-request";

type RequestsTabProps = {
  sides: Sides;
  /** Steps that are shown at first; null = the first of each. */
  first: readonly [string, string] | null;
};

/** What two steps sent: where the bodies differ, and where the prompts that a server made of them do. */
export function RequestsTab({ sides, first }: RequestsTabProps) {
  const { ids, turns } = sides;
  const [chosen, setChosen] = useState<readonly [string | undefined, string | undefined]>(
    first ?? [turns[0].steps[0]?.id, turns[1].steps[0]?.id],
  );
  const steps = [stepOf(turns[0].steps, chosen[0]), stepOf(turns[1].steps, chosen[1])] as const;
  const sent = [useSentRequest(ids[0], steps[0]?.id), useSentRequest(ids[1], steps[1]?.id)] as const;
  // Two steps of one answer are called by their numbers.
  const isOne = ids[0] === ids[1];
  const names = isOne ? stepNames(turns, steps) : sides.names;
  const hasChoice = turns.some((turn) => turn.steps.length > 1);
  return (
    <ScrollBox label="Differences of the requests" className="grid min-h-0 flex-1 content-start gap-4 p-4">
      {hasChoice ? (
        <div className="flex flex-wrap gap-x-4 gap-y-1.5">
          {([0, 1] as const).map((side) => (
            <label key={side} className="text-muted flex items-center gap-2 text-[13px]">
              {isOne ? (side === 0 ? "First step" : "Second step") : `Step of ${names[side]}`}
              <Select
                value={steps[side]?.id ?? ""}
                options={turns[side].steps.map(({ id }, index) => ({ value: id, label: String(index + 1) }))}
                onChange={(id) => setChosen(side === 0 ? [id, steps[1]?.id] : [steps[0]?.id, id])}
              />
            </label>
          ))}
        </div>
      ) : null}
      <Bodies sent={sent} names={names} />
      {sent[0].state === "shown" && sent[1].state === "shown" && steps[0] && steps[1] ? (
        <PromptsCompared
          key={`${steps[0].id} ${steps[1].id}`}
          names={names}
          records={[sent[0].record, sent[1].record]}
          steps={[steps[0], steps[1]]}
        />
      ) : null}
    </ScrollBox>
  );
}

type Steps = Sides["turns"][0]["steps"];

function stepOf(steps: Steps, id: string | undefined): Steps[number] | undefined {
  return steps.find((step) => step.id === id) ?? steps[0];
}

function stepNames(turns: Sides["turns"], steps: readonly (Steps[number] | undefined)[]): Sides["names"] {
  const name = (side: 0 | 1) =>
    `step ${String(turns[side].steps.findIndex(({ id }) => id === steps[side]?.id) + 1)}`;
  return [name(0), name(1)];
}

function Bodies({ sent, names }: { sent: readonly [SentStep, SentStep]; names: Sides["names"] }) {
  const [one, other] = sent;
  const bodies = useMemo(
    () =>
      [one, other].map((side) =>
        side.state === "shown" ? readWritten(withSizes(side.record.request)) : undefined,
      ),
    [one, other],
  );
  const [body, otherBody] = bodies;
  const changes = useMemo(
    () => (body === undefined || otherBody === undefined ? null : diffJson(body, otherBody)),
    [body, otherBody],
  );
  if (one.state === "loading" || other.state === "loading") return <p className="text-muted">Loading…</p>;
  const missing = names.filter((_, side) => sent[side]?.state !== "shown");
  if (missing.length > 0)
    return (
      <p className="text-muted">
        {`No recording of ${missing.join(" and ")}: a request was never sent, or its record is not in this browser.`}
      </p>
    );
  if (changes === null)
    return <p className="text-muted">A body is not JSON, so it cannot be compared by its fields.</p>;
  return (
    <section className="grid gap-1.5">
      <h3 className="font-medium">Bodies</h3>
      <p className="text-muted text-[13px]">
        {changes.length === 0
          ? "Both steps sent the same body."
          : `${formatPlural(changes.length, "difference")}; everything else is equal.`}
      </p>
      <JsonChanges label="Differences of the bodies" changes={changes} names={names} />
    </section>
  );
}
