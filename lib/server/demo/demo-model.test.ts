import { describe, expect, it, vi } from "vitest";

import { createDemoModel, type DemoEffects, type DemoMachine, demoModelOff } from "./demo-model";

const MB = 1_000_000;
const PROBLEM = {
  what: "The package index could not be reached.",
  next: "Check the network, then try again.",
};

/** A machine on a day when everything works; `more` says what does not, or waits. */
function machine(more: Partial<DemoEffects> = {}): DemoMachine {
  return createDemoModel({
    now: () => 0,
    totalBytes: 127 * MB,
    isInstalled: () => false,
    install: () => Promise.resolve({ ok: true }),
    serve: () => Promise.resolve({ ok: true, server: { url: "http://127.0.0.1:4000", exited: forever } }),
    onReady: () => {},
    ...more,
  });
}

const forever = new Promise<never>(() => {});

const reaches = (demo: DemoMachine, state: object) =>
  vi.waitFor(() => expect(demo.state()).toEqual(state), { interval: 1 });

describe("the demo model", () => {
  it("waits to be asked, and says what it would download", () => {
    expect(machine().state()).toEqual({ state: "available", downloadBytes: 127 * MB });
    expect(machine({ isInstalled: () => true }).state()).toEqual({ state: "available", downloadBytes: 0 });
  });

  it("tells the bytes of its install, or only the time where there are none", async () => {
    let clock = 1000;
    const receivers: ((bytes: number) => void)[] = [];
    const install: DemoEffects["install"] = (onProgress) => {
      receivers.push(onProgress);
      return forever;
    };
    const demo = machine({ now: () => clock, install });
    const state = (receivedBytes: number | null, elapsedMs: number) => ({
      state: "installing",
      receivedBytes,
      totalBytes: 127 * MB,
      elapsedMs,
    });
    demo.start();
    clock += 400.4;
    expect(demo.state()).toEqual(state(null, 400));
    const [receive] = receivers;
    receive?.(0);
    expect(demo.state()).toEqual(state(null, 400));
    receive?.(41 * MB);
    expect(demo.state()).toEqual(state(41 * MB, 400));
    receive?.(130 * MB);
    expect(demo.state()).toEqual(state(127 * MB, 400));
  });

  it("becomes ready, once however often it is started, and tells where", async () => {
    const readyAt: string[] = [];
    const demo = machine({ onReady: (baseUrl) => void readyAt.push(baseUrl) });
    demo.start();
    demo.start();
    await reaches(demo, { state: "ready", baseUrl: "http://127.0.0.1:4000/v1", model: "smollm2-135m" });
    demo.start();
    expect(readyAt).toEqual(["http://127.0.0.1:4000/v1"]);
  });

  it.each<[string, Partial<DemoEffects>, object]>([
    ["an install that fails", { install: () => Promise.resolve({ ok: false, problem: PROBLEM }) }, PROBLEM],
    [
      "a server that does not start",
      { serve: () => Promise.resolve({ ok: false, problem: PROBLEM }) },
      PROBLEM,
    ],
    [
      "a bug of ours",
      { serve: () => Promise.reject(new TypeError("x is undefined")) },
      { what: "The demo model could not start: TypeError: x is undefined", next: "Start it again." },
    ],
    [
      "a server that ends",
      {
        serve: () =>
          Promise.resolve({ ok: true, server: { url: "http://x", exited: Promise.resolve({ tail: "" }) } }),
      },
      { what: "The demo model's server ended.", next: "Start it again." },
    ],
  ])("says what went wrong and what to do: %s", async (_title, effects, problem) => {
    const demo = machine(effects);
    demo.start();
    await reaches(demo, { state: "failed", ...problem });
  });

  it("can be started again after a failure, without a second install", async () => {
    let isInstalled = false;
    const steps: string[] = [];
    const demo = machine({
      isInstalled: () => isInstalled,
      install: () => {
        steps.push("install");
        isInstalled = true;
        return Promise.resolve({ ok: true });
      },
      serve: () => {
        steps.push("serve");
        return Promise.resolve({ ok: false, problem: PROBLEM });
      },
    });
    demo.start();
    await reaches(demo, { state: "failed", ...PROBLEM });
    demo.start();
    await vi.waitFor(() => expect(steps).toEqual(["install", "serve", "serve"]), { interval: 1 });
  });

  it("never starts where it is off", () => {
    const off = demoModelOff("Switched off by VITRINE_LLAMA=off.");
    off.start();
    expect(off.state()).toEqual({ state: "off", reason: "Switched off by VITRINE_LLAMA=off." });
  });
});
