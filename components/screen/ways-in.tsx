"use client";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/fields/checkbox";
import type { ProvidersReply } from "@/lib/contract/servers";
import { showMarks } from "@/lib/markdown/visible-marks";

type WaysInProps = {
  servers: ProvidersReply | null;
  /** Names of the servers that the person added. */
  own: readonly string[];
  /** Why what is on screen could not be saved; null while it could. */
  saveProblem: string | null;
  /** Why the servers could not be asked for, in whole sentences; null while they could. */
  problem: string | null;
  readOnly: boolean;
  /** Before the first prompt, what was found is shown even where there is little room. */
  isFresh: boolean;
  laneCount: number;
  sequential: boolean;
  onSequential: (sequential: boolean) => void;
  onAddServer: () => void;
  onPasteKey: () => void;
  /** Saves the open comparison as a file. */
  onExport: () => void;
  /** Takes the comparison over from the other tab. */
  onUseHere: () => void;
  onDuplicate: () => void;
};

/** The line under the composer: what was found, other ways in, and how lanes of one server run. */
export function WaysIn({
  servers,
  own,
  saveProblem,
  problem,
  readOnly,
  isFresh,
  laneCount,
  sequential,
  onSequential,
  onAddServer,
  onPasteKey,
  onExport,
  onUseHere,
  onDuplicate,
}: WaysInProps) {
  return (
    <div className="text-muted flex flex-wrap items-center gap-x-4 gap-y-1 px-1 pt-1.5 text-[13px]">
      {readOnly ? (
        <>
          <strong className="text-warn font-medium">
            In use in another tab. Here you can read, copy and export.
          </strong>
          <span className="flex gap-2">
            <Button size="small" onClick={onUseHere}>
              Use it here
            </Button>
            <Button size="small" onClick={onDuplicate}>
              Duplicate
            </Button>
          </span>
        </>
      ) : null}
      {saveProblem === null ? null : <span className="text-danger">Not saved: {saveProblem}</span>}
      {problem === null ? null : <span className="text-danger">{problem}</span>}
      {saveProblem === null && problem === null ? null : (
        <Button size="small" onClick={onExport}>
          Export this comparison
        </Button>
      )}
      <span className={isFresh ? "" : "max-[720px]:hidden"}>{foundLine(servers, own)}</span>
      <span className="flex gap-x-3">
        <WayIn label="Add a server" onClick={onAddServer} />
        <WayIn label="Paste a key" onClick={onPasteKey} />
      </span>
      {laneCount < 2 ? null : <Sequential sequential={sequential} onSequential={onSequential} />}
    </div>
  );
}

function WayIn({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="rounded-inner hover:text-text underline underline-offset-2"
    >
      {label}
    </button>
  );
}

function Sequential({ sequential, onSequential }: Pick<WaysInProps, "sequential" | "onSequential">) {
  return (
    <Checkbox
      label={
        <span>
          one lane at a time <span className="max-[480px]:hidden">per server</span>
        </span>
      }
      title="Lanes on the same server run one after another, so that they don't slow each other down"
      checked={sequential}
      onChange={onSequential}
      className="ml-auto"
    />
  );
}

function foundLine(servers: ProvidersReply | null, own: readonly string[]): string {
  if (servers === null) return "Looking for servers on this machine …";
  const found = servers.providers
    .filter(({ local, reach }) => local && reach.state === "ready")
    .map(({ label }) => label);
  const keys = servers.providers
    .filter(({ local, key }) => !local && key === "present")
    .map(({ label }) => label);
  const parts = [
    found.length > 0 ? `Found on this machine: ${found.join(", ")}.` : "No server found on this machine.",
    own.length > 0 ? `Your servers: ${own.map((name) => showMarks(name)).join(", ")}.` : "",
    keys.length > 0 ? `API keys: ${keys.join(", ")}.` : "",
  ];
  return parts.filter(Boolean).join(" ");
}
