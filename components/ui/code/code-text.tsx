import { cn } from "@/components/ui/cn";
import { CONTROL } from "@/components/ui/fields/control";

type CodeTextProps = {
  label: string;
  text: string;
  /** Lines shown before it scrolls. */
  maxRows?: number;
  className?: string;
};

/** Text to read, select and scroll, by keyboard too: a field that cannot be changed has all of that by itself. */
export function CodeText({ label, text, maxRows = 20, className }: CodeTextProps) {
  const rows = Math.min(maxRows, text.split("\n", maxRows + 1).length);
  return (
    <textarea
      readOnly
      aria-label={label}
      rows={rows}
      wrap="off"
      spellCheck={false}
      value={text}
      className={cn(
        CONTROL,
        "figures w-full resize-none bg-sunken py-1.5 leading-snug whitespace-pre",
        className,
      )}
    />
  );
}
