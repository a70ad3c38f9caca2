import { expect, it } from "vitest";

import { moveActive } from "./filter-list";

const ids = ["a", "b", "c"];

it("the list walks down and up and wraps at both ends", () => {
  expect(moveActive(ids, "a", "ArrowDown", false)).toBe("b");
  expect(moveActive(ids, "c", "ArrowDown", false)).toBe("a");
  expect(moveActive(ids, "a", "ArrowUp", false)).toBe("c");
  expect(moveActive(ids, null, "ArrowDown", false)).toBe("a");
  expect(moveActive(ids, null, "ArrowUp", false)).toBe("c");
});

it("the list leaves Home and End to the text while there is any", () => {
  expect(moveActive(ids, "b", "Home", true)).toBeUndefined();
  expect(moveActive(ids, "b", "Home", false)).toBe("a");
  expect(moveActive(ids, "b", "End", false)).toBe("c");
});

it("the list stops a page at the ends", () => {
  expect(moveActive(ids, "b", "PageDown", false)).toBe("c");
  expect(moveActive(ids, "b", "PageUp", false)).toBe("a");
});

it("the list has nowhere to go when it is empty, and leaves other keys alone", () => {
  expect(moveActive([], null, "ArrowDown", false)).toBeUndefined();
  expect(moveActive(ids, "a", "x", false)).toBeUndefined();
});
