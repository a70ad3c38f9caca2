import { expect, it } from "vitest";
import { render } from "vitest-browser-react";

import { plainSetup } from "@/lib/providers/plain-setup";
import { prepareStep } from "@/lib/run/prepare-step";
import { emptyTurn } from "@/lib/stream/turn/fold";

import { FieldOrigins } from "./field-origins";

it("a field that Vitrine added has its name in one line, also in a panel as narrow as a phone", async () => {
  const setup = plainSetup({ provider: "vllm", model: "m" });
  const prepared = prepareStep({
    setup,
    tools: [],
    history: [{ prompt: "Hi", turn: emptyTurn() }],
    reply: null,
    keyHeld: true,
  });
  if (!prepared.ok) expect.unreachable(prepared.error.message);
  const { body, speech } = prepared.step;
  const screen = await render(
    <div style={{ width: 330 }}>
      <FieldOrigins body={body} setup={setup} record={{ speech }} notes={[]} />
    </div>,
  );
  const name = screen.getByRole("rowheader", { name: "stream_options" });
  await expect.element(name).toBeVisible();
  const range = document.createRange();
  range.selectNodeContents(name.element());
  expect(range.getClientRects()).toHaveLength(1);
});
