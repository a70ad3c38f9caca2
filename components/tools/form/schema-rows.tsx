"use client";

import { Plus } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import {
  addProperty,
  moveProperty,
  propertiesOf,
  setProperty,
} from "@/lib/tools/schema/form/edit-properties";

import { PropertyRow } from "./property-row";

/** Rows inside rows. */
function drawRows(label: string, schema: JsonObject, onChange: (schema: JsonObject) => void) {
  return <SchemaRows label={label} schema={schema} onChange={onChange} />;
}

type SchemaRowsProps = {
  /** What these properties belong to: "Parameters", or the property that holds them. */
  label: string;
  schema: JsonObject;
  onChange: (schema: JsonObject) => void;
};

/** The properties of an object schema as rows that are edited, added, removed and ordered by dragging or with the arrow keys. */
export function SchemaRows({ label, schema, onChange }: SchemaRowsProps) {
  const [dragged, setDragged] = useState<string | null>(null);
  const [added, setAdded] = useState<string | null>(null);
  const all = propertiesOf(schema);
  const add = () => {
    const { schema: next, name } = addProperty(schema);
    setAdded(name);
    onChange(next);
  };
  return (
    <section aria-label={label} className="grid min-w-0 gap-2">
      {all.length === 0 ? null : (
        <ol className="grid gap-2">
          {all.map(([name, part], index) => (
            // Dragging has its keys on the handle.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
            <li
              // By its place: a name changes while it is typed.
              // oxlint-disable-next-line react/no-array-index-key
              key={index}
              onDragOver={(event) => {
                if (dragged !== null) event.preventDefault();
              }}
              onDrop={(event) => {
                if (dragged === null) return;
                event.preventDefault();
                event.stopPropagation();
                setDragged(null);
                onChange(moveProperty(schema, dragged, index));
              }}
            >
              <PropertyRow
                schema={schema}
                name={name}
                part={part}
                takesFocus={name === added}
                onSchema={onChange}
                onPart={(next: Json) => onChange(setProperty(schema, name, next))}
                onMove={(by) => onChange(moveProperty(schema, name, index + by))}
                drawRows={drawRows}
                onDrag={(isDragged) => setDragged(isDragged ? name : null)}
              />
            </li>
          ))}
        </ol>
      )}
      <Button size="small" className="justify-self-start" onClick={add}>
        <Plus size={14} aria-hidden />
        Add a property
      </Button>
    </section>
  );
}
