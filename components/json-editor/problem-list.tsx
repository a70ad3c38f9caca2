import { showMarks } from "@/lib/markdown/visible-marks";

import type { LocatedProblem } from "./json-problems";
import type { JumpTo } from "./jump-to";

/** More problems than these are counted. */
const MOST_SHOWN = 20;

type ProblemListProps = {
  text: string;
  problems: readonly LocatedProblem[];
  onJump: (to: JumpTo) => void;
};

/** What is wrong with a JSON text, each with its line, which a press goes to. */
export function ProblemList({ text, problems, onJump }: ProblemListProps) {
  if (problems.length === 0) return null;
  const more = problems.length - MOST_SHOWN;
  return (
    <ul aria-label="Problems" className="grid gap-0.5 text-[13px]">
      {problems.slice(0, MOST_SHOWN).map(({ from, to, level, message }) => (
        <li key={`${String(from)} ${message}`} className={level === "error" ? "text-danger" : "text-warn"}>
          <button
            type="button"
            onClick={() => onJump({ from, to })}
            className="text-left [overflow-wrap:anywhere] underline decoration-dotted underline-offset-2"
          >
            Line {lineOf(text, from)}: {showMarks(message)}
          </button>
        </li>
      ))}
      {more > 0 ? <li className="text-muted">and {more} more</li> : null}
    </ul>
  );
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}
