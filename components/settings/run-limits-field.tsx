import { NumberField } from "@/components/ui/fields/number-field";
import { DEFAULT_LIMITS, type RunLimits } from "@/lib/providers/provider";
import { MOST_CALLS, MOST_STEPS } from "@/lib/stream/turn/bounds";

type RunLimitsFieldProps = { value: RunLimits; onChange: (limits: RunLimits) => void };

/** How far a turn goes while tools answer by themselves. An empty field is the usual limit. */
export function RunLimitsField({ value, onChange }: RunLimitsFieldProps) {
  return (
    <>
      <div className="grid grid-cols-2 gap-2">
        <NumberField
          label="Max steps"
          integer
          min={1}
          max={MOST_STEPS}
          placeholder={String(DEFAULT_LIMITS.steps)}
          value={value.steps}
          onChange={(steps) => onChange({ ...value, steps: steps ?? DEFAULT_LIMITS.steps })}
        />
        <NumberField
          label="Max calls"
          integer
          min={1}
          max={MOST_CALLS}
          placeholder={String(DEFAULT_LIMITS.calls)}
          value={value.calls}
          onChange={(calls) => onChange({ ...value, calls: calls ?? DEFAULT_LIMITS.calls })}
        />
      </div>
      <p className="text-muted text-[13px]">
        Per turn, while tools answer by themselves. What you answer yourself does not count.
      </p>
    </>
  );
}
