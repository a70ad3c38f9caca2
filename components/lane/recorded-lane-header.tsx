import { cn } from "@/components/ui/cn";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { SettingChip } from "@/lib/session/store/setting-chips";

import { ModelName } from "./model-name";

type RecordedLaneHeaderProps = {
  laneNumber: number;
  laneCount: number;
  model: string;
  chips: readonly SettingChip[];
  /** A narrow lane's tab names them too. */
  isInTab: boolean;
};

/** What a lane of a recording was: nothing of it can be changed. A phone's tab that says all of it stands for it. */
export function RecordedLaneHeader(props: RecordedLaneHeaderProps) {
  const { laneNumber, laneCount, model, chips, isInTab } = props;
  const isTabEnough = laneCount > 1 && (isInTab || chips.length === 0);
  return (
    <header
      className={cn(
        "border-line bg-bg flex h-11 min-w-0 items-center gap-2 overflow-hidden border-b px-4",
        isTabEnough && "max-[720px]:hidden",
      )}
    >
      {laneCount > 1 ? (
        <span aria-hidden className="text-muted text-[13px] tabular-nums max-[720px]:hidden">
          {laneNumber}
        </span>
      ) : null}
      <span className="flex min-w-20 shrink font-medium" title={showMarks(model)}>
        {model === "" ? <span className="text-muted truncate">No model</span> : <ModelName model={model} />}
      </span>
      <ul aria-label="Settings of this lane that differ" className="flex min-w-0 gap-1">
        {chips.map(({ key, label }) => (
          <li
            key={key}
            title={label}
            className="rounded-inner border-line text-muted h-6 min-w-0 content-center truncate border px-1.5 text-[13px]"
          >
            {label}
          </li>
        ))}
      </ul>
    </header>
  );
}
