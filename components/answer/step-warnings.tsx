import type { Step } from "@/lib/stream/turn/turn";

type StepWarningsProps = { step: Step; onShowWire: (stepId: string) => void };

const SHOWN = 2;

/** What was odd about a step's bytes, in words that need no pointer; the rest is with the bytes themselves. */
export function StepWarnings({ step, onShowWire }: StepWarningsProps) {
  const { warnings } = step;
  if (warnings.length === 0) return null;
  const more = warnings.length - SHOWN;
  return (
    <ul aria-label="Warnings" className="text-warn pt-1 text-[13px]">
      {warnings.slice(0, SHOWN).map(({ code, message }) => (
        <li key={`${code} ${message}`} className="[overflow-wrap:anywhere]">
          {message}
        </li>
      ))}
      {more > 0 ? (
        <li>
          <button
            type="button"
            onClick={() => onShowWire(step.id)}
            className="rounded-inner min-h-6 underline underline-offset-2"
          >
            {more === 1 ? "1 more warning" : `${more} more warnings`}
          </button>
        </li>
      ) : null}
    </ul>
  );
}
