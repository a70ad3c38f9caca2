import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { DemoModel } from "@/lib/contract/servers";

import { demoWords } from "./demo-words";

type DemoStatusProps = { demo: DemoModel; onInstall: () => void; className?: string };

/** How the model that Vitrine brings itself is doing, with a bar while it installs. */
export function DemoStatus({ demo, onInstall, className }: DemoStatusProps) {
  const words = demoWords(demo);
  return (
    <div className={cn("flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1", className)}>
      <span className="text-[13px] font-medium">Demo model</span>
      <span
        className={cn("min-w-0 flex-1 basis-48 text-[13px]", words.failed ? "text-danger" : "text-muted")}
      >
        {words.text}
      </span>
      {words.action === null ? null : (
        <Button size="small" onClick={onInstall}>
          {words.action}
        </Button>
      )}
      {demo.state === "installing" && words.share !== null ? (
        <ProgressBar label="Install of the demo model" value={words.share} />
      ) : null}
    </div>
  );
}
