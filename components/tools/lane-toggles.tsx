import { cn } from "@/components/ui/cn";
import type { LaneView } from "@/lib/session/store/lane-view";

type LaneTogglesProps = {
  /** The tool's name. */
  name: string;
  toolId: string;
  lanes: readonly LaneView[];
  onAll: (on: boolean) => void;
  onLane: (lane: LaneView, on: boolean) => void;
};

const CHIP = "h-6 min-w-6 rounded-[5px] border px-1.5 text-[13px]";
const ON = "border-accent bg-accent-soft text-accent";
const OFF = "border-line-strong text-muted hover:bg-sunken";

/** Where a tool is on: in all lanes at once, or lane by lane. */
export function LaneToggles({ name, toolId, lanes, onAll, onLane }: LaneTogglesProps) {
  const on = lanes.filter((lane) => lane.setup.tools.includes(toolId)).length;
  const isAll = on === lanes.length && on > 0;
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">Lanes with {name}</legend>
      <button
        type="button"
        aria-pressed={isAll ? true : on > 0 ? "mixed" : false}
        aria-label={lanes.length > 1 ? `${name} in all lanes` : `${name} on`}
        onClick={() => onAll(!isAll)}
        className={cn(CHIP, isAll ? ON : OFF)}
      >
        {lanes.length > 1 ? "all" : isAll ? "on" : "off"}
      </button>
      {lanes.length > 1
        ? lanes.map((lane, index) => {
            const isOn = lane.setup.tools.includes(toolId);
            return (
              <button
                key={lane.id}
                type="button"
                aria-pressed={isOn}
                aria-label={`${name} in lane ${index + 1}`}
                title={lane.name}
                onClick={() => onLane(lane, !isOn)}
                className={cn(CHIP, isOn ? ON : OFF)}
              >
                {index + 1}
              </button>
            );
          })
        : null}
    </fieldset>
  );
}
