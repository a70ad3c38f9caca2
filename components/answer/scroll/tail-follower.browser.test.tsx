import { afterEach, expect, it } from "vitest";

import { TailFollower } from "./tail-follower";

let end = () => undefined as void;
afterEach(() => end());

/** A followed view of 200 px over 400 px with a button at its top. */
function openView() {
  const view = document.createElement("div");
  view.style.cssText = "height: 200px; overflow: auto";
  const content = document.createElement("div");
  content.style.height = "400px";
  const button = document.createElement("button");
  content.append(button);
  view.append(content);
  document.body.append(view);
  const follower = new TailFollower(
    view,
    () => undefined,
    () => true,
  );
  end = () => {
    follower.stop();
    view.remove();
  };
  return { view, content, button };
}

const nextScroll = (view: HTMLElement) =>
  new Promise<void>((resolve) => view.addEventListener("scroll", () => resolve(), { once: true }));
const twoFrames = () =>
  new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

/** It grows, and is followed to its new end. */
async function grow({ view, content }: ReturnType<typeof openView>, height: number): Promise<void> {
  const scrolled = nextScroll(view);
  content.style.height = `${height}px`;
  await scrolled;
  expect(view.scrollTop).toBe(height - 200);
}

it("a view goes back to the end where content that has just grown was pushed up", async () => {
  const opened = openView();
  await grow(opened, 440);
  const { view } = opened;
  view.scrollTop -= 60;
  await twoFrames();
  expect([view.scrollTop, view.dataset["tail"]]).toEqual([240, "followed"]);
});

it("a view lets go for what the focus leads to, also while the content grows", async () => {
  const opened = openView();
  await grow(opened, 390);
  const { view, button } = opened;
  button.focus();
  await twoFrames();
  expect([view.dataset["tail"], view.scrollTop < 190]).toEqual(["left", true]);
});
