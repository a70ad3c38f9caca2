import type { Page } from "@playwright/test";

import type { Lab } from "../lab";

/** A page that can be measured. `pane` finds one element a lane, in order; the last `output` in it holds the answer, or the pane itself. */
export type Surface = {
  readonly name: "vitrine" | "floor";
  readonly pane: string;
  readonly output: string | null;
  /** Opens lanes on these models, ready to run. */
  readonly open: (page: Page, models: readonly string[]) => Promise<void>;
};

/** The product, as it is built. */
export function vitrine(lab: Lab): Surface {
  return {
    name: "vitrine",
    pane: "section[id^=lane-]",
    output: "[data-part=reasoning], [data-part=text], fieldset [role=group]",
    open: async (page, models) => {
      const query = new URLSearchParams(models.map((model) => ["lane", `vllm/${model}`]));
      await page.goto(`${lab.app.url}/?${query}`);
      await page.locator("[data-boot=ready]").waitFor();
      await page.getByRole("textbox", { name: "Prompt", exact: true }).fill("Go on.");
    },
  };
}

/** The smallest page that shows the same stream. */
export function floor(lab: Lab): Surface {
  return {
    name: "floor",
    pane: "section",
    output: null,
    open: async (page, models) => {
      const query = new URLSearchParams(models.map((model) => ["lane", model]));
      await page.goto(`${lab.floor.url}/?${query}`);
    },
  };
}
