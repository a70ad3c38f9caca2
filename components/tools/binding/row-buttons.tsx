import { ArrowDown, ArrowUp, X } from "lucide-react";

import { IconButton } from "@/components/ui/icon-button";

type RowButtonsProps = {
  /** What they move and remove: "rule 2". */
  name: string;
  index: number;
  count: number;
  onMove: (to: number) => void;
  onRemove: () => void;
};

/** Moves a row of a list up and down, or removes it. */
export function RowButtons({ name, index, count, onMove, onRemove }: RowButtonsProps) {
  return (
    <span className="flex">
      <IconButton
        label={`Move ${name} up`}
        aria-disabled={index === 0}
        data-move="up"
        onClick={() => onMove(index - 1)}
      >
        <ArrowUp size={14} aria-hidden />
      </IconButton>
      <IconButton
        label={`Move ${name} down`}
        aria-disabled={index === count - 1}
        data-move="down"
        onClick={() => onMove(index + 1)}
      >
        <ArrowDown size={14} aria-hidden />
      </IconButton>
      <IconButton label={`Remove ${name}`} onClick={onRemove}>
        <X size={14} aria-hidden />
      </IconButton>
    </span>
  );
}
