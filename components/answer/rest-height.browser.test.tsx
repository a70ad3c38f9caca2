import { act, useRef } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { render } from "vitest-browser-react";

import { useRestHeight } from "./rest-height";

afterEach(() => vi.unstubAllGlobals());

const run = (calls: (() => void)[]) => act(() => calls.splice(0).forEach((call) => call()));

function Answer({ isLive }: { isLive: boolean }) {
  const article = useRef<HTMLElement>(null);
  const height = useRestHeight(article, isLive, 0);
  return (
    <article ref={article} data-height={height ?? "whole"}>
      <div style={{ height: 120 }} />
    </article>
  );
}

it("an answer that ends in a hidden page begins to rest once it was measured and the page is idle", async () => {
  const measure: (() => void)[] = [];
  const idle: (() => void)[] = [];
  class Observer {
    constructor(hear: (entries: readonly unknown[]) => void) {
      measure.push(() => hear([{ contentRect: { height: 119.5 } }]));
    }
    observe(): void {}
    disconnect(): void {}
  }
  vi.stubGlobal("ResizeObserver", Observer);
  vi.stubGlobal("requestIdleCallback", (call: () => void) => idle.push(call));
  vi.stubGlobal("cancelIdleCallback", () => undefined);
  const screen = await render(<Answer isLive />);
  await screen.rerender(<Answer isLive={false} />);
  const height = () => screen.container.querySelector("article")?.dataset["height"];
  run(idle);
  expect(height()).toBe("whole");
  run(measure);
  expect(height()).toBe("whole");
  run(idle);
  expect(height()).toBe("120");
});
