import { expect, it } from "vitest";

import { createDrawShare } from "./draw-share";

it("the share draws all lanes where frames are short", () => {
  const share = createDrawShare();
  expect([share.next(0, null), share.next(8, 3), share.next(8, 9)]).toEqual([8, 8, 8]);
});

it("the share draws one lane less after each frame that took too long, but never none", () => {
  const share = createDrawShare();
  expect([share.next(4, 20), share.next(3, 20), share.next(2, 20), share.next(1, 20)]).toEqual([3, 2, 1, 1]);
});

it("the share takes a lane back when there is room, and only when it drew as many as it may", () => {
  const share = createDrawShare();
  share.next(2, 20);
  expect([share.next(1, 9), share.next(1, 3), share.next(1, 3), share.next(2, 3)]).toEqual([1, 2, 2, 3]);
});

it("the share changes nothing on a frame of unknown length", () => {
  const share = createDrawShare();
  share.next(4, 20);
  expect([share.next(3, null), share.next(0, 50)]).toEqual([3, 3]);
});
