"use client";

import { ArrowLeftRight } from "lucide-react";

import { Segmented } from "@/components/ui/fields/segmented";
import { Select } from "@/components/ui/fields/select";
import { IconButton } from "@/components/ui/icon-button";
import { Panel } from "@/components/ui/panel/panel";
import { showMarks } from "@/lib/markdown/visible-marks";
import { counterpartOf, type ListedAnswer, namesOf } from "@/lib/session/hooks/answer-list";
import { useAnswerList } from "@/lib/session/hooks/use-answer-list";
import { useIsLive, useTurn } from "@/lib/session/hooks/use-turn";
import type { TurnId } from "@/lib/session/store/session";

import { AnswersTab } from "./answers-tab";
import type { Compared, Sides } from "./compared";
import { DivergenceNote } from "./divergence-note";
import { RequestsTab } from "./requests-tab";
import { TimingsTab } from "./timings-tab";

type ComparePanelProps = {
  compared: Compared;
  onCompare: (compared: Compared) => void;
  onClose: () => void;
};

const VIEWS = [
  { value: "answer", label: "Answer" },
  { value: "request", label: "Request" },
  { value: "timings", label: "Timings" },
] as const;

/** Two answers of the comparison beside each other: where they part first, and how they, their requests and times differ. */
export function ComparePanel({ compared, onCompare, onClose }: ComparePanelProps) {
  const answers = useAnswerList();
  const one = answers.find(({ id }) => id === compared.one);
  const otherId = compared.other ?? counterpartOf(answers, compared.one) ?? compared.one;
  const other = answers.find(({ id }) => id === otherId);
  return (
    <Panel title="Compare answers" kind="side" onClose={onClose} className="@container">
      <div className="border-line grid shrink-0 gap-2 border-b px-4 py-2">
        <div className="flex items-center gap-1.5">
          <div className="grid min-w-0 flex-1 gap-1.5 @xl:grid-cols-2">
            <Choice
              label="First answer"
              answers={answers}
              value={compared.one}
              onChange={(id) => onCompare({ one: id, other: otherId, view: compared.view })}
            />
            <Choice
              label="Second answer"
              answers={answers}
              value={otherId}
              onChange={(id) => onCompare({ one: compared.one, other: id, view: compared.view })}
            />
          </div>
          <IconButton
            label="Exchange the answers"
            onClick={() => onCompare({ ...exchanged(compared), one: otherId, other: compared.one })}
          >
            <ArrowLeftRight size={14} aria-hidden />
          </IconButton>
        </div>
        <Segmented
          label="View"
          className="justify-self-start"
          value={compared.view}
          options={VIEWS}
          onChange={(view) => onCompare({ ...compared, other: otherId, view })}
        />
      </div>
      {one === undefined || other === undefined ? (
        <p className="text-muted p-4">These answers are not in this comparison any more. Choose others.</p>
      ) : (
        <Views
          // What was asked of a server for two answers belongs to these two.
          key={`${one.id} ${other.id}`}
          compared={compared}
          one={one}
          other={other}
        />
      )}
    </Panel>
  );
}

function exchanged({ view, steps }: Compared): Pick<Compared, "view" | "steps"> {
  return steps === undefined ? { view } : { view, steps: [steps[1], steps[0]] };
}

type ViewsProps = { compared: Compared; one: ListedAnswer; other: ListedAnswer };

function Views({ compared, one, other }: ViewsProps) {
  const sides: Sides = {
    ids: [one.id, other.id],
    turns: [useTurn(one.id), useTurn(other.id)],
    names: namesOf(one, other),
  };
  const isLive = [useIsLive(one.id), useIsLive(other.id)].some(Boolean);
  return (
    <>
      {isLive ? (
        <p className="border-line text-muted shrink-0 border-b px-4 py-2 text-[13px]">
          An answer is still running: what is compared follows it part by part.
        </p>
      ) : null}
      {one.id === other.id ? null : <DivergenceNote sides={sides} />}
      {compared.view === "answer" ? <AnswersTab sides={sides} /> : null}
      {compared.view === "request" ? <RequestsTab sides={sides} first={compared.steps ?? null} /> : null}
      {compared.view === "timings" ? <TimingsTab sides={sides} /> : null}
    </>
  );
}

type ChoiceProps = {
  label: string;
  answers: readonly ListedAnswer[];
  value: TurnId;
  onChange: (id: TurnId) => void;
};

function Choice({ label, answers, value, onChange }: ChoiceProps) {
  const prompts = new Set(answers.map(({ promptNumber }) => promptNumber)).size;
  return (
    <Select
      aria-label={label}
      value={value}
      options={answers.map((answer) => ({ value: answer.id, label: labelOf(answer, prompts > 1) }))}
      onChange={(chosen) => {
        const answer = answers.find(({ id }) => id === chosen);
        if (answer !== undefined) onChange(answer.id);
      }}
    />
  );
}

/** Characters of a prompt that name it. */
const PROMPT_SHOWN = 40;

function labelOf(
  { laneNumber, model, branch, branches, prompt, promptNumber }: ListedAnswer,
  hasPrompts: boolean,
): string {
  const words = [
    `Lane ${String(laneNumber)}`,
    ...(branches > 1 ? [`branch ${String(branch)}`] : []),
    showMarks(model) || "no model",
  ].join(" · ");
  if (!hasPrompts) return words;
  const cut = prompt.length > PROMPT_SHOWN ? `${prompt.slice(0, PROMPT_SHOWN)}…` : prompt;
  return `${String(promptNumber)}. ${words}: ${showMarks(cut)}`;
}
