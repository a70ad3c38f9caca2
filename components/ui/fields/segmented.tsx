"use client";

import { useId } from "react";

import { cn } from "@/components/ui/cn";

type SegmentedOption<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  /** More about it, on hover. */
  readonly title?: string | undefined;
  /** It cannot be chosen: id of the element that says why. The arrows still reach it, so that the reason is read out. */
  readonly off?: string | undefined;
};

type SegmentedProps<Value extends string> = {
  label: string;
  value: Value;
  options: readonly SegmentedOption<Value>[];
  onChange: (value: Value) => void;
  className?: string;
};

/** One of a few, all in sight. Native radio buttons: arrows move, Tab leaves. Where they take several lines, each line is filled. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, value, options, onChange, className } = props;
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={cn(
        "flex flex-wrap gap-px rounded-inner border border-line-control bg-sunken p-px",
        className,
      )}
    >
      {options.map((option) => (
        <label
          key={option.value}
          title={option.title}
          className="text-muted has-checked:bg-surface has-checked:text-text has-focus-visible:outline-accent has-checked:ring-line-control relative flex min-h-7 flex-auto items-center justify-center rounded-[5px] px-2.5 has-checked:font-medium has-checked:ring-1 has-focus-visible:outline-2 has-aria-disabled:line-through max-[480px]:px-1.5"
        >
          <input
            type="radio"
            name={name}
            className="absolute inset-0 appearance-none outline-none"
            checked={option.value === value}
            {...(option.off === undefined ? {} : { "aria-disabled": true, "aria-describedby": option.off })}
            onChange={() => (option.off === undefined ? onChange(option.value) : undefined)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
