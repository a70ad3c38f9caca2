/** States of what tools are edited, connected and tried with, and of calls that wait for more than a result. */
import type { BrowserContext, Locator, Page } from "@playwright/test";

import { closePanel } from "../e2e/lane-setup";
import { ask, lane, settled } from "../e2e/screen";
import { lanes, panel, type State, type Studio, visit } from "./reach-state";

/** Those of tools: the drawer, a tool's editor, other ways to tools, and calls that wait for more than a result. */
export const TOOL_STATES: readonly State[] = [
  { name: "tools", ...panel(/^Tools, /, "Tools") },
  {
    name: "tool-form",
    reach: editor(),
    shows: (page) => drawer(page).getByRole("button", { name: "Add a property" }),
  },
  {
    name: "tool-json",
    reach: editor("JSON"),
    shows: (page) => drawer(page).getByRole("textbox", { name: "Tool as JSON" }),
  },
  {
    name: "tool-as-sent",
    reach: editor("As sent"),
    shows: (page) => drawer(page).getByText('"type": "function"').first(),
  },
  {
    name: "tool-mock",
    reach: editor("Mock"),
    shows: (page) => drawer(page).getByRole("button", { name: "Add a rule" }),
  },
  {
    name: "tool-javascript",
    reach: editor("JavaScript"),
    shows: (page) => drawer(page).getByRole("textbox", { name: "JavaScript" }),
  },
  {
    name: "tool-http",
    reach: editor("HTTP"),
    shows: (page) =>
      drawer(page)
        .getByRole("textbox", { name: /^(URL|Address)/ })
        .first(),
  },
  {
    name: "tool-http-problem",
    reach: async (studio, context) => {
      const page = await editor("HTTP")(studio, context);
      await drawer(page).getByRole("textbox", { name: "Address" }).fill("ftp://{{plac");
      return page;
    },
    shows: (page) => section("What answers a call")(page).locator("output.text-danger:not(:empty)").first(),
  },
  {
    name: "tool-try",
    reach: async (studio, context) => {
      const page = await editor()(studio, context);
      await drawer(page).getByRole("button", { name: "Try it" }).click();
      await section("Try it")(page).evaluate((part) => part.scrollIntoView());
      return page;
    },
    shows: (page) => section("Try it")(page).getByRole("button", { name: /^Run/ }),
  },
  {
    name: "tool-lint",
    reach: async (studio, context) => {
      const page = await editor()(studio, context);
      const lints = section("Who enforces the schema")(page);
      await lints.getByRole("button").first().click();
      await lints.evaluate((part) => part.scrollIntoView());
      return page;
    },
    shows: (page) => section("Who enforces the schema")(page).getByRole("list", { name: "Limits" }).first(),
  },
  {
    name: "tool-prices",
    reach: async (studio, context) => {
      const page = await tools(studio, context);
      await turnOn(page, "weather", "calendar", "order_status");
      const prices = drawer(page).getByRole("button", { name: /tokens? .*for \d+ tools?$/ });
      await prices.click();
      await prices.evaluate((line) => line.scrollIntoView());
      return page;
    },
    shows: (page) => drawer(page).getByRole("list", { name: "Tokens of each tool" }),
  },
  {
    name: "tool-sets",
    reach: async (studio, context) => {
      const page = await madeSet(studio, context);
      await drawer(page).getByRole("button", { name: "Back to all tools" }).click();
      return page;
    },
    shows: (page) => drawer(page).getByRole("button", { name: "Edit set Florence" }),
  },
  {
    name: "tool-set",
    reach: async (studio, context) => madeSet(studio, context),
    shows: (page) => section("Tools of this set")(page),
  },
  {
    name: "tool-draft",
    reach: async ({ url }, context) => {
      const page = await visit(context, `${url}${lanes("drafter", "plain")}`);
      await page.getByRole("button", { name: /^Tools, / }).click();
      await drawer(page).getByRole("button", { name: "Describe…" }).click();
      const wish = drawer(page).getByRole("textbox", { name: "What should the tool do?" });
      await wish.fill("Find trains between two cities on a day");
      await wish.press("Control+Enter");
      return page;
    },
    shows: (page) => section("Draft: train_times")(page),
  },
  {
    name: "tools-import",
    reach: async (studio, context) => {
      const page = await tools(studio, context);
      await drawer(page).getByRole("button", { name: "Import…" }).click();
      return page;
    },
    shows: (page) => page.getByRole("dialog", { name: "Import tools" }).getByRole("textbox").first(),
  },
  {
    name: "tools-export",
    reach: async (studio, context) => {
      const page = await tools(studio, context);
      await drawer(page).getByRole("button", { name: "Export…" }).click();
      return page;
    },
    shows: (page) => page.getByRole("dialog", { name: "Export tools" }).getByRole("combobox").first(),
  },
  {
    name: "mcp-servers",
    reach: async (studio, context) => {
      const page = await tools(studio, context);
      await drawer(page).getByRole("button", { name: "MCP servers" }).click();
      return page;
    },
    shows: (page) => page.getByRole("dialog", { name: "MCP servers" }).getByText("None added yet."),
  },
  {
    name: "mcp-form",
    reach: async (studio, context) => {
      const page = await tools(studio, context);
      await drawer(page).getByRole("button", { name: "MCP servers" }).click();
      await page.getByRole("button", { name: "Add an MCP server" }).click();
      await page.getByRole("button", { name: "Add a header" }).click();
      return page;
    },
    shows: (page) => page.getByLabel("Name of header 1"),
  },
  {
    name: "approval",
    reach: async (studio, context) => approval(studio, context),
    shows: (page) => lane(page, 1).getByRole("button", { name: "Run weather" }),
  },
  {
    name: "not-offered",
    reach: async (studio, context) => approval(studio, context, []),
    shows: (page) => lane(page, 1).getByText(/^This tool was not offered to the model/u),
  },
  {
    name: "approval-edit",
    reach: async (studio, context) => {
      const page = await approval(studio, context);
      await lane(page, 1).getByRole("button", { name: "Edit arguments" }).click();
      return page;
    },
    shows: (page) => lane(page, 1).getByRole("textbox", { name: "Arguments to run with" }),
  },
  {
    name: "loop",
    reach: async ({ url }, context) => {
      const page = await visit(context, `${url}${lanes("caller", "two-calls")}`);
      await page.getByRole("button", { name: /^Tools, / }).click();
      await turnOn(page, "weather");
      await closePanel(page);
      await ask(page, "What is the weather in Florence?");
      await settled(page);
      return page;
    },
    shows: (page) => lane(page, 1).getByRole("button", { name: /^weather\(.*→ 22 degrees/ }),
  },
];

/** The drawer over an empty comparison. */
async function tools({ url }: Studio, context: BrowserContext): Promise<Page> {
  const page = await visit(context, `${url}${lanes("caller", "plain")}`);
  await page.getByRole("button", { name: /^Tools, / }).click();
  await drawer(page).waitFor();
  return page;
}

async function turnOn(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names)
    await drawer(page)
      .getByRole("button", { name: `${name} in all lanes` })
      .click();
}

