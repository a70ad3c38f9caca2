import { expect, it, vi } from "vitest";
import { render } from "vitest-browser-react";

import { loadedPart } from "./loaded-part";

function Broken(): never {
  throw new Error("no lane 9");
}

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
