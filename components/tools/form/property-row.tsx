"use client";

import { GripVertical, Trash2 } from "lucide-react";
import { type KeyboardEvent, useState } from "react";

import { Checkbox } from "@/components/ui/fields/checkbox";
import { focusOnMount } from "@/components/ui/fields/focus-on-mount";
import { Select } from "@/components/ui/fields/select";
import { TextField } from "@/components/ui/fields/text-field";
import { IconButton } from "@/components/ui/icon-button";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import {
  FORM_TYPES,
  type FormPart,
  formPart,
  isRequired,
  nameProblem,
  removeProperty,
  renameProperty,
  setKeyword,
  setRequired,
  withType,
} from "@/lib/tools/schema/form/edit-properties";

import { type DrawRows, PartFields } from "./part-fields";

type PropertyRowProps = {
  /** The object schema that the property belongs to. */
  schema: JsonObject;
  name: string;
  part: Json;
  takesFocus: boolean;
  onSchema: (schema: JsonObject) => void;
  onPart: (part: Json) => void;
  /** Called with how many places to move. */
  onMove: (by: number) => void;
  onDrag: (isDragged: boolean) => void;
  drawRows: DrawRows;
};

/** One property: its name, type, whether it is required, its description, and what its type has besides. */
export function PropertyRow(props: PropertyRowProps) {
  const { schema, name, part, takesFocus, onSchema, onPart, onMove, onDrag, drawRows } = props;
  const shown = showMarks(name);
  const form = formPart(part);
  const move = (event: KeyboardEvent) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    onMove(event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <div className="border-line rounded-inner grid min-w-0 gap-1.5 border p-2">
      <div className="flex min-w-0 flex-wrap items-start gap-1.5">
        <button
          type="button"
          draggable
          aria-label={`Move ${shown}: drag, or press the up and down arrows`}
          title="Drag, or press the up and down arrows"
          onKeyDown={move}
          onDragStart={() => onDrag(true)}
          onDragEnd={() => onDrag(false)}
          className="text-faint hover:text-text grid h-8 w-5 cursor-grab place-items-center"
        >
          <GripVertical size={14} aria-hidden />
        </button>
        <NameField schema={schema} name={name} takesFocus={takesFocus} onSchema={onSchema} />
        <TypeSelect name={shown} form={form} onPart={onPart} />
        <IconButton label={`Remove ${shown}`} onClick={() => onSchema(removeProperty(schema, name))}>
          <Trash2 size={14} aria-hidden />
        </IconButton>
      </div>
      <div className="grid min-w-0 gap-1.5 pl-6">
        <Checkbox
          label="Required"
          title={`${shown} is required`}
          checked={isRequired(schema, name)}
          onChange={(isOn) => onSchema(setRequired(schema, name, isOn))}
        />
        {form.kind === "typed" ? (
          <PartFields name={name} form={form} onPart={onPart} drawRows={drawRows} />
        ) : (
          <p className="text-muted text-[13px]">
            Not shown here ({showMarks(form.why)}): edit it in the JSON view.
          </p>
        )}
      </div>
    </div>
  );
}

type NameFieldProps = Pick<PropertyRowProps, "schema" | "name" | "takesFocus" | "onSchema">;

/** A name that can't be had stays as it is typed, says why, and changes nothing. */
function NameField({ schema, name, takesFocus, onSchema }: NameFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const problem = typed === null ? null : nameProblem(schema, name, typed);
  return (
    <span className="grid min-w-24 flex-1 gap-0.5">
      <TextField
        ref={takesFocus ? focusOnMount : null}
        aria-label={`Name of ${showMarks(name)}`}
        aria-invalid={problem === null ? undefined : true}
        value={typed ?? name}
        onChange={(event) => {
          const to = event.target.value;
          const isFine = nameProblem(schema, name, to) === null;
          setTyped(isFine ? null : to);
          if (isFine) onSchema(renameProperty(schema, name, to));
        }}
        onBlur={() => setTyped(null)}
        className="figures w-full"
      />
      {problem === null ? null : <span className="text-danger text-[13px]">{showMarks(problem)}</span>}
    </span>
  );
}

type TypeSelectProps = { name: string; form: FormPart; onPart: PropertyRowProps["onPart"] };

function TypeSelect({ name, form, onPart }: TypeSelectProps) {
  if (form.kind === "other") return null;
  const { part, type, isNullable } = form;
  const options = FORM_TYPES.flatMap((each) => [
    { value: each, label: each },
    { value: `${each}?`, label: `${each} or null` },
  ]);
  return (
    <Select
      aria-label={`Type of ${name}`}
      value={isNullable ? `${type}?` : type}
      options={options}
      onChange={(value) => {
        const next = FORM_TYPES.find((each) => each === value.replace("?", ""));
        if (next === undefined) return;
        const values = part["enum"];
        const typed = withType(part, next, value.endsWith("?"));
        // null is one of the values only while it is allowed.
        const isListed = Array.isArray(values) && next === type;
        onPart(isListed ? setKeyword(typed, "enum", listed(values, value.endsWith("?"))) : typed);
      }}
      className="w-36"
    />
  );
}

function listed(values: readonly Json[], isNullable: boolean): Json {
  const rest = values.filter((value) => value !== null);
  return isNullable ? [...rest, null] : rest;
}
