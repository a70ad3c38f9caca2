"use client";

import { type ReactNode, useId, useMemo, useState } from "react";

import { LinkView } from "@/components/markdown/link-view";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { Field } from "@/components/ui/fields/field";
import { Select } from "@/components/ui/fields/select";
import { TextField } from "@/components/ui/fields/text-field";
import type { QuestionAnswer } from "@/lib/contract/tool-run";
import { safeLink } from "@/lib/markdown/safe-url";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useActions } from "@/lib/session/hooks/use-session";
import type { ToolQuestion } from "@/lib/stream/turn/event";

import {
  filledContent,
  type FilledFields,
  firstFilled,
  type QuestionField,
  questionFields,
} from "./question-fields";

/** What a running tool wants to know from a person, and who asks. */
export function CallQuestion({ question, readOnly }: { question: ToolQuestion; readOnly: boolean }) {
  const { answerQuestion } = useActions();
  const [isSent, setIsSent] = useState(false);
  const answer = (each: QuestionAnswer) => {
    setIsSent(true);
    void answerQuestion(question.id, each).finally(() => setIsSent(false));
  };
  const { form } = question;
  return (
    <fieldset
      aria-label={`Question from ${showMarks(question.from)}`}
      // The key for the next call that waits leads here, and Tab from here into the form.
      tabIndex={-1}
      data-result-field=""
      disabled={isSent || readOnly}
      className="border-accent text-text grid min-w-0 gap-2 border-l-2 pl-2.5"
    >
      <p className="[overflow-wrap:anywhere]">
        <span className="text-muted">{`${showMarks(question.from.slice(0, 200))} asks: `}</span>
        {showMarks(question.message.slice(0, 2_000))}
      </p>
      {form.kind === "url" ? (
        <PageToVisit url={form.url} onAnswer={answer} />
      ) : (
        <QuestionForm schema={form.schema} onAnswer={answer} />
      )}
    </fieldset>
  );
}

type OnAnswer = (answer: QuestionAnswer) => void;

/** Nothing is opened by itself, and where it leads stands there first. */
function PageToVisit({ url, onAnswer }: { url: string; onAnswer: OnAnswer }) {
  const href = safeLink(url);
  return (
    <>
      {href === null ? (
        <p className="text-danger [overflow-wrap:anywhere]">{`This address can't be opened: ${showMarks(url.slice(0, 500))}`}</p>
      ) : (
        <p className="grid gap-1">
          <span>
            <span className="text-muted">It wants you to visit </span>
            <strong className="figures">{showMarks(new URL(href).host)}</strong>
          </span>
          <LinkView
            href={href}
            text={href}
            className="figures text-accent [overflow-wrap:anywhere] underline"
          >
            {showMarks(href)}
          </LinkView>
          <span className="text-muted">Check that you know the site before you open it or sign in.</span>
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {href === null ? null : (
          <Button size="small" kind="primary" onClick={() => onAnswer({ action: "accept", content: null })}>
            I visited it
          </Button>
        )}
        <Refusals onAnswer={onAnswer} />
      </div>
    </>
  );
}

function QuestionForm({
  schema,
  onAnswer,
}: {
  schema: Extract<ToolQuestion["form"], { kind: "fields" }>["schema"];
  onAnswer: OnAnswer;
}) {
  const fields = useMemo(() => questionFields(schema), [schema]);
  const [filled, setFilled] = useState<FilledFields>(() => firstFilled(fields));
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer({ action: "accept", content: filledContent(fields, filled) });
      }}
    >
      {fields.map((field) => (
        <FieldView
          key={field.name}
          field={field}
          value={filled[field.name]}
          onChange={(value) => setFilled({ ...filled, [field.name]: value })}
        />
      ))}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="small" kind="primary">
          Send answer
        </Button>
        <Refusals onAnswer={onAnswer} />
      </div>
    </form>
  );
}

function Refusals({ onAnswer }: { onAnswer: OnAnswer }) {
  return (
    <>
      <Button size="small" onClick={() => onAnswer({ action: "decline", content: null })}>
        Decline
      </Button>
      <Button
        size="small"
        kind="quiet"
        title="Tells the tool that nobody answered"
        onClick={() => onAnswer({ action: "cancel", content: null })}
      >
        Cancel
      </Button>
    </>
  );
}

type FieldViewProps = {
  field: QuestionField;
  value: FilledFields[string] | undefined;
  onChange: (value: FilledFields[string]) => void;
};

function FieldView({ field, value, onChange }: FieldViewProps) {
  const id = useId();
  const name = showMarks(field.title.slice(0, 200));
  const hint = field.description === "" ? null : showMarks(field.description.slice(0, 500));
  const label: ReactNode = field.isRequired ? `${name} (required)` : name;
  if (field.kind === "switch")
    return (
      <div className="grid gap-1">
        <Checkbox label={name} checked={value === true} onChange={onChange} />
        {hint === null ? null : <p className="text-muted">{hint}</p>}
      </div>
    );
  if (field.kind === "choices") {
    const chosen = Array.isArray(value) ? value : [];
    return (
      <fieldset aria-labelledby={id} className="grid gap-1">
        <span id={id} className="text-muted">
          {label}
        </span>
        {field.choices.map((choice) => (
          <Checkbox
            key={choice.value}
            label={showMarks(choice.label)}
            checked={chosen.includes(choice.value)}
            onChange={(isOn) =>
              onChange(isOn ? [...chosen, choice.value] : chosen.filter((other) => other !== choice.value))
            }
          />
        ))}
        {hint === null ? null : <p className="text-muted">{hint}</p>}
      </fieldset>
    );
  }
  const text = typeof value === "string" ? value : "";
  return (
    <Field label={label} hint={hint}>
      {(control) => {
        if (field.kind === "choice")
          return (
            <Select
              {...control}
              required={field.isRequired}
              value={text}
              options={[
                { value: "", label: "–" },
                ...field.choices.map((choice) => ({ value: choice.value, label: showMarks(choice.label) })),
              ]}
              onChange={onChange}
            />
          );
        const shared = {
          ...control,
          required: field.isRequired,
          value: text,
          onChange: (event: { target: { value: string } }) => onChange(event.target.value),
        };
        if (field.kind === "number")
          return (
            <TextField
              {...shared}
              type="number"
              step={field.isInteger ? 1 : "any"}
              min={field.least ?? undefined}
              max={field.most ?? undefined}
            />
          );
        return (
          <TextField
            {...shared}
            type={field.input}
            minLength={field.least ?? undefined}
            maxLength={field.most ?? undefined}
          />
        );
      }}
    </Field>
  );
}
