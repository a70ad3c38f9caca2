"use client";

import { useState } from "react";

import { Field } from "@/components/ui/fields/field";
import { TextArea } from "@/components/ui/fields/text-area";
import type { JsonObject } from "@/lib/stream/turn/json";
import { asObject, parseJson } from "@/lib/stream/turn/json-read";

type AnswerSchemaFieldProps = {
  value: JsonObject | null;
  onChange: (schema: JsonObject | null) => void;
};

/** A JSON Schema that the answer must fit, as text. Text that is no schema stays in the field and is not sent. */
export function AnswerSchemaField({ value, onChange }: AnswerSchemaFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const schema = typed === null ? null : asObject(parseJson(typed));
  const isWrong = typed !== null && typed.trim() !== "" && schema === null;
  // As it was typed for as long as it says the same: laid out anew it would grow, and move what is pressed below it.
  const isKept = typed !== null && (isWrong || JSON.stringify(schema) === JSON.stringify(value));
  return (
    <Field
      label="JSON Schema of the answer"
      hint="Leave it empty for free text. Servers differ in how strictly they keep to it."
      error={isWrong ? 'Not saved: a schema is a JSON object such as {"type": "object"}.' : null}
    >
      {(control) => (
        <TextArea
          {...control}
          rows={4}
          spellCheck={false}
          placeholder='{"type": "object", "properties": {"city": {"type": "string"}}}'
          value={isKept ? typed : value === null ? "" : JSON.stringify(value, null, 2)}
          onChange={(event) => {
            const { value: text } = event.target;
            setTyped(text);
            const next = asObject(parseJson(text));
            if (text.trim() === "" || next !== null) onChange(next);
          }}
          className="figures w-full"
        />
      )}
    </Field>
  );
}
