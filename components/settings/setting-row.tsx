import { Link, Unlink } from "lucide-react";
import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menus/menu";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { LaneSetup } from "@/lib/providers/provider";
import type { Verdict } from "@/lib/providers/rules/verdicts";
import { fixWords } from "@/lib/session/store/lane-verdicts";
import type { LaneId } from "@/lib/session/store/session";

import type { LinkControl } from "./link-control";

type SettingRowProps = {
  /** What the row sets. */
  title: string;
  /** null where there is one lane, so nothing to link. */
  link: LinkControl | null;
  onOwn: () => void;
  onLinkTo: (source: LaneId) => void;
  verdicts: readonly Verdict[];
  /** How many lanes a fix changes: those that share the setting change with this one. */
  reach: number;
  onFix: (patch: Partial<LaneSetup>) => void;
  children: ReactNode;
};

/** One setting: its name, its link, the control, and what the server will make of it. */
export function SettingRow(props: SettingRowProps) {
  const { title, link, onOwn, onLinkTo, verdicts, reach, onFix, children } = props;
  const isDropped = verdicts.some(({ level }) => level === "no-effect");
  return (
    <section aria-label={title} className="border-line grid gap-1 border-b px-4 py-3">
      <div className="flex min-h-7 items-center gap-2">
        <h3 className={cn("flex-1 font-medium", isDropped && "text-muted line-through")}>{title}</h3>
        {link === null ? null : <LinkButton setting={title} link={link} onOwn={onOwn} onLinkTo={onLinkTo} />}
      </div>
      {children}
      {verdicts.map((verdict) => (
        <VerdictNote key={verdict.message} verdict={verdict} reach={reach} onFix={onFix} />
      ))}
    </section>
  );
}

function VerdictNote({
  verdict,
  reach,
  onFix,
}: Pick<SettingRowProps, "reach" | "onFix"> & { verdict: Verdict }) {
  const { message, fix, fixLabel } = verdict;
  return (
    <div className="flex flex-wrap items-center gap-2 pt-1">
      <p className="text-warn min-w-0 flex-1 basis-56 text-[13px]">{showMarks(message)}</p>
      {fix === undefined ? null : (
        <Button size="small" onClick={() => onFix(fix)}>
          {fixWords(fixLabel, reach)}
        </Button>
      )}
    </div>
  );
}

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
function LinkButton({ setting, link, onOwn, onLinkTo }: LinkButtonProps) {
  if (link.isSame) {
    return (
      <IconButton
        label={`${setting}: same in all lanes`}
        tip="Same in all lanes. Click to give this lane its own value."
        aria-pressed
        onClick={onOwn}
        className="text-muted"
      >
        <Link size={14} aria-hidden />
      </IconButton>
    );
  }
  const own = link.canOwn
    ? [{ kind: "item" as const, label: "Give this lane its own value", run: onOwn }]
    : [];
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
