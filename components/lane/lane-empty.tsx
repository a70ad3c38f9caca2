"use client";

import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { DemoModel } from "@/lib/contract/servers";

import type { LaneServer } from "./lane-server";

type LaneEmptyProps = {
  server: LaneServer;
  demo: DemoModel | null;
  /** The lane runs on the model that Vitrine brings itself (or would, once it is there). */
  usesDemo: boolean;
  model: string;
  /** Until the page has started nobody knows which model the lane will have. */
  isStarting: boolean;
  /** The page below says that no lane has a model, and what to do. */
  isSaidBelow: boolean;
  /** What the server will do with the lane's settings, and what it will not. */
  verdicts: ReactNode;
  onInstallDemo: () => void;
  onPickModel: () => void;
  onPasteKey: () => void;
};

/** A lane before its first prompt: what its server is doing, and what to do when it cannot answer. */
export function LaneEmpty(props: LaneEmptyProps) {
  const line = serverLine(props);
  return (
    <div className="text-muted grid content-start gap-3 px-4 py-4 empty:py-0">
      {line === null ? null : <p className="min-h-6 max-w-prose">{line}</p>}
      {props.verdicts}
    </div>
  );
}

const LOOKING = "Looking for a model …";

function serverLine({
  server,
  demo,
  usesDemo,
  model,
  isStarting,
  isSaidBelow,
  onInstallDemo,
  onPickModel,
  onPasteKey,
}: LaneEmptyProps): ReactNode {
  if (model === "") {
    if (demo === null) return LOOKING;
    if (demo.state === "installing" || demo.state === "starting")
      return <DemoLine demo={demo} onInstall={onInstallDemo} />;
    if (isStarting) return LOOKING;
    // The header leads to the models.
    return isSaidBelow ? null : "No model yet.";
  }
  if (usesDemo && demo?.state === "off") {
    return (
      <>
        {demoOffWords(demo.reason)}{" "}
        <Button size="small" onClick={onPickModel}>
          Choose a model
        </Button>
      </>
    );
  }
  if (usesDemo && demo !== null && demo.state !== "ready")
    return <DemoLine demo={demo} onInstall={onInstallDemo} />;
  if (usesDemo) return "Ready. This tiny demo model shows how things work; don't judge its answers.";
  if (!server.needsKey) return server.status;
  return (
    <>
      {server.status}{" "}
      <Button size="small" aria-label={`Paste a key for ${server.label}`} onClick={onPasteKey}>
        Paste a key
      </Button>
    </>
  );
}

function DemoLine({ demo, onInstall }: { demo: DemoModel; onInstall: () => void }) {
  switch (demo.state) {
    case "off":
      return demoOffWords(demo.reason);
    case "available":
      return (
        <>
          No llama.cpp is running. Vitrine can bring one with a {megabytes(demo.downloadBytes)} MB model.{" "}
          <Button size="small" onClick={onInstall}>
            Install it
          </Button>
        </>
      );
    case "installing":
      return <Installing received={demo.receivedBytes} total={demo.totalBytes} elapsedMs={demo.elapsedMs} />;
    case "starting":
      return <>Starting the model · {Math.round(demo.elapsedMs / 1000)} s</>;
    case "ready":
      return "Ready.";
    case "failed":
      return (
        <>
          <span className="text-danger">{demo.what}</span> {demo.next}{" "}
          <Button size="small" onClick={onInstall}>
            Try again
          </Button>
        </>
      );
  }
}

function Installing({
  received,
  total,
  elapsedMs,
}: {
  received: number | null;
  total: number;
  elapsedMs: number;
}) {
  const progress =
    received === null
      ? `Installing a small model · ${Math.round(elapsedMs / 1000)} s`
      : `Installing a small model · ${megabytes(Math.min(received, total))} of ${megabytes(total)} MB`;
  return (
    <span className="grid gap-2">
      <span className="tabular-nums">{progress}</span>
      <ProgressBar
        label="Demo model installation"
        value={received === null ? null : received / total}
        className="max-w-80"
      />
    </span>
  );
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}

/** The server says what switched it off. */
function demoOffWords(reason: string): string {
  const by = /^Switched off by (\S+?)\.?$/u.exec(reason)?.[1];
  return by === undefined ? `The built-in demo is off. ${reason}` : `The built-in demo is off (${by}).`;
}
