import { useId } from "react";

import { Select } from "@/components/ui/fields/select";
import { Switch } from "@/components/ui/fields/switch";
import type { ToolChoice } from "@/lib/tools/tool";

type ToolChoiceFieldProps = {
  value: ToolChoice;
  /** Names of the tools that are on in this lane. */
  names: readonly string[];
  /** Why no call can be forced; null where one can. */
  noForced: string | null;
  onChange: (choice: ToolChoice) => void;
};

const KINDS = [
  { value: "auto", label: "auto: the model decides" },
  { value: "none", label: "none: no call" },
];

/** `tool_choice`: one of three words or one named tool. */
export function ToolChoiceField({ value, names, noForced, onChange }: ToolChoiceFieldProps) {
  const named = value.kind === "named" && !names.includes(value.name) ? [...names, value.name] : names;
  const whyId = useId();
  const disabled = noForced !== null;
  const options = [
    ...KINDS,
    { value: "required", label: "required: at least one call", disabled },
    ...named.map((name) => ({
      value: `named ${name}`,
      label: names.includes(name) ? `only ${name}` : `only ${name} (not on in this lane)`,
      disabled,
    })),
  ];
  return (
    <div className="grid gap-2">
      <Select
        aria-label="Tool choice"
        value={value.kind === "named" ? `named ${value.name}` : value.kind}
        options={options}
        onChange={(picked) => onChange(toChoice(picked))}
        {...(disabled ? { "aria-describedby": whyId } : {})}
        className="w-full"
      />
      {disabled ? (
        <p id={whyId} className="text-muted text-[13px]">
          {noForced}
        </p>
      ) : null}
      {value.kind === "named" ? (
        <Switch
          label="Send only this tool and require it"
          checked={value.enforce}
          onChange={(enforce) => onChange({ ...value, enforce })}
        />
      ) : null}
    </div>
  );
}

function toChoice(picked: string): ToolChoice {
  switch (picked) {
    case "none":
      return { kind: "none" };
    case "required":
      return { kind: "required" };
    case "auto":
      return { kind: "auto" };
    default:
      return { kind: "named", name: picked.slice("named ".length), enforce: false };
  }
}
