import { Search, WrapText } from "lucide-react";

import { KIND_MARKS, KINDS } from "@/components/inspector/kind-marks";
import { cn } from "@/components/ui/cn";
import { TextField } from "@/components/ui/fields/text-field";
import { IconButton } from "@/components/ui/icon-button";
import type { FrameKind } from "@/lib/inspect/frame";
import { formatCount } from "@/lib/stream/figures/format-number";

type FrameFiltersProps = {
  counts: ReadonlyMap<FrameKind, number>;
  kinds: ReadonlySet<FrameKind>;
  onKinds: (kinds: ReadonlySet<FrameKind>) => void;
  search: string;
  onSearch: (search: string) => void;
  isWrapped: boolean;
  onWrap: (isWrapped: boolean) => void;
  /** Frames that made the words selected in the answer; 0 = nothing is selected. */
  selected: number;
  onlySelected: boolean;
  onOnlySelected: (only: boolean) => void;
};

/** What narrows the list of frames. Kinds that the answer does not have are not offered. */
export function FrameFilters(props: FrameFiltersProps) {
  const { counts, kinds, onKinds } = props;
  const toggle = (kind: FrameKind) => {
    const next = new Set(kinds);
    if (!next.delete(kind)) next.add(kind);
    onKinds(next);
  };
  return (
    <div className="grid gap-1.5 px-3 py-2">
      <div className="flex items-center gap-1.5">
        <span className="relative min-w-0 flex-1">
          <Search size={14} aria-hidden className="text-faint absolute top-1/2 left-2 -translate-y-1/2" />
          <TextField
            type="search"
            aria-label="Search frames"
            placeholder="Search"
            value={props.search}
            onChange={(event) => props.onSearch(event.currentTarget.value)}
            className="w-full pl-7"
          />
        </span>
        <IconButton
          label="Wrap lines"
          aria-pressed={props.isWrapped}
          onClick={() => props.onWrap(!props.isWrapped)}
          className="aria-pressed:bg-sunken aria-pressed:text-text"
        >
          <WrapText size={14} aria-hidden />
        </IconButton>
      </div>
      <fieldset aria-label="Kinds of frames" className="flex flex-wrap gap-1">
        {KINDS.filter((kind) => counts.has(kind) || kinds.has(kind)).map((kind) => (
          <Chip key={kind} isOn={kinds.has(kind)} title={KIND_MARKS[kind].about} onPress={() => toggle(kind)}>
            <span aria-hidden className={cn("size-2 rounded-full", KIND_MARKS[kind].dot)} />
            {`${KIND_MARKS[kind].label} ${formatCount(counts.get(kind) ?? 0)}`}
          </Chip>
        ))}
        {props.selected === 0 ? null : (
          <Chip
            isOn={props.onlySelected}
            title="Frames that made the words selected in the answer"
            onPress={() => props.onOnlySelected(!props.onlySelected)}
          >
            {`selected words ${formatCount(props.selected)}`}
          </Chip>
        )}
      </fieldset>
    </div>
  );
}

type ChipProps = { isOn: boolean; title: string; onPress: () => void; children: React.ReactNode };

function Chip({ isOn, title, onPress, children }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      title={title}
      onClick={onPress}
      className="border-line text-muted hover:text-text aria-pressed:border-line-strong aria-pressed:bg-sunken aria-pressed:text-text flex h-6 items-center gap-1.5 rounded-full border px-2 text-[12px] tabular-nums pointer-coarse:h-8"
    >
      {children}
    </button>
  );
}
