/** Every state of the screen that is looked at, but for those of tools: how to get there, and what is there. */
import type { BrowserContext, Page } from "@playwright/test";

import { answer, ask, lane, resultFields, settled, stopAll, texts } from "../e2e/screen";
import {
  answered,
  asked,
  byKey,
  calls,
  lanes,
  openTimings,
  panel,
  type State,
  type Studio,
  visit,
} from "./reach-state";

/** Those that are looked at in every width. */
export const MAIN_STATES: readonly State[] = [
  {
    name: "first-visit",
    reach: async ({ url }, context) => visit(context, `${url}/`),
    shows: (page) => page.getByRole("region", { name: "Start here" }),
  },
  {
    name: "thinking",
    isLive: true,
    reach: async ({ url }, context) => {
      const page = await visit(context, `${url}${lanes("thinker", "endless")}`);
      await ask(page, "Think about the weather in Florence");
      await lane(page, 1)
        .getByRole("button", { name: /^Thinking/ })
        .waitFor();
      return page;
    },
    shows: stopAll,
  },
  {
    name: "calls",
    reach: async (studio, context) => calls(studio, context),
    shows: (page) => resultFields(page, 1).first(),
  },
  {
    name: "answered",
    reach: async (studio, context) => answered(studio, context),
    shows: (page) => texts(page, 1).first(),
  },
  { name: "settings", ...panel("Settings of lane 1", "Settings") },
  { name: "commands", ...panel(/^Commands/, "Commands") },
];

/** All the others, but for those of tools. */
export const OTHER_STATES: readonly State[] = [
  { name: "model", ...panel(/^Model of lane 1/, /^Model/) },
  { name: "comparisons", ...panel(/^Comparisons/, "Comparisons") },
  { name: "servers", ...panel(/^Servers/, "Servers") },
  {
    name: "keys",
    reach: byKey("Shift+?"),
    shows: (page) => page.getByRole("dialog", { name: "Keyboard shortcuts" }),
  },
  {
    name: "timings",
    reach: async (studio, context) => {
      const page = await answered(studio, context);
      await openTimings(page);
      return page;
    },
    shows: (page) => answer(page, 1).getByRole("table").first(),
  },
  {
    name: "numbers",
    reach: async (studio, context) => {
      const page = await answered(studio, context);
      await openView(page, "Compare numbers");
      return page;
    },
    shows: (page) => page.getByRole("dialog", { name: "Compare numbers" }),
  },
  {
    name: "compare-answers",
    reach: async (studio, context) => compared(studio, context, "Answer"),
    shows: (page) => page.getByRole("region", { name: "Where they part" }),
  },
  {
    name: "compare-requests",
    reach: async (studio, context) => compared(studio, context, "Request"),
    shows: (page) => page.getByRole("list", { name: "Differences of the bodies" }),
  },
  {
    name: "compare-timings",
    reach: async (studio, context) => compared(studio, context, "Timings"),
    shows: (page) => page.getByRole("table", { name: "Prompt tokens of each step" }),
  },
  {
    name: "timeline",
    reach: async (studio, context) => {
      const page = await answered(studio, context);
      await openView(page, "Timeline");
      return page;
    },
    shows: (page) => page.getByRole("group", { name: "Clock" }),
  },
  {
    name: "inspector",
    reach: async (studio, context) => inspected(studio, context, "Request"),
    shows: (page) => page.getByRole("group", { name: "Request body" }),
  },
  {
    name: "inspector-frames",
    reach: async (studio, context) => {
      const page = await inspected(studio, context, "Frames");
      await page.getByRole("option", { name: /text/ }).first().click();
      return page;
    },
    shows: (page) => page.getByRole("region", { name: /^Frame / }),
  },
  {
    name: "inspector-timing",
    reach: async (studio, context) => inspected(studio, context, "Timing"),
    shows: (page) => page.getByRole("table", { name: "Gaps" }),
  },
  {
    name: "recording",
    reach: async ({ url }, context) => {
      const page = await recorded(context, url);
      await page.getByRole("button", { name: "Pause" }).click();
      const time = page.getByRole("slider", { name: "Time" });
      await time.fill(String(Math.round(Number(await time.getAttribute("max")) / 2)));
      return page;
    },
    shows: (page) => page.getByRole("button", { name: "Play", exact: true }),
  },
  {
    name: "recording-end",
    reach: async ({ url }, context) => {
      const page = await recorded(context, url);
      await page.getByRole("button", { name: "To the end" }).click();
      return page;
    },
    shows: (page) => page.getByRole("button", { name: "Play again" }),
  },
  {
    name: "save-as",
    reach: async (studio, context) => {
      const page = await answered(studio, context);
      await page.getByRole("button", { name: /^Comparisons/ }).click();
      await page.getByRole("button", { name: "Save as…" }).click();
      return page;
    },
    shows: (page) => page.getByRole("dialog", { name: "Save this comparison as" }),
  },
  {
    name: "saved",
    reach: async (studio, context) => {
      const page = await answered(studio, context);
      await page.getByRole("button", { name: /^Comparisons/ }).click();
      await page.getByRole("button", { name: "Save as…" }).click();
      await page.getByRole("button", { name: /^HAR/ }).click();
      return page;
    },
    shows: (page) => page.getByText(/^Saved as .*\.har\.$/),
  },
  {
    name: "presentation",
    reach: byKey("Alt+Shift+F"),
    shows: (page) => page.locator("[data-stage]").getByRole("article").first(),
  },
  {
    name: "lane-menu",
    reach: async (studio, context) => {
      const page = await answered(studio, context);
      await page.getByRole("button", { name: "More for lane 1" }).click();
      return page;
    },
    shows: (page) => page.getByRole("menuitem", { name: "Close lane" }),
  },
  {
    name: "errors",
    reach: asked("error-frame", "refused", "html"),
    shows: (page) => answer(page, 1).getByRole("button", { name: /Retry/ }).first(),
  },
  {
    name: "tool-states",
    reach: asked("bad-arguments", "broken-arguments"),
    shows: (page) => answer(page, 1).getByText("invalid", { exact: true }),
  },
  {
    name: "long-and-short",
    reach: asked("essay", "two-words"),
    shows: (page) => answer(page, 1).getByText("Paragraph 12"),
  },
  {
    name: "long-name",
    reach: asked(`organization/${"a-very-long-model-name-".repeat(3)}8b`, "plain"),
    shows: (page) => page.getByRole("region", { name: /^Lane 1: .*a-very-long-model-name/ }),
  },
  {
    name: "four-lanes",
    reach: asked("plain", "plain", "two-words", "plain"),
    // A phone shows one lane, and the tabs of all.
    shows: (page) => page.locator("#lane-4:visible, nav[aria-label=Lanes] > :nth-child(4):visible").first(),
  },
  {
    name: "stopped",
    reach: async ({ url }, context) => {
      const page = await visit(context, `${url}${lanes("endless", "plain")}`);
      await ask(page, "Never stop");
      await answer(page, 1).getByText("still on").first().waitFor();
      await stopAll(page).click();
      await settled(page);
      return page;
    },
    shows: (page) => answer(page, 1).getByText("stopped", { exact: true }),
  },
  {
    name: "second-tab",
    reach: async (studio, context) => {
      const first = await answered(studio, context);
      const page = await context.newPage();
      await page.goto(first.url());
      return page;
    },
    shows: (page) => page.getByRole("button", { name: "Use it here" }),
  },
  {
    name: "no-server",
    reach: async ({ bareUrl }, context) => {
      const page = await context.newPage();
      await page.goto(bareUrl);
      return page;
    },
    shows: (page) => page.getByRole("heading", { name: /^(No model yet|Choose a model)/ }),
  },
  {
    name: "on-paper",
    reach: async (studio, context) => {
      const page = await answered(studio, context);
      await page.emulateMedia({ media: "print" });
      return page;
    },
    shows: (page) => texts(page, 1).first(),
  },
];

