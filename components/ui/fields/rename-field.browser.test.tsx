import { beforeEach, describe, expect, it, vi } from "vitest";
import { render } from "vitest-browser-react";
import { page, userEvent } from "vitest/browser";

import { RenameField } from "./rename-field";

const onEnd = vi.fn<(name: string | null) => void>();
const field = () => page.getByRole("textbox", { name: "Name of the run" });

describe("a name that is being changed", () => {
  beforeEach(async () => {
    onEnd.mockClear();
    await render(
      <>
        <RenameField label="Name of the run" name="Before" onEnd={onEnd} />
        <button type="button">Beside it</button>
      </>,
    );
  });

  it("is selected, so that typing replaces it, and Enter saves it", async () => {
    await userEvent.keyboard("  Baseline {Enter}");
    expect(onEnd.mock.calls).toEqual([["Baseline"]]);
  });

  it("is saved where the field is left", async () => {
    await userEvent.keyboard("Baseline");
    await page.getByRole("button", { name: "Beside it" }).click();
    expect(onEnd.mock.calls).toEqual([["Baseline"]]);
  });

  it("stays as it was with Esc, and where nothing is typed", async () => {
    await userEvent.keyboard("Baseline{Escape}");
    await field().fill(" ");
    await userEvent.keyboard("{Enter}");
    expect(onEnd.mock.calls).toEqual([[null], [null]]);
  });

  it("stays open at the Enter that picks a word of an input method", async () => {
    await field().fill("yanjiu");
    field()
      .element()
      .dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }));
    expect(onEnd).not.toHaveBeenCalled();
  });
});
