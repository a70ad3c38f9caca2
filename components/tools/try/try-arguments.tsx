"use client";

import { useState } from "react";

import { Checkbox } from "@/components/ui/fields/checkbox";
import { Field } from "@/components/ui/fields/field";
import { NumberField } from "@/components/ui/fields/number-field";
import { Segmented } from "@/components/ui/fields/segmented";
import { Select } from "@/components/ui/fields/select";
import { TextArea } from "@/components/ui/fields/text-area";
import { TextField } from "@/components/ui/fields/text-field";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, parseJson } from "@/lib/stream/turn/json-read";

import { type ArgumentField, argumentFields } from "./argument-fields";

type TryArgumentsProps = {
  parameters: JsonObject;
  args: JsonObject;
  onChange: (args: JsonObject) => void;
  /** Called with true while what is typed is not an object of arguments. */
  onBroken: (isBroken: boolean) => void;
};

/** Arguments to call a tool with: fields from its schema, or the same value as JSON. */
export function TryArguments({ parameters, args, onChange, onBroken }: TryArgumentsProps) {
  const [text, setText] = useState<string | null>(null);
  const fields = argumentFields(parameters);
  const isBroken = text !== null && !isObject(parseJson(text));
  return (
    <div className="grid gap-2">
      <Segmented
        label="View of the arguments"
        value={text === null ? "fields" : "json"}
        options={[
          { value: "fields", label: "Fields" },
          { value: "json", label: "JSON" },
        ]}
        onChange={(view) => {
          if (view === "json") setText(text ?? JSON.stringify(args, null, 2));
          else if (!isBroken) setText(null);
        }}
        className="justify-self-start"
      />
      {text === null ? (
        <>
          {fields.length === 0 ? <p className="text-muted text-[13px]">It has no arguments.</p> : null}
          {fields.map((field) => (
            <OneArgument
              key={field.name}
              field={field}
              value={args[field.name]}
              onChange={(value) => onChange(withArgument(args, field.name, value))}
            />
          ))}
        </>
      ) : (
        <Field
          label="Arguments"
          error={isBroken ? "Arguments are a JSON object: { … }. This is kept." : null}
        >
          {(control) => (
            <TextArea
              {...control}
              rows={3}
              value={text}
              spellCheck={false}
              onChange={(event) => {
                setText(event.target.value);
                const value = parseJson(event.target.value);
                onBroken(!isObject(value));
                if (isObject(value)) onChange(value);
              }}
              className="figures w-full"
            />
          )}
        </Field>
      )}
    </div>
  );
}

type OneArgumentProps = {
  field: ArgumentField;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
};

function OneArgument({ field, value, onChange }: OneArgumentProps) {
  const name = showMarks(field.name);
  const label = field.isRequired ? name : `${name} (optional)`;
  const hint = field.description === "" ? null : showMarks(field.description);
  switch (field.kind) {
    case "boolean":
      return <Checkbox label={label} checked={value === true} onChange={onChange} />;
    case "number":
    case "integer":
      return (
        <NumberField
          label={label}
          hint={hint}
          placeholder="left out"
          integer={field.kind === "integer"}
          value={typeof value === "number" ? value : null}
          onChange={(next) => onChange(next ?? undefined)}
        />
      );
    case "choice":
      return (
        <Field label={label} hint={hint}>
          {(control) => (
            <Select
              {...control}
              className="w-60"
              value={value === undefined ? "" : JSON.stringify(value)}
              options={[
                { value: "", label: "left out" },
                ...field.values.map((each) => ({
                  value: JSON.stringify(each),
                  label: showMarks(typeof each === "string" ? each : JSON.stringify(each)),
                })),
              ]}
              onChange={(text) => onChange(text === "" ? undefined : parseJson(text))}
            />
          )}
        </Field>
      );
    case "text":
      return (
        <Field label={label} hint={hint}>
          {(control) => (
            <TextField
              {...control}
              value={typeof value === "string" ? value : ""}
              onChange={(event) =>
                onChange(event.target.value === "" && !field.isRequired ? undefined : event.target.value)
              }
              className="figures w-full"
            />
          )}
        </Field>
      );
    case "json":
      return <JsonArgument label={label} hint={hint} value={value} onChange={onChange} />;
  }
}

type JsonArgumentProps = Omit<OneArgumentProps, "field"> & { label: string; hint: string | null };

function JsonArgument({ label, hint, value, onChange }: JsonArgumentProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const isBroken = typed !== null && typed.trim() !== "" && parseJson(typed) === undefined;
  return (
    <Field
      label={label}
      hint={hint}
      error={isBroken ? "This is not JSON. The value before it is used until it is." : null}
    >
      {(control) => (
        <TextArea
          {...control}
          rows={1}
          spellCheck={false}
          value={isBroken ? typed : (typed ?? (value === undefined ? "" : JSON.stringify(value)))}
          onChange={(event) => {
            setTyped(event.target.value);
            const next = parseJson(event.target.value);
            if (event.target.value.trim() === "" || next !== undefined) onChange(next);
          }}
          className="figures w-full"
        />
      )}
    </Field>
  );
}

function withArgument(args: JsonObject, name: string, value: Json | undefined): JsonObject {
  const { [name]: _old, ...others } = args;
  return value === undefined ? others : { ...others, [name]: value };
}
