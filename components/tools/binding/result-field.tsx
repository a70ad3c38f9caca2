import { cn } from "@/components/ui/cn";
import { Checkbox } from "@/components/ui/fields/checkbox";
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
    <div className={cn("grid min-w-0 gap-1", className)}>
      <TextArea
        aria-label={label}
        rows={1}
        value={result.output}
        placeholder={result.isError ? "what went wrong" : "empty result"}
        onChange={(event) => onChange({ ...result, output: event.target.value })}
        className={cn("figures w-full", result.isError && "text-danger")}
      />
      <Checkbox
        label={<span aria-label={`${label} is an error`}>is an error</span>}
        title="The model is told that the tool failed."
        checked={result.isError}
        onChange={(isError) => onChange({ ...result, isError })}
      />
    </div>
  );
}
