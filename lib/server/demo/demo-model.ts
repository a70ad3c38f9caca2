/** The small server and model that Vitrine brings itself: a state machine whose effects are injected. */
import type { DemoModel } from "@/lib/contract/servers";

/** The demo server's alias for its model. */
export const DEMO_MODEL_ID = "smollm2-135m";

export type DemoProblem = { readonly what: string; readonly next: string };
type Outcome<Success> =
  | ({ readonly ok: true } & Success)
  | { readonly ok: false; readonly problem: DemoProblem };

export type DemoServer = {
  /** No path, no trailing slash. */
  readonly url: string;
  /** Resolves when the server has ended, whatever the reason, with its last words. */
  readonly exited: Promise<{ readonly tail: string }>;
};

/** All that the machine does to the world. Rejections count as failures with the error's own message. */
export type DemoEffects = {
  /** ms, monotonic */
  readonly now: () => number;
  /** What an install downloads, in bytes. */
  readonly totalBytes: number;
  readonly isInstalled: () => boolean;
  readonly install: (onProgress: (receivedBytes: number) => void) => Promise<Outcome<unknown>>;
  readonly serve: () => Promise<Outcome<{ readonly server: DemoServer }>>;
  /** The server answers at this base URL. */
  readonly onReady: (baseUrl: string) => void;
};

export type DemoMachine = {
  readonly state: () => DemoModel;
  /** Installs when needed, then serves. Returns at once; does nothing while it is under way, ready or off. */
  readonly start: () => void;
};

/** A demo model that can never start, because of `reason`. */
export function demoModelOff(reason: string): DemoMachine {
  return { state: () => ({ state: "off", reason }), start: () => {} };
}

/** Begins as `available`. Every failure ends in `failed`, from which `start` tries again. */
export function createDemoModel(effects: DemoEffects): DemoMachine {
  const available = (): DemoModel => ({
    state: "available",
    downloadBytes: effects.isInstalled() ? 0 : effects.totalBytes,
  });
  let read: () => DemoModel = available;

  const install = async () => {
    const since = effects.now();
    let received: number | null = null;
    read = () => ({
      state: "installing",
      receivedBytes: received,
      totalBytes: effects.totalBytes,
      elapsedMs: Math.round(effects.now() - since),
    });
    return effects.install((bytes) => {
      // Some installers give no bytes: until the first one only the elapsed time is known.
      if (bytes > 0) received = Math.min(bytes, effects.totalBytes);
    });
  };

  const serve = async () => {
    const since = effects.now();
    read = () => ({ state: "starting", elapsedMs: Math.round(effects.now() - since) });
    return effects.serve();
  };

  const run = async (): Promise<DemoProblem> => {
    if (!effects.isInstalled()) {
      const installed = await install();
      if (!installed.ok) return installed.problem;
    }
    const served = await serve();
    if (!served.ok) return served.problem;
    const { url, exited } = served.server;
    const ready: DemoModel = { state: "ready", baseUrl: `${url}/v1`, model: DEMO_MODEL_ID };
    read = () => ready;
    effects.onReady(ready.baseUrl);
    const { tail } = await exited;
    return { what: `The demo model's server ended${withReason(tail)}`, next: "Start it again." };
  };

  const fail = ({ what, next }: DemoProblem) => {
    read = () => ({ state: "failed", what, next });
  };

  return {
    state: () => read(),
    start() {
      const { state } = read();
      if (state !== "available" && state !== "failed") return;
      run().then(fail, (error: unknown) => {
        fail({ what: `The demo model could not start${withReason(String(error))}`, next: "Start it again." });
      });
    },
  };
}

function withReason(words: string): string {
  return words === "" ? "." : `: ${words}`;
}
