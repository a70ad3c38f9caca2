"use client";

import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { NUMBER_ROWS, writtenFigure } from "@/components/answer/timings/number-rows";
import { differenceOf } from "@/lib/compare/diff-figures";
import { cachedTokensOf } from "@/lib/providers/dialect-id";
import { useIsRecording } from "@/lib/session/hooks/use-session";
import { type Figure, sourceLabel } from "@/lib/stream/figures/figure";
import { formatCount } from "@/lib/stream/figures/format-number";
import { measureStep, measureTurn } from "@/lib/stream/figures/measure-turn";

import type { Sides } from "./compared";

/** The numbers of two answers beside each other, and the prompt tokens of each of their steps. */
export function TimingsTab({ sides: { turns, names } }: { sides: Sides }) {
  const [one, other] = [measureTurn(turns[0], cachedTokensOf), measureTurn(turns[1], cachedTokensOf)];
  const rows = NUMBER_ROWS.filter(
    ({ key }) => key !== "cost" || one.cost.value !== null || other.cost.value !== null,
  );
  const steps = Array.from(
    { length: Math.max(turns[0].steps.length, turns[1].steps.length) },
    (_, index) => index,
  );
  return (
    <ScrollBox label="Differences of the timings" className="grid min-h-0 flex-1 content-start gap-5 p-4">
      <table aria-label="Timings of both" className="text-muted w-full text-[13px]">
        <thead>
          <tr className="border-line border-b">
            <th scope="col" className="sr-only">
              Number
            </th>
            <th scope="col" className="pb-1 text-right font-medium">
              {names[0]}
            </th>
            <th scope="col" className="pb-1 pl-4 text-right font-medium">
              {names[1]}
            </th>
            <th scope="col" className="pb-1 pl-4 text-right font-normal">
              Difference
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, key, write }) => (
            <tr key={key} className="align-top">
              <th scope="row" className="py-0.5 pr-2 text-left font-normal whitespace-nowrap">
                {name}
              </th>
              <Value figure={one[key]} text={writtenFigure(one[key], write)} />
              <Value figure={other[key]} text={writtenFigure(other[key], write)} />
              <td className="py-0.5 pl-4 text-right whitespace-nowrap tabular-nums">
                {differenceOf(one[key], other[key])}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <section className="grid gap-1">
        <h3 className="font-medium">Prompt tokens of each step</h3>
        <p className="text-muted text-[13px]">
          As the server reports them: the whole prompt, what it had in its cache, and what it read anew.
        </p>
        <div className="overflow-x-auto">
          <table
            aria-label="Prompt tokens of each step"
            className="text-muted w-full text-[13px] tabular-nums"
          >
            <thead>
              <tr className="border-line border-b text-right">
                <th scope="col" className="pb-1 text-left font-normal">
                  Step
                </th>
                {names.flatMap((name, side) =>
                  ["prompt", "cached", "new"].map((what) => (
                    <th
                      key={`${String(side)} ${what}`}
                      scope="col"
                      className="pb-1 pl-3 font-normal whitespace-nowrap"
                    >
                      <span className="text-text block font-medium">
                        {what === "prompt" ? name : <span className="sr-only">{name}</span>}
                      </span>
                      {what}
                    </th>
                  )),
                )}
              </tr>
            </thead>
            <tbody>
              {steps.map((index) => (
                <tr key={index} className="text-right">
                  <th scope="row" className="py-0.5 text-left font-normal">
                    {index + 1}
                  </th>
                  {turns.flatMap((turn, side) => {
                    const step = turn.steps[index];
                    const numbers = step === undefined ? null : measureStep(step, cachedTokensOf);
                    return (["inputTokens", "cachedTokens", "newTokens"] as const).map((key) => (
                      <td
                        key={`${String(side)} ${key}`}
                        title={numbers?.[key].explain}
                        className="text-text py-0.5 pl-3"
                      >
                        {numbers === null ? "" : formatCount(numbers[key].value)}
                      </td>
                    ));
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </ScrollBox>
  );
}

function Value({ figure, text }: { figure: Figure; text: string }) {
  const { source, explain } = figure;
  const isRecorded = useIsRecording();
  return (
    <td
      title={source === "unknown" ? explain : `${sourceLabel(source, isRecorded)}: ${explain}`}
      className="text-text py-0.5 pl-4 text-right whitespace-nowrap tabular-nums"
    >
      {text}
    </td>
  );
}
