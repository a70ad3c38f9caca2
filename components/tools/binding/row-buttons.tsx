import { ArrowDown, ArrowUp, Ellipsis, X } from "lucide-react";

import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menus/menu";
import { useIsNarrow } from "@/components/ui/use-is-narrow";

type RowButtonsProps = {
  /** What they move and remove: "rule 2". */
  name: string;
  index: number;
  count: number;
  onMove: (to: number) => void;
  onRemove: () => void;
};

/** Moves a row of a list up and down, or removes it. On a phone one button has a menu of the three, which leaves room for the row. */
export function RowButtons({ name, index, count, onMove, onRemove }: RowButtonsProps) {
  const isNarrow = useIsNarrow();
  if (isNarrow)
    return (
      <Menu
        kind="quiet"
        size="icon"
        label={`Move or remove ${name}`}
        entries={[
          {
            kind: "item",
            label: "Move up",
            icon: <ArrowUp size={14} aria-hidden />,
            disabled: index === 0,
            run: () => onMove(index - 1),
          },
          {
            kind: "item",
            label: "Move down",
            icon: <ArrowDown size={14} aria-hidden />,
            disabled: index === count - 1,
            run: () => onMove(index + 1),
          },
          { kind: "item", label: "Remove", icon: <X size={14} aria-hidden />, run: onRemove },
        ]}
      >
        <Ellipsis size={15} aria-hidden />
      </Menu>
    );
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
