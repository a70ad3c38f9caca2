import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ProgressBar } from "@/components/ui/progress-bar";
import { DEMO_MODEL_NOTE, type DemoModel } from "@/lib/contract/servers";
import { usePageActions } from "@/lib/session/hooks/use-page";

type DemoStatusProps = { demo: DemoModel; className?: string };

/** How the model that Vitrine brings itself is doing, with a bar while it installs, and a button that installs it. */
export function DemoStatus({ demo, className }: DemoStatusProps) {
  const { installDemo } = usePageActions();
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
        <Button size="small" onClick={installDemo}>
          {words.action}
        </Button>
      )}
      {demo.state === "installing" && words.share !== null ? (
        <ProgressBar label="Demo model installation" value={words.share} />
      ) : null}
    </div>
  );
}

export type DemoWords = {
  readonly text: string;
  /** 0–1 of the download; null if no byte counts are known or nothing is in progress. */
  readonly share: number | null;
  /** The label of the button that installs or tries again; null = nothing to press. */
  readonly action: string | null;
  readonly failed: boolean;
};

/** What a person reads about the model that Vitrine brings itself. Pure. */
export function demoWords(demo: DemoModel): DemoWords {
  const quiet = { share: null, action: null, failed: false };
  switch (demo.state) {
    case "off":
      return { ...quiet, text: demo.reason };
    case "available":
      return { ...quiet, text: DEMO_MODEL_NOTE, action: `Install (${megabytes(demo.downloadBytes)} MB)` };
    case "installing":
      return { ...quiet, ...installing(demo) };
    case "starting":
      return { ...quiet, text: `starting, ${seconds(demo.elapsedMs)} s` };
    case "ready":
      return { ...quiet, text: `ready: ${demo.model}` };
    case "failed":
      return { ...quiet, text: `${demo.what} ${demo.next}`, action: "Try again", failed: true };
  }
}

function installing(demo: Extract<DemoModel, { state: "installing" }>): Pick<DemoWords, "text" | "share"> {
  const { receivedBytes, totalBytes, elapsedMs } = demo;
  if (receivedBytes === null || totalBytes <= 0)
    return { text: `installing, ${seconds(elapsedMs)} s`, share: null };
  const text = `installing ${megabytes(receivedBytes)} of ${megabytes(totalBytes)} MB`;
  return { text, share: Math.min(1, receivedBytes / totalBytes) };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
