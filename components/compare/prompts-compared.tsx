"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { diffPrompts, type PromptDiff } from "@/lib/compare/diff-prompts";
import { showMarks } from "@/lib/markdown/visible-marks";
import { cachedTokensOf } from "@/lib/providers/dialect-id";
import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import type { AttemptRecord } from "@/lib/run/record";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";
import { measureStep } from "@/lib/stream/figures/measure-turn";
import type { Step } from "@/lib/stream/turn/turn";

import { TextPieces } from "./text-pieces";

type PromptsComparedProps = {
  names: readonly [string, string];
  records: readonly [AttemptRecord, AttemptRecord];
  steps: readonly [Step, Step];
};

type State =
  | { readonly is: "unasked" | "asked" }
  | { readonly is: "answered"; readonly diff: PromptDiff }
  | { readonly is: "failed"; readonly message: string };

/** Where the prompts part that llama.cpp makes of two requests: up to there, one can use the cache of the other. */
export function PromptsCompared({ names, records, steps }: PromptsComparedProps) {
  const page = usePageActions();
  const [state, setState] = useState<State>({ is: "unasked" });
  const canRender = steps.every(({ request: { provider } }) => provider === llamaCpp.id);
  const isChat = records.every(({ speech }) => speech?.dialect === "chat-completions");
  if (!canRender || !isChat) return null;
  const ask = async () => {
    setState({ is: "asked" });
    const prompts = await Promise.all(
      ([0, 1] as const).map(async (side) => {
        const { provider, endpoint } = steps[side].request;
        return page.promptTokens({ provider, endpoint, body: await page.sentRequest(records[side]) });
      }),
    );
    const [one, other] = prompts;
    const failed = prompts.find((prompt) => !prompt.ok);
    if (failed?.ok === false) setState({ is: "failed", message: failed.message });
    else if (one?.ok === true && other?.ok === true)
      setState({ is: "answered", diff: diffPrompts(one, other) });
  };
  return (
    <section className="grid gap-1.5">
      <div className="flex items-center gap-2">
        <h3 className="flex-1 font-medium">Prompts and cache</h3>
        <Button size="small" disabled={state.is === "asked"} onClick={() => void ask()}>
          {state.is === "asked" ? "Comparing…" : "Compare prompts"}
        </Button>
      </div>
      {state.is === "answered" ? (
        <Found diff={state.diff} names={names} steps={steps} />
      ) : state.is === "failed" ? (
        <p role="alert" className="text-danger text-[13px] [overflow-wrap:anywhere]">
          {showMarks(state.message)}
        </p>
      ) : (
        <p className="text-muted text-[13px]">
          Asks the server for both prompts as its template makes them now, and for their tokens. Runs no
          model.
        </p>
      )}
    </section>
  );
}

function Found({
  diff,
  names,
  steps,
}: {
  diff: PromptDiff;
  names: PromptsComparedProps["names"];
  steps: PromptsComparedProps["steps"];
}) {
  const { shared, counts, before, next } = diff;
  const cached = measureStep(steps[1], cachedTokensOf).cachedTokens.value;
  return (
    <>
      <p className="tabular-nums">{placeWords(diff, names)}</p>
      <p className="text-muted text-[13px] tabular-nums">
        {`${names[0]}: ${formatPlural(counts[0], "token")} · ${names[1]}: ${formatPlural(counts[1], "token")}, counted by the server. `}
        {cached === null
          ? `The server did not report how much of ${names[1]} came from its cache.`
          : `The server reported ${formatPlural(cached, "token")} of ${names[1]} from its cache.`}
        {cached !== null && cached > shared ? " It had a prompt in its cache that shares more." : ""}
      </p>
      {next[0] === "" && next[1] === "" ? null : (
        <div className="figures bg-sunken rounded-inner max-h-72 overflow-y-auto px-2.5 py-1.5 [overflow-wrap:anywhere] whitespace-pre-wrap">
          <TextPieces
            shows="both"
            pieces={[
              { kind: "same", text: before },
              { kind: "removed", text: next[0] },
              { kind: "same", text: "\n" },
              { kind: "added", text: next[1] },
            ]}
          />
        </div>
      )}
    </>
  );
}

function placeWords({ shared, counts }: PromptDiff, [one, other]: readonly [string, string]): string {
  if (shared === counts[0] && shared === counts[1])
    return `Both prompts are equal: the cache could be used for all of their ${formatPlural(shared, "token")}.`;
  if (shared === counts[0])
    return `The prompt of ${other} begins with all ${formatPlural(shared, "token")} of ${one}: the cache could be used for all of them.`;
  return `The cache could be used up to token ${formatCount(shared)} of ${formatCount(counts[1])}: there the prompts part.`;
}
