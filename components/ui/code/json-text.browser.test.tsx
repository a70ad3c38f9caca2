import { expect, it } from "vitest";
import { render } from "vitest-browser-react";

import { JsonText } from "./json-text";

const shown = (text: string) => render(<JsonText label="Request" text={text} />);

it("the view of JSON shows it as it is, with keys and each type of value told apart", async () => {
  const text = '{\n  "model": "tiny \\"one\\": a",\n  "n": -1.5e3,\n  "stream": true,\n  "stop": null\n}';
  const screen = await shown(text);
  const view = screen.getByLabelText("Request").element();
  expect(view.textContent).toBe(text);
  const tones = [...view.querySelectorAll("span")].map((span) => [span.textContent, span.className]);
  expect(tones).toEqual([
    ['"model":', "text-muted"],
    ['"tiny \\"one\\": a"', "text-code-string"],
    ['"n":', "text-muted"],
    ["-1.5e3", "text-code-number"],
    ['"stream":', "text-muted"],
    ["true", "text-code-keyword"],
    ['"stop":', "text-muted"],
    ["null", "text-code-keyword"],
  ]);
});

it("the view of JSON shows a very long text without an element for each value", async () => {
  const screen = await shown(JSON.stringify(Array.from({ length: 20_000 }, (_, index) => index)));
  expect(screen.getByLabelText("Request").element().childElementCount).toBe(0);
});
