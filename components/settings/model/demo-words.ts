import { DEMO_MODEL_NOTE, type DemoModel } from "@/lib/contract/servers";

export type DemoWords = {
  readonly text: string;
  /** 0–1 of the download; null where no bytes are told or nothing is under way. */
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
