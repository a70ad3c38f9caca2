import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { LaneSetup } from "@/lib/providers/provider";
import type { Verdict } from "@/lib/providers/rules/verdicts";
import type { LaneId } from "@/lib/session/store/session";

import { LinkButton } from "./link-button";
import type { LinkControl } from "./link-control";

type SettingRowProps = {
  /** What the row sets. */
  title: string;
  /** null where there is one lane, so nothing to link. */
  link: LinkControl | null;
  onOwn: () => void;
  onLinkTo: (source: LaneId) => void;
  verdicts: readonly Verdict[];
  onFix: (patch: Partial<LaneSetup>) => void;
  children: ReactNode;
};

/** One setting: its name, its link, the control, and what the server will make of it. */
export function SettingRow(props: SettingRowProps) {
  const { title, link, onOwn, onLinkTo, verdicts, onFix, children } = props;
  const isDropped = verdicts.some(({ level }) => level === "no-effect");
  return (
    <section aria-label={title} className="border-line grid gap-1 border-b px-4 py-3">
      <div className="flex min-h-7 items-center gap-2">
        <h3 className={cn("flex-1 font-medium", isDropped && "text-muted line-through")}>{title}</h3>
        {link === null ? null : <LinkButton setting={title} link={link} onOwn={onOwn} onLinkTo={onLinkTo} />}
      </div>
      {children}
      {verdicts.map((verdict) => (
        <VerdictNote key={verdict.message} verdict={verdict} onFix={onFix} />
      ))}
    </section>
  );
}

function VerdictNote({ verdict, onFix }: { verdict: Verdict; onFix: (patch: Partial<LaneSetup>) => void }) {
  const { message, fix, fixLabel } = verdict;
  return (
    <div className="flex flex-wrap items-center gap-2 pt-1">
      <p className="text-warn min-w-0 flex-1 basis-56 text-[13px]">{message}</p>
      {fix === undefined ? null : (
        <Button size="small" onClick={() => onFix(fix)}>
          {fixLabel ?? "Change it"}
        </Button>
      )}
    </div>
  );
}
