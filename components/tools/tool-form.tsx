"use client";

import { TrapNote } from "@/components/markdown/trap-note";
import { Field } from "@/components/ui/fields/field";
import { TextArea } from "@/components/ui/fields/text-area";
import { TextField } from "@/components/ui/fields/text-field";
import { ThreeWay } from "@/components/ui/three-way";
import type { Json } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { Problem } from "@/lib/tools/formats/problem";
import { checkSchema } from "@/lib/tools/schema/check-schema";
import { warnParameters } from "@/lib/tools/schema/warn-tool";

import { JsonEditor } from "./json-editor";
import type { JumpTo } from "./jump-to";
import type { DraftOutcome, ToolDraft } from "./tool-draft";
import { parametersSchema } from "./tool-schema";

type FormDraft = ToolDraft & { readonly view: "form" };

type ToolFormProps = {
  draft: FormDraft;
  outcome: DraftOutcome;
  onChange: (draft: FormDraft) => void;
  /** A place in the parameters to go to; null = none. */
  jump: JumpTo | null;
};

/** A tool's fields, with the schema as JSON. */
export function ToolForm({ draft, outcome, onChange, jump }: ToolFormProps) {
  const errorAt = (part: "name" | "description" | "parameters") =>
    !outcome.ok && outcome.at === part ? outcome.message : null;
  return (
    <>
      <Field label="Name" error={errorAt("name")}>
        {(control) => (
          <TextField
            {...control}
            value={draft.name}
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
            className="figures w-full"
          />
        )}
      </Field>
      <Field label="Description" hint="When to call it and what it returns." error={errorAt("description")}>
        {(control) => (
          <TextArea
            {...control}
            rows={2}
            value={draft.description}
            onChange={(event) => onChange({ ...draft, description: event.target.value })}
            className="w-full"
          />
        )}
      </Field>
      <TrapNote text={`${draft.name}${draft.description}${draft.parameters}`} />
      <div className="grid gap-1">
        <span className="text-muted text-[13px]">Parameters (JSON Schema)</span>
        <JsonEditor
          label="Parameters"
          jump={jump}
          initialValue={draft.parameters}
          schema={parametersSchema}
          check={checkParameters}
          onChange={(parameters) => onChange({ ...draft, parameters })}
        />
        <p className="text-danger text-[13px] empty:hidden">{errorAt("parameters")}</p>
      </div>
      <div className="grid gap-1">
        <span className="text-muted text-[13px]">Strict</span>
        <ThreeWay
          label="Strict"
          value={draft.strict}
          unset="not sent"
          onChange={(strict) => onChange({ ...draft, strict })}
        />
      </div>
    </>
  );
}

function checkParameters(value: Json): readonly Problem[] {
  if (!isObject(value))
    return [{ pointer: "", message: "A schema must be an object: { … }.", level: "error" }];
  const problems = checkSchema(value, "").map(({ path, message }) => ({
    pointer: path,
    message,
    level: "error" as const,
  }));
  const warnings = warnParameters(value, "").map(({ path, message }) => ({
    pointer: path,
    message,
    level: "warning" as const,
  }));
  return problems.length > 0 ? problems : warnings;
}
