import { Link, Unlink } from "lucide-react";

import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menus/menu";
import type { LaneId } from "@/lib/session/store/session";

import type { LinkControl } from "./link-control";

type LinkButtonProps = {
  /** What is linked, such as "Effort". */
  setting: string;
  link: LinkControl;
  /** Gives this lane its own. */
  onOwn: () => void;
  /** Takes the value of that lane; this lane's own goes to all. */
  onLinkTo: (source: LaneId) => void;
};

/** Whether a setting is the same in all lanes, and what can be done about it. No choice brings a value that no lane shows. */
export function LinkButton({ setting, link, onOwn, onLinkTo }: LinkButtonProps) {
  if (link.isSame) {
    return (
      <IconButton
        label={`${setting}: same in all lanes`}
        tip="The same in all lanes. Press to give this lane its own."
        aria-pressed
        onClick={onOwn}
        className="text-muted"
      >
        <Link size={14} aria-hidden />
      </IconButton>
    );
  }
  const own = link.canOwn ? [{ kind: "item" as const, label: "Give this lane its own", run: onOwn }] : [];
  return (
    <Menu
      label={`${setting}: not the same in all lanes`}
      tip
      kind="quiet"
      size="icon"
      entries={[
        ...link.choices.map(({ label, source }) => ({
          kind: "item" as const,
          label,
          run: () => onLinkTo(source),
        })),
        ...own,
      ]}
      className="bg-accent-soft text-accent"
    >
      <Unlink size={14} aria-hidden />
    </Menu>
  );
}
