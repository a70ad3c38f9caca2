import { expect, it } from "vitest";
import { render } from "vitest-browser-react";

import { ModelName } from "./model-name";

const ORGANIZATION = "an-organization/";
const NAME = "Maverick-17B";

/** A name in a box of this many px, with an arrow behind it. */
async function draw(width: number) {
  const screen = await render(
    <div style={{ width, display: "flex" }}>
      <ModelName model={ORGANIZATION + NAME}>
        <svg aria-label="arrow" width={14} height={14} className="shrink-0" />
      </ModelName>
    </div>,
  );
  const right = (text: string) => screen.getByText(text).element().getBoundingClientRect().right;
  const arrow = screen.getByLabelText("arrow").element().getBoundingClientRect().left;
  return { screen, arrow, right };
}

it("what stands behind a model's name follows it also where the organization is dropped", async () => {
  const { screen, arrow, right } = await draw(190);
  expect(arrow).toBeCloseTo(right(NAME), 0);
  const organization = screen.getByText(ORGANIZATION).element().getBoundingClientRect();
  const box = screen.getByText(NAME).element().closest(".overflow-hidden")?.getBoundingClientRect();
  expect(organization.bottom).toBeLessThanOrEqual((box?.top ?? 0) + 1);
});

it("a model's name stands behind its organization where both fit", async () => {
  const { screen, right } = await draw(400);
  const name = screen.getByText(NAME).element().getBoundingClientRect();
  expect(name.left).toBeCloseTo(right(ORGANIZATION), 0);
});
