"use client";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Panel } from "@/components/ui/panel/panel";
import { showMarks } from "@/lib/markdown/visible-marks";

type LeavePanelProps = { href: string; onClose: () => void };

/** Shows the whole address that a model wrote before anything is asked of it. */
export function LeavePanel({ href, onClose }: LeavePanelProps) {
  return (
    <Panel title="Open this address?" kind="dialog" onClose={onClose}>
      <div className="grid gap-3 overflow-y-auto p-4">
        <p className="figures max-h-60 overflow-y-auto [overflow-wrap:anywhere]">{showMarks(href)}</p>
        <p className="text-muted text-[13px]">
          This address comes from the answer. It may contain parts of this conversation.
        </p>
        <div className="flex items-center gap-2">
          <Button
            kind="primary"
            data-initial-focus
            onClick={() => {
              window.open(href, "_blank", "noopener,noreferrer");
              onClose();
            }}
          >
            Open in a new tab
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <CopyButton label="Copy address" text={() => href} className="ml-auto" />
        </div>
      </div>
    </Panel>
  );
}
