"use client";

import { useState } from "react";

import { JsonEditor } from "@/components/json-editor/json-editor";
import { jsonProblems } from "@/components/json-editor/json-problems";
import { TrapNote } from "@/components/markdown/trap-note";
import { Field } from "@/components/ui/fields/field";
import { TextArea } from "@/components/ui/fields/text-area";
import { TextField } from "@/components/ui/fields/text-field";
import { ThreeWay } from "@/components/ui/three-way";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, parseJson } from "@/lib/stream/turn/json-read";
import type { Problem } from "@/lib/tools/formats/problem";
import { checkSchema } from "@/lib/tools/schema/check-schema";
import { formPart } from "@/lib/tools/schema/form/edit-properties";
import { warnParameters } from "@/lib/tools/schema/warn-tool";

import { SchemaRows } from "./form/schema-rows";
import type { DraftOutcome, ToolDraft } from "./tool-draft";
import { parametersSchema } from "./tool-schema";

type FormDraft = ToolDraft & { readonly view: "form" };

type ToolFormProps = {
  draft: FormDraft;
  outcome: DraftOutcome;
  onChange: (draft: FormDraft) => void;
};

/** A tool's fields, its parameters as rows; as JSON while their text is broken, or they are no object. */
export function ToolForm({ draft, outcome, onChange }: ToolFormProps) {
  const schema = rowsSchema(draft.parameters);
  // Decided once: a text that becomes right while it is typed does not vanish under the cursor.
  const [isRows] = useState(schema !== null);
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
        <span className="text-muted text-[13px]">Parameters</span>
        {isRows && schema !== null ? (
          <>
            <SchemaRows
              label="Parameters"
              schema={schema}
              onChange={(next) => onChange({ ...draft, parameters: JSON.stringify(next, null, 2) })}
            />
            <HiddenKeywords schema={schema} />
          </>
        ) : (
          <JsonEditor
            label="Parameters"
            initialValue={draft.parameters}
            schema={parametersSchema}
            problemsOf={(text) => jsonProblems(text, checkParameters)}
            onChange={(parameters) => onChange({ ...draft, parameters })}
          />
        )}
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

/** The schema that rows can show; null for a broken text, and for what is no object. */
function rowsSchema(text: string): JsonObject | null {
  const schema = parseJson(text);
  if (!isObject(schema)) return null;
  const form = formPart({ type: "object", ...schema });
  const properties = schema["properties"] ?? {};
  return form.kind === "typed" && form.type === "object" && isObject(properties) ? schema : null;
}

/** What the rows do not show and leave as it is. */
function HiddenKeywords({ schema }: { schema: JsonObject }) {
  const form = formPart({ type: "object", ...schema });
  if (form.kind === "other" || form.hidden.length === 0) return null;
  return (
    <p className="text-muted text-[13px]">Also: {showMarks(form.hidden.join(", "))} (in the JSON view).</p>
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
