import { cn } from "@/components/ui/cn";
import type { LaneView } from "@/lib/session/store/lane-view";

type LaneTogglesProps = {
  /** What is switched: "weather", "Set Trip". */
  name: string;
  lanes: readonly LaneView[];
  /** "partly": some of the tools are on. */
  stateOf: (lane: LaneView) => "on" | "partly" | "off";
  onAll: (on: boolean) => void;
  onLane: (lane: LaneView, on: boolean) => void;
};

const CHIP = "h-6 min-w-6 rounded-[5px] border px-1.5 text-[13px]";
const LOOK = {
  on: "border-accent bg-accent-soft text-accent",
  partly: "border-accent border-dashed text-accent hover:bg-sunken",
  off: "border-line-strong text-muted hover:bg-sunken",
} as const;
const PRESSED = { on: true, partly: "mixed", off: false } as const;

/** Where tools are on: in all lanes at once, or lane by lane. */
export function LaneToggles({ name, lanes, stateOf, onAll, onLane }: LaneTogglesProps) {
  const states = lanes.map(stateOf);
  const isAll = states.length > 0 && states.every((state) => state === "on");
  const isNone = states.every((state) => state === "off");
  const whole = isAll ? "on" : isNone ? "off" : "partly";
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">Lanes with {name}</legend>
      <button
        type="button"
        aria-pressed={PRESSED[whole]}
        aria-label={lanes.length > 1 ? `${name} in all lanes` : `${name} on`}
        onClick={() => onAll(!isAll)}
        // Beside the lanes' own chips, "all" stands out only where it is so.
        className={cn(CHIP, lanes.length > 1 && !isAll ? LOOK.off : LOOK[whole])}
      >
        {lanes.length > 1 ? "all" : whole}
      </button>
      {lanes.length > 1
        ? lanes.map((lane, index) => {
            const state = states[index] ?? "off";
            return (
              <button
                key={lane.id}
                type="button"
                aria-pressed={PRESSED[state]}
                aria-label={`${name} in lane ${index + 1}`}
                title={lane.name}
                onClick={() => onLane(lane, state !== "on")}
                className={cn(CHIP, LOOK[state])}
              >
                {index + 1}
              </button>
            );
          })
        : null}
    </fieldset>
  );
}
