import { useContext } from "react";

import {
  CompareContext,
  ExportTurnContext,
  VerifyLinkContext,
  useAnswerScope,
} from "@/components/answer/answer-scope";
import { Disclosure } from "@/components/ui/disclosure";
import { showMarks } from "@/lib/markdown/visible-marks";
import { cachedTokensOf } from "@/lib/providers/dialect-id";
import { useIsRecording } from "@/lib/session/hooks/use-session";
import { useSharedServer } from "@/lib/session/hooks/use-turn";
import { measureStep, measureTurn } from "@/lib/stream/figures/measure-turn";
import type { Phase } from "@/lib/stream/figures/phases";
import type { Step, Turn } from "@/lib/stream/turn/turn";

import { lineItems } from "./line-items";
import { NumberTable } from "./number-table";
import { PhaseTable } from "./phase-table";

type TurnDetailsProps = { turn: Turn; phases: readonly Phase[]; notes: readonly string[] };

/** All that is known of how a turn went: what its request changed, its numbers, its phases, and each of its steps. */
export function TurnDetails({ turn, phases, notes }: TurnDetailsProps) {
  const { turnId } = useAnswerScope();
  const shared = useSharedServer(turnId);
  const exportTurn = useContext(ExportTurnContext);
  const compare = useContext(CompareContext);
  const verify = useContext(VerifyLinkContext);
  const isRecording = useIsRecording();
  const [only] = turn.steps;
  const hasOne = turn.steps.length === 1 && only !== undefined;
  return (
    <div className="rounded-outer border-line bg-surface mt-1 grid gap-3 border px-3 py-2 text-[13px]">
      {notes.length === 0 ? null : (
        <ul aria-label="Notes on the request" className="text-warn list-disc pl-4">
          {notes.map((note) => (
            <li key={note} className="[overflow-wrap:anywhere]">
              {showMarks(note)}
            </li>
          ))}
        </ul>
      )}
      <NumberTable
        label="Timings of this answer"
        numbers={measureTurn(turn, cachedTokensOf)}
        remarks={hasOne ? remarksOf(only) : []}
      />
      {shared === null ? null : <p className="text-muted">{shared.words}</p>}
      <PhaseTable phases={phases} stepCount={turn.steps.length} />
      {hasOne ? (
        <InspectStep step={only} name="Inspect" />
      ) : (
        <div>
          {turn.steps.map((step, index) => (
            <StepDetails key={step.id} step={step} stepNumber={index + 1} />
          ))}
        </div>
      )}
      <div className="flex flex-wrap gap-x-4">
        <Link onClick={() => compare(turnId)}>Compare with another answer…</Link>
        <Link onClick={() => exportTurn(turnId)}>Save answer as…</Link>
        {verify === null || isRecording ? null : (
          <Link onClick={() => verify.onSaveCase(turnId)}>Save as case…</Link>
        )}
      </div>
    </div>
  );
}

function Link({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="rounded-inner text-muted hover:text-text h-7 underline underline-offset-2"
    >
      {children}
    </button>
  );
}

function StepDetails({ step, stepNumber }: { step: Step; stepNumber: number }) {
  const numbers = measureStep(step, cachedTokensOf);
  const known = lineItems(numbers, null, false).map(({ value, words }) =>
    words === "" ? value : `${value} ${words}`,
  );
  return (
    <div className="flex items-start gap-2">
      <Disclosure
        className="min-w-0 flex-1"
        summary={
          <span className="tabular-nums">
            <span className="text-text font-medium">{`Step ${stepNumber}`}</span>
            {known.length === 0 ? null : ` · ${known.join(" · ")}`}
          </span>
        }
      >
        <NumberTable label={`Timings of step ${stepNumber}`} numbers={numbers} remarks={remarksOf(step)} />
      </Disclosure>
      <InspectStep step={step} name={`Inspect step ${stepNumber}`} />
    </div>
  );
}

function InspectStep({ step, name }: { step: Step; name: string }) {
  const { openInspector } = useAnswerScope();
  return (
    <button
      type="button"
      aria-label={name}
      onClick={() => openInspector(step.id)}
      className="rounded-inner text-muted hover:text-text h-7 shrink-0 justify-self-start underline underline-offset-2"
    >
      Inspect
    </button>
  );
}

/** How a step ended and who answered it, in the server's own words and ours. */
function remarksOf(step: Step): readonly (readonly [string, string, string])[] {
  const { label, raw, explain } = measureStep(step, cachedTokensOf).stop;
  const finished = [
    "Finished",
    label ?? "–",
    raw === null ? explain : `finish reason "${showMarks(raw)}": ${explain}`,
  ] as const;
  const { responseModel, request } = step;
  if (responseModel === null || responseModel === request.model) return [finished];
  return [
    finished,
    ["Model", "", `asked for ${showMarks(request.model)}, answered by ${showMarks(responseModel)}`],
  ];
}