/** A recording that Vitrine ships, as it plays. */
async function recorded(context: BrowserContext, url: string): Promise<Page> {
  const page = await visit(context, `${url}/?tape=/tapes/low-and-high-effort.tape`);
  await page.getByRole("button", { name: "Close recording" }).waitFor();
  return page;
}

/** Opens a view of the first prompt's answers: with its button, or from the menu that a phone has instead. */
async function openView(page: Page, name: "Compare answers" | "Timeline" | "Compare numbers"): Promise<void> {
  const menu = page.getByRole("button", { name: "Compare", exact: true }).first();
  const button = page.getByRole("button", { name, exact: true }).first();
  await menu.or(button).click();
  if (await menu.isVisible()) await page.getByRole("menuitem", { name }).click();
}

/** The answers of both lanes beside each other. */
async function compared(studio: Studio, context: BrowserContext, view: string): Promise<Page> {
  const page = await answered(studio, context);
  await openView(page, "Compare answers");
  await page.getByRole("dialog", { name: "Compare answers" }).getByRole("radio", { name: view }).check();
  return page;
}

/** The inspector of the first lane's last step. */
async function inspected(studio: Studio, context: BrowserContext, view: string): Promise<Page> {
  const page = await answered(studio, context);
  await openTimings(page);
  await answer(page, 1)
    .getByRole("button", { name: /^Inspect/ })
    .last()
    .click();
  await page
    .getByRole("dialog", { name: /^Inspector/ })
    .getByRole("radio", { name: view })
    .check();
  return page;
}
