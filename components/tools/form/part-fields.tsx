"use client";

import { type ReactNode, useState } from "react";

import { Field } from "@/components/ui/fields/field";
import { Select } from "@/components/ui/fields/select";
import { TextArea } from "@/components/ui/fields/text-area";
import { TextField } from "@/components/ui/fields/text-field";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isList } from "@/lib/stream/turn/json-read";
import {
  FORM_TYPES,
  type FormPart,
  formPart,
  type FormType,
  isAllowedValue,
  readFormValue,
  setKeyword,
  valuesProblem,
  withType,
} from "@/lib/tools/schema/form/edit-properties";

type Typed = Extract<FormPart, { readonly kind: "typed" }>;

/** Draws the properties of an object that is inside another. */
export type DrawRows = (
  label: string,
  schema: JsonObject,
  onChange: (schema: JsonObject) => void,
) => ReactNode;

type PartFieldsProps = { name: string; form: Typed; onPart: (part: Json) => void; drawRows: DrawRows };

/** What belongs to a property of a known type: description, allowed values, default, and what is inside it. */
export function PartFields({ name, form: { part, type, hidden }, onPart, drawRows }: PartFieldsProps) {
  const shown = showMarks(name);
  const set = (keyword: string, value: Json | undefined) => onPart(setKeyword(part, keyword, value));
  const description = part["description"];
  return (
    <>
      <TextField
        aria-label={`Description of ${shown}`}
        placeholder="Description"
        value={typeof description === "string" ? description : ""}
        onChange={(event) => set("description", event.target.value === "" ? undefined : event.target.value)}
        className="w-full"
      />
      {type === "object" ? (
        drawRows(`Properties of ${shown}`, part, onPart)
      ) : type === "array" ? (
        <Items name={shown} part={part} onPart={onPart} drawRows={drawRows} />
      ) : (
        <div className="flex flex-wrap gap-x-3 gap-y-1">
          {type === "boolean" ? null : (
            <Values part={part} type={type} onChange={(values) => set("enum", values)} />
          )}
          <Default part={part} type={type} onChange={(value) => set("default", value)} />
        </div>
      )}
      {hidden.length === 0 ? null : (
        <p className="text-muted text-[13px]">Also: {showMarks(hidden.join(", "))} (in the JSON view).</p>
      )}
    </>
  );
}

type ItemsProps = { name: string; part: JsonObject; onPart: (part: Json) => void; drawRows: DrawRows };

function Items({ name, part, onPart, drawRows }: ItemsProps) {
  const items = part["items"] ?? {};
  const form = formPart(items);
  if (form.kind === "other")
    return (
      <p className="text-muted text-[13px]">
        Its items are not shown here ({showMarks(form.why)}): edit them in the JSON view.
      </p>
    );
  const change = (next: Json) => onPart(setKeyword(part, "items", next));
  return (
    <div className="grid gap-1.5">
      <span className="text-muted flex items-center gap-2 text-[13px]">
        Items
        <Select
          aria-label={`Type of the items of ${name}`}
          value={form.type}
          options={FORM_TYPES.map((value) => ({ value, label: value }))}
          onChange={(value) => {
            const next = FORM_TYPES.find((each) => each === value);
            if (next !== undefined) change(withType(form.part, next, form.isNullable));
          }}
          className="w-32"
        />
      </span>
      {form.type === "object" ? (
        drawRows(`Properties of the items of ${name}`, form.part, change)
      ) : form.type === "array" ? (
        <Items name={`the items of ${name}`} part={form.part} onPart={change} drawRows={drawRows} />
      ) : null}
    </div>
  );
}

type ValueProps = { part: JsonObject; type: FormType; onChange: (value: Json | undefined) => void };

/** The allowed values, one a line; a line that is no value of the type says so and changes nothing. */
function Values({ part, type, onChange }: ValueProps) {
  const values = part["enum"];
  const known = isList(values) ? values.filter((value) => value !== null) : [];
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? known.map(String).join("\n");
  const problem = valuesProblem(type, linesOf(shown));
  return (
    <Field
      label="Allowed values"
      error={problem === null ? null : showMarks(problem)}
      className="min-w-32 flex-1"
    >
      {(control) => (
        <TextArea
          {...control}
          rows={1}
          placeholder="One a line"
          value={shown}
          onChange={(event) => {
            const text = event.target.value;
            setTyped(text);
            if (valuesProblem(type, linesOf(text)) !== null) return;
            const read = linesOf(text).flatMap((line) => readFormValue(type, line) ?? []);
            const more: Json[] = isList(values) && values.includes(null) ? [null] : [];
            onChange(read.length === 0 ? undefined : [...read, ...more]);
          }}
          // What can't be saved stays as it is typed.
          onBlur={() => (problem === null ? setTyped(null) : undefined)}
          className="figures w-full"
        />
      )}
    </Field>
  );
}

function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

function Default({ part, type, onChange }: ValueProps) {
  const usual = part["default"];
  const [typed, setTyped] = useState<string | null>(null);
  const value = typed === null ? usual : readFormValue(type, typed);
  const problem =
    typed !== null && typed !== "" && value === undefined
      ? `This is not of type ${type}.`
      : typed !== "" && !isAllowedValue(part, value)
        ? "This is not one of the allowed values."
        : null;
  return (
    <Field label="Default" error={problem} className="min-w-24 flex-1">
      {(control) => (
        <TextField
          {...control}
          value={
            typed ?? (usual === undefined ? "" : typeof usual === "string" ? usual : JSON.stringify(usual))
          }
          onChange={(event) => {
            const text = event.target.value;
            const next = text === "" ? undefined : readFormValue(type, text);
            setTyped(text);
            if (text === "" || (next !== undefined && isAllowedValue(part, next))) onChange(next);
          }}
          // What can't be saved stays as it is typed.
          onBlur={() => (problem === null ? setTyped(null) : undefined)}
          className="figures w-full"
        />
      )}
    </Field>
  );
}