/** The editor of a new set, with the tools that are on. */
async function madeSet(studio: Studio, context: BrowserContext): Promise<Page> {
  const page = await tools(studio, context);
  await turnOn(page, "weather", "calendar");
  await drawer(page).getByRole("button", { name: "Make a set of what is on" }).click();
  await drawer(page).getByRole("textbox", { name: "Name" }).fill("Florence");
  return page;
}

/** The editor of the weather tool, in the view or with the answer that a radio button has. */
function editor(radio?: string) {
  return async (studio: Studio, context: BrowserContext, on: readonly string[] = []): Promise<Page> => {
    const page = await tools(studio, context);
    await turnOn(page, ...on);
    await drawer(page).getByRole("button", { name: "Edit weather" }).click();
    const choice = drawer(page).getByRole("radio", { name: radio ?? "Form", exact: true });
    await choice.check({ force: true });
    if (radio === "Mock" || radio === "HTTP" || radio === "JavaScript")
      await section("What answers a call")(page).evaluate((part) => part.scrollIntoView());
    return page;
  };
}

/** A call that runs once a person lets it. */
async function approval(
  studio: Studio,
  context: BrowserContext,
  on: readonly string[] = ["weather"],
): Promise<Page> {
  const page = await editor()(studio, context, on);
  await drawer(page).getByRole("radio", { name: "Asks each time" }).check({ force: true });
  await closePanel(page);
  await ask(page, "What is the weather in Florence?");
  await settled(page);
  return page;
}

function drawer(page: Page): Locator {
  return page.getByRole("dialog");
}

function section(name: string): (page: Page) => Locator {
  return (page) => drawer(page).getByRole("region", { name });
}
