import type { Step } from "./turn";

/** Whether a finished step holds a thought and nothing that answers: no text, call, picture or anything else. */
export function endsInThought({ status, parts }: Step): boolean {
  if (status.state !== "done") return false;
  const hasThought = parts.some((part) => part.type === "reasoning" && part.text.trim() !== "");
  const isSilent = parts.every(
    (part) => part.type === "reasoning" || (part.type === "text" && part.text.trim() === ""),
  );
  return hasThought && isSilent;
}
