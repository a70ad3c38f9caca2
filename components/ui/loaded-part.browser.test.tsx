import { expect, it, vi } from "vitest";
import { render } from "vitest-browser-react";

import { loadedPart } from "./loaded-part";

function Broken(): never {
  throw new Error("no lane 9");
}

it("a part whose code could not be fetched says so and is fetched again at a press, without losing the page", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  let isThere = false;
  const Part = loadedPart(() =>
    isThere ? Promise.resolve(() => <p>Here at last</p>) : Promise.reject(new Error("404")),
  );
  const screen = await render(
    <>
      <Part />
      <input aria-label="Beside it" />
    </>,
  );
  const retry = screen.getByRole("button", { name: "Try again" });
  await screen.getByLabelText("Beside it").fill("kept");
  await retry.click();
  await expect.element(screen.getByRole("alert")).toHaveTextContent("This part could not be loaded");
  isThere = true;
  await retry.click();
  await expect.element(screen.getByText("Here at last")).toBeVisible();
  await expect.element(screen.getByLabelText("Beside it")).toHaveValue("kept");
});

it("a framed part that cannot be drawn says why in its frame, and what stands beside it goes on", async () => {
  // React reports each caught fault here.
  vi.spyOn(console, "error").mockReturnValue();
  const Part = loadedPart(() => Promise.resolve(Broken), {
    frame: (message) => <section aria-label="Panel">{message}</section>,
  });
  const screen = await render(
    <>
      <Part />
      <p>Beside it</p>
    </>,
  );
  await expect
    .element(screen.getByRole("region", { name: "Panel" }))
    .toHaveTextContent("This part could not be shown: no lane 9");
  await expect.element(screen.getByText("Beside it")).toBeVisible();
});
