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
  readFormValue,
  setKeyword,
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
  const lines = (typed ?? "").split("\n").filter((line) => line !== "");
  const wrong = lines.find((line) => readFormValue(type, line) === undefined);
  return (
    <Field
      label="Allowed values"
      error={wrong === undefined ? null : `${showMarks(wrong)} is not of type ${type}.`}
      className="min-w-32 flex-1"
    >
      {(control) => (
        <TextArea
          {...control}
          rows={1}
          placeholder="One a line"
          value={typed ?? known.map(String).join("\n")}
          onChange={(event) => {
            const text = event.target.value;
            setTyped(text);
            const next = text
              .split("\n")
              .filter((line) => line !== "")
              .map((line) => readFormValue(type, line));
            const read = next.filter((value) => value !== undefined);
            if (read.length < next.length) return;
            const more: Json[] = isList(values) && values.includes(null) ? [null] : [];
            onChange(read.length === 0 ? undefined : [...read, ...more]);
          }}
          onBlur={() => setTyped(null)}
          className="figures w-full"
        />
      )}
    </Field>
  );
}

function Default({ part, type, onChange }: ValueProps) {
  const usual = part["default"];
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = typed !== null && typed !== "" && readFormValue(type, typed) === undefined;
  return (
    <Field
      label="Default"
      error={isWrong ? `This is not of type ${type}.` : null}
      className="min-w-24 flex-1"
    >
      {(control) => (
        <TextField
          {...control}
          value={
            typed ?? (usual === undefined ? "" : typeof usual === "string" ? usual : JSON.stringify(usual))
          }
          onChange={(event) => {
            const text = event.target.value;
            const value = text === "" ? undefined : readFormValue(type, text);
            setTyped(text);
            if (text === "" || value !== undefined) onChange(value);
          }}
          onBlur={() => setTyped(null)}
          className="figures w-full"
        />
      )}
    </Field>
  );
}
