import { expect, it, onTestFinished } from "vitest";
import { render } from "vitest-browser-react";

import { TextArea } from "./text-area";

it.each([1, 2])("a text of %i rows is as high as a finger needs, and as high as its rows", async (rows) => {
  const root = document.documentElement;
  const screen = await render(<TextArea aria-label="Result" rows={rows} defaultValue="22 degrees" />);
  const height = () => screen.getByRole("textbox").element().getBoundingClientRect().height;
  const own = height();
  root.style.setProperty("--touch", "44px");
  onTestFinished(() => void root.style.removeProperty("--touch"));
  expect(height()).toBe(Math.max(own, 44));
  expect(own).toBeGreaterThan(rows * 16);
});
