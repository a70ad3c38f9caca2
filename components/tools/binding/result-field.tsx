import { TriangleAlert } from "lucide-react";

import { cn } from "@/components/ui/cn";
import { TextArea } from "@/components/ui/fields/text-area";
import type { MockResult } from "@/lib/tools/tool";

type ResultFieldProps = {
  /** Whose result it is, for assistive technology: "Result of rule 2". */
  label: string;
  result: MockResult;
  onChange: (result: MockResult) => void;
  className?: string;
};

/** An invented result: its text, and whether the model is told that the tool failed. */
export function ResultField({ label, result, onChange, className }: ResultFieldProps) {
  return (
    <div className={cn("relative grid min-w-0", className)}>
      <TextArea
        aria-label={label}
        rows={1}
        value={result.output}
        placeholder={result.isError ? "what went wrong" : "empty result"}
        onChange={(event) => onChange({ ...result, output: event.target.value })}
        className={cn("figures w-full pr-9 pointer-coarse:pr-12", result.isError && "text-danger")}
      />
      <label
        title={
          result.isError
            ? "The model is told that the tool failed"
            : "Mark as error: the model is told that the tool failed"
        }
        className="text-muted hover:bg-sunken hover:text-text has-checked:bg-danger-soft has-checked:text-danger has-focus-visible:outline-accent rounded-inner absolute top-1 right-1 grid size-7 place-items-center has-focus-visible:outline-2 pointer-coarse:top-0 pointer-coarse:right-0 pointer-coarse:size-11"
      >
        <input
          type="checkbox"
          aria-label={`${label} is an error`}
          checked={result.isError}
          onChange={(event) => onChange({ ...result, isError: event.target.checked })}
          className="absolute inset-0 appearance-none outline-none"
        />
        <TriangleAlert size={14} aria-hidden className="pointer-events-none" />
      </label>
    </div>
  );
}
