"use client";

import { useEffect, useMemo, useState } from "react";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { NumberField } from "@/components/ui/fields/number-field";
import { Segmented } from "@/components/ui/fields/segmented";
import { pickFile } from "@/components/ui/files";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useSession } from "@/lib/session/hooks/use-session";
import { randomId } from "@/lib/session/store/ids";
import { effectiveSetup } from "@/lib/session/store/lanes";
import { chosenRun, laneLabels, sharedEfforts } from "@/lib/session/verify/new-run";
import { useVerify, useVerifyActions } from "@/lib/session/verify/verify-context";
import { formatPlural } from "@/lib/stream/figures/format-number";

import { PlanLines } from "./plan-lines";
import { type LoadedSuite, useSuite } from "./use-suite";

type StartViewProps = { onRuns: () => void; onCases: () => void };

type Preset = "seed" | "core" | "full" | "own";

const SHOWN_RUNS = 5;

/** What verifying is, what a run would do, and the button that begins it. */
export function StartView({ onRuns, onCases }: StartViewProps) {
  const suite = useSuite();
  const runs = useVerify((state) => state.runs);
  const actions = useVerifyActions();
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto grid max-w-180 gap-6 p-4 pt-6">
        <p className="max-w-(--measure) text-[15px]">
          Fixed cases, asked several times in each lane: which calls are right, how certain that is, and
          whether the model, the server, the template or the schema failed.
        </p>
        {suite.state === "ready" ? (
          <PlanForm suite={suite} onCases={onCases} />
        ) : (
          <p className="text-muted">{suite.state === "loading" ? "Loading…" : suite.why}</p>
        )}
        <section className="border-line border-t pt-4" aria-label="Runs that are kept">
          <div className="flex flex-wrap items-center gap-2 pb-1">
            <h2 className="flex-1 font-medium">Runs</h2>
            <Button size="small" onClick={() => pickFile([".json"], (file) => void actions.importRun(file))}>
              Open a run…
            </Button>
            {runs.length > SHOWN_RUNS ? (
              <Button size="small" onClick={onRuns}>
                All runs
              </Button>
            ) : null}
          </div>
          {runs.length === 0 ? (
            <p className="text-muted text-[13px]">
              None yet. A run that was made on the command line with --json opens here too.
            </p>
          ) : (
            <ul>
              {runs.slice(0, SHOWN_RUNS).map((run) => (
                <li key={run.id}>
                  <button
                    type="button"
                    onClick={() => void actions.openRun(run.id)}
                    className="rounded-inner hover:bg-sunken flex w-full flex-wrap items-baseline gap-x-3 px-2 py-1.5 text-left"
                  >
                    <span className="min-w-0 flex-1 truncate">{showMarks(run.name)}</span>
                    <span className="text-muted text-[13px]">
                      {`${new Date(run.startedAt).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" })} · ${formatPlural(run.trials, "trial")}`}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </main>
  );
}

type PlanFormProps = { suite: Extract<LoadedSuite, { state: "ready" }>; onCases: () => void };

function PlanForm({ suite, onCases }: PlanFormProps) {
  const session = useSession();
  const own = useVerify((state) => state.cases);
  const isBusy = useVerify((state) => state.live !== null);
  const wanted = useVerify((state) => state.wanted);
  const actions = useVerifyActions();
  const [preset, setPreset] = useState<Preset>("seed");
  const [repetitions, setRepetitions] = useState(5);
  const [budget, setBudget] = useState<number | null>(null);
  const [efforts, setEfforts] = useState<readonly string[]>([]);
  const [left, setLeft] = useState<ReadonlySet<string>>(
    () => new Set(wanted === null ? [] : session.lanes.map(({ id }) => id).filter((id) => id !== wanted)),
  );
  const [reference, setReference] = useState<string | null>(null);
  const lanes = session.lanes.map(({ id }) => ({ id, setup: effectiveSetup(session, id) }));
  const usable = lanes.filter(({ id, setup }) => setup.model !== "" && !left.has(id));
  const first = usable.find(({ id }) => id === reference) ?? usable[0];
  const ordered = first === undefined ? [] : [first, ...usable.filter((lane) => lane !== first)];
  const setups = ordered.map(({ setup }) => setup);
  const offered = sharedEfforts(setups);
  const cases = preset === "own" ? own : suite.casesOf(preset);
  const shared = efforts.filter((effort) => offered.includes(effort));
  const key = JSON.stringify([setups, preset, repetitions, shared, own]);
  const run = useMemo(
    () => chosenRun({ setups, cases, preset, repetitions, efforts: shared }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- all of it is in the key
    [key],
  );
  const labels = laneLabels(
    lanes.map(({ setup }) => setup),
    shared,
  );
  const rows = cases.reduce((sum, { modes }) => sum + modes.length, 0);
  const canRun = setups.length > 0 && rows > 0 && !isBusy;
  const start = async () => {
    const begun = {
      ...run,
      id: randomId(),
      startedAt: Date.now(),
      suiteHash: await suite.suiteHash(run.suite),
    };
    await actions.run(begun, budget);
  };
  useEffect(() => () => actions.want(null), [actions]);
  return (
    <form
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (canRun) void start();
      }}
    >
      <fieldset className="grid gap-1">
        <legend className="text-muted pb-1 text-[13px]">Lanes of this comparison</legend>
        <ul className="border-line rounded-outer divide-line divide-y border">
          {lanes.map(({ id, setup }, index) => (
            <li key={id} className="flex flex-wrap items-center gap-x-3 px-3 py-1.5">
              <Checkbox
                label={
                  <span className="text-text text-[14px] [overflow-wrap:anywhere]">
                    {setup.model === "" ? `Lane ${index + 1}: no model` : showMarks(labels[index] ?? "")}
                  </span>
                }
                checked={setup.model !== "" && !left.has(id)}
                disabled={setup.model === ""}
                onChange={(isIn) => setLeft((before) => changed(before, id, !isIn))}
                className="min-w-0 flex-1"
              />
              {usable.length < 2 || !usable.some((lane) => lane.id === id) ? null : first?.id === id ? (
                <span className="text-muted text-[13px]">reference</span>
              ) : (
                <Button kind="quiet" size="small" onClick={() => setReference(id)}>
                  Make reference
                </Button>
              )}
            </li>
          ))}
        </ul>
        {setups.length > 0 ? null : (
          <p className="text-warn pt-1 text-[13px]">
            {lanes.every(({ setup }) => setup.model === "")
              ? "No lane has a model. Go back to the playground and choose one."
              : "Choose a lane."}
          </p>
        )}
      </fieldset>
      <div className="flex flex-wrap items-end gap-x-6 gap-y-4">
        <div className="grid gap-1">
          <span className="text-muted flex items-baseline justify-between gap-2 text-[13px]">
            Cases
            <Button kind="quiet" size="small" className="-my-2 text-[13px]" onClick={onCases}>
              {own.length === 0 ? "Write a case…" : "Own cases…"}
            </Button>
          </span>
          <Segmented
            label="Cases"
            value={preset}
            options={[
              { value: "seed", label: "Seed", title: `${suite.casesOf("seed").length} cases` },
              { value: "core", label: "Core", title: `${suite.casesOf("core").length} cases` },
              { value: "full", label: "Full", title: `${suite.casesOf("full").length} cases` },
              { value: "own", label: `Own (${own.length})`, title: "Cases that you wrote" },
            ]}
            onChange={setPreset}
          />
        </div>
        <NumberField
          label="Times each (N)"
          value={repetitions}
          integer
          min={1}
          max={20}
          placeholder="5"
          onChange={(value) => setRepetitions(value ?? 5)}
          className="w-32"
        />
        <NumberField
          label="Stop after output tokens"
          value={budget}
          integer
          min={1}
          placeholder="no limit"
          onChange={setBudget}
          className="w-52"
        />
      </div>
      {offered.length === 0 ? null : (
        <fieldset>
          <legend className="text-muted pb-1 text-[13px]">
            Levels of effort; with none, each lane keeps its own
          </legend>
          <div className="flex flex-wrap gap-x-4">
            {offered.map((effort) => (
              <Checkbox
                key={effort}
                label={effort}
                checked={shared.includes(effort)}
                onChange={(isIn) =>
                  setEfforts(offered.filter((each) => (each === effort ? isIn : shared.includes(each))))
                }
              />
            ))}
          </div>
        </fieldset>
      )}
      <PlanLines run={run} />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" kind="primary" aria-disabled={!canRun}>
          {`Run ${formatPlural(cases.length, "case")}`}
        </Button>
        {isBusy ? (
          <span className="text-muted text-[13px]">Another run goes on. Pause or stop it first.</span>
        ) : null}
      </div>
    </form>
  );
}

function changed(before: ReadonlySet<string>, value: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(before);
  if (isIn) next.add(value);
  else next.delete(value);
  return next;
}
