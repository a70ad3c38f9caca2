import { trapsIn } from "@/lib/markdown/visible-marks";

/** Codes named before the rest is only counted. */
const NAMED = 4;

/** Under a field whose text must stay as it is: which characters in it hide or reorder what is seen. Nothing for most texts. */
export function TrapNote({ text }: { text: string }) {
  const codes = trapsIn(text);
  if (codes.length === 0) return null;
  const more = codes.length - NAMED;
  const named = `${codes.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${String(more)} more` : ""}`;
  return <p className="text-warn text-[13px]">{`Contains ${named}, which can hide or reorder text.`}</p>;
}
