"use client";

import { useState } from "react";

import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/fields/field";
import { NumberField } from "@/components/ui/fields/number-field";
import { TextArea } from "@/components/ui/fields/text-area";
import { reasonFor, type RejectedField } from "@/lib/providers/rules/rejected-fields";
import type { JsonObject } from "@/lib/stream/turn/json";

import {
  offSamplers,
  otherSamplers,
  readOtherSamplers,
  samplerFields,
  samplerValue,
  withSampler,
} from "./sampler-fields";

type SamplersFieldProps = {
  samplers: JsonObject;
  /** Fields that would be refused here, so that they are never sent. */
  rejected: readonly RejectedField[];
  onChange: (samplers: JsonObject) => void;
};

/** The usual samplers that work here as fields, those that do not with the reason, every other one as JSON. */
export function SamplersField({ samplers, rejected, onChange }: SamplersFieldProps) {
  const why = new Map(rejected.map((field) => [field.name, field.why]));
  // One that is set stays in sight, so that it can be taken out.
  const shown = samplerFields.filter(({ key }) => !why.has(key) || samplerValue(samplers, key) !== null);
  return (
    <div className="grid gap-2">
      <div className="grid grid-cols-2 gap-x-3 gap-y-2">
        {shown.map(({ key, label, ...rule }) => (
          <NumberField
            key={key}
            {...rule}
            label={label}
            value={samplerValue(samplers, key)}
            hint={why.has(key) ? "Not sent." : undefined}
            onChange={(value) => onChange(withSampler(samplers, key, value))}
          />
        ))}
      </div>
      {offSamplers(samplers, rejected).map((off) => (
        <p key={off.why} className="text-muted text-[13px]">
          {off.labels.join(", ")}: {reasonFor(off.why, off.labels.length)}.
        </p>
      ))}
      <OtherSamplers samplers={samplers} onChange={onChange} />
    </div>
  );
}

function OtherSamplers({ samplers, onChange }: Pick<SamplersFieldProps, "samplers" | "onChange">) {
  const others = otherSamplers(samplers);
  const count = Object.keys(others).length;
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? null : readOtherSamplers(typed, samplers);
  return (
    <Disclosure summary={count === 0 ? "Other fields" : `Other fields (${count})`} defaultOpen={count > 0}>
      <Field
        label="JSON of fields without a control"
        hint="Added to the request as is."
        error={read?.ok === false ? `Not saved: ${read.message}` : null}
      >
        {(control) => (
          <TextArea
            {...control}
            rows={4}
            spellCheck={false}
            placeholder='{"mirostat": 2, "mirostat_tau": 5}'
            value={typed ?? (count === 0 ? "" : JSON.stringify(others, null, 2))}
            onChange={(event) => {
              setTyped(event.target.value);
              const next = readOtherSamplers(event.target.value, samplers);
              if (next.ok) onChange(next.samplers);
            }}
            onBlur={() => (read?.ok === false ? undefined : setTyped(null))}
            className="figures w-full"
          />
        )}
      </Field>
    </Disclosure>
  );
}
