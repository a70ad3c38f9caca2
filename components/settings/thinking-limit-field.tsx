import { NumberField } from "@/components/ui/fields/number-field";
import { rangeWords, type ThinkingLimit } from "@/lib/providers/rules/thinking-limit";

type ThinkingLimitFieldProps = {
  value: number | null;
  limit: ThinkingLimit;
  onChange: (tokens: number | null) => void;
};

/** Max thinking tokens, within what the model takes; where it takes none, why. */
export function ThinkingLimitField({ value, limit, onChange }: ThinkingLimitFieldProps) {
  if (!limit.taken) return <p className="text-muted text-[13px]">{limit.why}</p>;
  const { min, max, zero } = limit.range;
  return (
    <NumberField
      label="Max thinking tokens"
      hint={max === null && min <= 1 ? undefined : `This model accepts ${rangeWords(limit.range)}.`}
      integer
      min={zero ? Math.min(min, 0) : min}
      {...(max === null ? {} : { max })}
      value={value}
      onChange={onChange}
    />
  );
}
