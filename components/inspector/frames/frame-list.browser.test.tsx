/** A list of very many frames, pressed and scrolled as a person does. */
import { useState } from "react";
import { expect, it } from "vitest";
import { render } from "vitest-browser-react";
import { userEvent } from "vitest/browser";

import type { Frame } from "@/lib/inspect/frame";
import { buildStep } from "@/lib/stream/turn/__fixtures__/build-step";

import { FrameList } from "./frame-list";

const STEP = buildStep({});

function frame(index: number, text = `data: {"n":${String(index)}}`): Frame {
  return { at: index, form: "event", text, bytes: text.length, kinds: ["text"], words: [], remarks: [] };
}

const many = (count: number, text?: string) =>
  Array.from({ length: count }, (_, index) => frame(index, text));

type Shown = { readonly frames: readonly Frame[]; readonly isWrapped?: boolean; readonly chosen?: number };

function List({ frames, isWrapped = false, chosen: first }: Shown) {
  const [chosen, setChosen] = useState<number | null>(first ?? null);
  return (
    <div style={{ height: 400, width: 440, display: "flex", flexDirection: "column" }}>
      <FrameList
        frames={frames}
        step={STEP}
        listed={frames.map((_, index) => index)}
        sentAt={0}
        chosen={chosen}
        onChoose={setChosen}
        marked={new Set()}
        isWrapped={isWrapped}
      />
    </div>
  );
}

async function show(shown: Shown) {
  const screen = await render(<List {...shown} />);
  const list = screen.getByRole("listbox", { name: "Frames" });
  return { screen, list, chosen: () => screen.getByRole("option", { selected: true }) };
}

/** Whether an element is within the view of the list. */
function isInView(list: Element, row: Element): boolean {
  const view = list.getBoundingClientRect();
  const { top, bottom } = row.getBoundingClientRect();
  return top >= view.top - 1 && bottom <= view.bottom + 1;
}

it("of 50,000 frames only those near the view are drawn, and each says its place among all", async () => {
  const { screen, list, chosen } = await show({ frames: many(50_000) });
  expect(screen.getByRole("option").elements().length).toBeLessThan(120);
  list.element().focus();
  await userEvent.keyboard("{End}");
  await expect.element(chosen()).toHaveTextContent('{"n":49999}');
  await expect.element(chosen()).toHaveAttribute("aria-posinset", "50000");
  await expect.element(chosen()).toHaveAttribute("aria-setsize", "50000");
  expect(isInView(list.element(), chosen().element())).toBe(true);
  expect(list.element().getAttribute("aria-activedescendant")).toBe(chosen().element().id);
  expect(screen.getByRole("option").elements().length).toBeLessThan(120);
});

it("keys go from frame to frame and page to page, and stop at both ends", async () => {
  const { list, chosen } = await show({ frames: many(200) });
  list.element().focus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  await expect.element(chosen()).toHaveTextContent('{"n":1}');
  await userEvent.keyboard("{PageDown}");
  await expect.element(chosen()).toHaveTextContent('{"n":16}');
  await userEvent.keyboard("{Home}{ArrowUp}");
  await expect.element(chosen()).toHaveTextContent('{"n":0}');
});

it("wrapped frames show all their lines, and the chosen one stays in view though those above are higher than thought", async () => {
  const long = `event: x\ndata: ${"word ".repeat(60)}`;
  const { list, chosen } = await show({ frames: many(300, long), isWrapped: true, chosen: 250 });
  await expect.element(chosen()).toHaveTextContent(/^\+250 ms/u);
  await expect.poll(() => isInView(list.element(), chosen().element())).toBe(true);
  expect(chosen().element().getBoundingClientRect().height).toBeGreaterThan(60);
});

it("where a reader is at the end, the list follows new frames, and elsewhere it stays", async () => {
  const { screen, list } = await show({ frames: many(300) });
  const element = list.element();
  element.scrollTop = element.scrollHeight;
  await expect.element(screen.getByText('{"n":299}')).toBeVisible();
  await screen.rerender(<List frames={many(400)} />);
  await expect.element(screen.getByText('{"n":399}')).toBeVisible();
  element.scrollTop = 240;
  await expect.element(screen.getByText('{"n":10}', { exact: true })).toBeVisible();
  await screen.rerender(<List frames={many(500)} />);
  expect(element.scrollTop).toBe(240);
});
