import { showMarks } from "@/lib/markdown/visible-marks";
import { numberAsWritten } from "@/lib/stream/turn/written-json";

/** A JSON value without parts, also one of `readWritten`, in the color of its type. */
export function Scalar({ value }: { value: null | boolean | number | string }) {
  const number = typeof value === "string" ? numberAsWritten(value) : null;
  if (number !== null) return <span className="text-code-number">{number}</span>;
  if (typeof value === "string")
    return <span dir="auto" className="text-code-string">{`"${showMarks(value)}"`}</span>;
  const tone = typeof value === "number" ? "text-code-number" : "text-code-keyword";
  return <span className={tone}>{String(value)}</span>;
}
