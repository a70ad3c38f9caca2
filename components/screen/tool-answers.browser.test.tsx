import { describe, expect, it, vi } from "vitest";
import { page as browser, userEvent } from "vitest/browser";

import { addAnswer, openTestPage, type Replies } from "@/components/__fixtures__/test-page";
import { effectiveSetup } from "@/lib/session/store/lanes";
import { toolsAtHand } from "@/lib/session/store/person";
import { buildCall, buildStep } from "@/lib/stream/turn/__fixtures__/build-step";
import { NEW_TOOL_CHOICES, type ToolDefinition } from "@/lib/tools/tool";

import { ToolsPanel } from "./tools-panel";

const weather: ToolDefinition = {
  id: "weather",
  name: "weather",
  description: "",
  parameters: {
    type: "object",
    properties: { city: { type: "string" }, days: { type: "integer" } },
    required: ["city"],
  },
  strict: null,
  ...NEW_TOOL_CHOICES,
};

const listsOneSecret: Replies = ({ path }) =>
  path === "/api/tools/secrets" ? { names: ["WEATHER_KEY"] } : undefined;

type Opened = { tool?: ToolDefinition; lanes?: number; replies?: Replies };

async function openTool({ tool = weather, lanes = 1, replies }: Opened = {}) {
  const page = await openTestPage(replies);
  for (let lane = 1; lane < lanes; lane += 1) page.app.actions.addLane();
  for (const { id } of page.app.store.getState().person.tools) page.app.actions.removeTool(id);
  page.app.actions.saveTool(tool);
  const screen = await page.show(<ToolsPanel onMcp={vi.fn()} onClose={vi.fn()} />);
  await screen.getByRole("button", { name: `Edit ${tool.name}` }).click();
  return { ...page, screen, saved, bindings };

  function saved() {
    const { person, session } = page.app.store.getState();
    return toolsAtHand(person.tools, session.tools).find(({ id }) => id === tool.id);
  }
  /** The lanes' own answers. */
  function bindings() {
    const { session } = page.app.store.getState();
    return session.lanes.map(({ id }) => effectiveSetup(session, id).bindings[tool.id]?.kind ?? null);
  }
}

describe("a mock by arguments", () => {
  it.each([360, 390, 430])("is chosen in one line at %i px, where its rows have a menu", async (width) => {
    await browser.viewport(width, 844);
    const { screen, saved } = await openTool();
    await screen.getByRole("radio", { name: "Mock", exact: true }).click();
    await screen.getByRole("radio", { name: "By arguments" }).click();
    for (const name of ["What answers a call", "How a result is chosen"]) {
      const options = screen.getByRole("radiogroup", { name, exact: true }).getByRole("radio").elements();
      expect(new Set(options.map((option) => option.getBoundingClientRect().top)).size).toBe(1);
    }
    await screen.getByRole("button", { name: "Add a rule" }).click();
    await screen.getByLabelText("Rule 1, city").fill("Rome*");
    await screen.getByRole("button", { name: "Move or remove rule 1" }).click();
    await screen.getByRole("menuitem", { name: "Move down" }).click();
    await expect.element(screen.getByLabelText("Rule 2, city")).toHaveValue("Rome*");
    await screen.getByRole("button", { name: "Move or remove rule 2" }).click();
    await screen.getByRole("menuitem", { name: "Remove" }).click();
    await expect.poll(() => saved()?.binding).toMatchObject({ mock: { rules: [{ when: "*" }] } });
    await browser.viewport(1000, 800);
  });

  it("is written rule by rule, and what is not a value is kept, said and not saved", async () => {
    const { screen, saved } = await openTool();
    await screen.getByRole("radio", { name: "Mock", exact: true }).click();
    await screen.getByRole("radio", { name: "By arguments" }).click();
    await screen.getByLabelText("Rule 1, city").fill("Rome*");
    await screen.getByLabelText("Result of rule 1", { exact: true }).fill("sunny");
    await screen.getByLabelText("Rule 1, days").fill("soon");
    await expect.element(screen.getByText(/^Not saved: rule 1, days: write JSON/u)).toBeVisible();
    expect(saved()?.binding).toEqual({
      kind: "mock",
      delayMs: 0,
      mock: {
        by: "arguments",
        rules: [{ when: { city: "Rome*" }, result: { output: "sunny", isError: false } }],
      },
    });
    await screen.getByRole("button", { name: "Back to all tools" }).click();
    await expect.element(screen.getByText("mock, runs by itself")).toBeVisible();
    await screen.getByRole("button", { name: "Edit weather" }).click();
    await expect.element(screen.getByLabelText("Rule 1, days")).toHaveValue("soon");
    await screen.getByLabelText("Rule 1, days").fill("3");
    expect(saved()?.binding).toMatchObject({ mock: { rules: [{ when: { city: "Rome*", days: 3 } }] } });
  });

  it("comes back as it was written after a look at another way of choosing a result", async () => {
    const { screen, saved } = await openTool();
    await screen.getByRole("radio", { name: "Mock", exact: true }).click();
    await screen.getByRole("radio", { name: "By arguments" }).click();
    await screen.getByLabelText("Rule 1, city").fill("Rome*");
    await screen.getByLabelText("Result of rule 1", { exact: true }).fill("sunny");
    const written = saved()?.binding;
    for (const other of ["In order", "Recorded", "Fixed"])
      await screen.getByRole("radio", { name: other }).click();
    await screen.getByRole("radio", { name: "By arguments" }).click();
    await expect.element(screen.getByLabelText("Rule 1, city")).toHaveValue("Rome*");
    expect(saved()?.binding).toEqual(written);
    expect(written).toMatchObject({ mock: { rules: [{ when: { city: "Rome*" } }] } });
  });

  it("puts a new rule before the one that matches all, and moves it with Alt and an arrow, the focus with it", async () => {
    const { screen, saved } = await openTool();
    await screen.getByRole("radio", { name: "Mock", exact: true }).click();
    await screen.getByRole("radio", { name: "By arguments" }).click();
    await screen.getByLabelText("Result of rule 1", { exact: true }).fill("anywhere");
    await screen.getByRole("button", { name: "Add a rule" }).click();
    await expect.element(screen.getByLabelText("Rule 1, city")).toHaveFocus();
    await userEvent.keyboard("Oslo");
    await userEvent.keyboard("{Alt>}{ArrowDown}{/Alt}");
    await expect.element(screen.getByLabelText("Rule 2, city")).toHaveFocus();
    expect(saved()?.binding).toMatchObject({ mock: { rules: [{ when: "*" }, { when: { city: "Oslo" } }] } });
    await screen.getByRole("button", { name: "Remove rule 1" }).click();
    expect(saved()?.binding).toMatchObject({ mock: { rules: [{ when: { city: "Oslo" } }] } });
  });
});

it("a mock in order says what comes after the last, and an error and a delay are part of it", async () => {
  const { screen, saved } = await openTool();
  await screen.getByRole("radio", { name: "Mock", exact: true }).click();
  await screen.getByRole("radio", { name: "In order" }).click();
  await screen.getByLabelText("Result of call 1", { exact: true }).fill("one");
  await screen.getByRole("button", { name: "Add a result" }).click();
  await screen.getByLabelText("Result of call 2", { exact: true }).fill("two");
  await screen.getByRole("checkbox", { name: "Result of call 2 is an error" }).click();
  await screen.getByRole("radio", { name: "start again" }).click();
  await screen.getByLabelText("Delay (ms)").fill("250");
  expect(saved()?.binding).toEqual({
    kind: "mock",
    delayMs: 250,
    mock: {
      by: "sequence",
      results: [
        { output: "one", isError: false },
        { output: "two", isError: true },
      ],
      after: "first",
    },
  });
});

it("a recorded mock takes the results that an earlier run got", async () => {
  const { app, screen, saved } = await openTool();
  const result = { output: "sunny", isError: false, origin: { by: "typed" as const } };
  const args = { valid: true as const, value: { city: "Rome" } };
  addAnswer(app, 0, [
    buildStep({
      parts: [buildCall({ name: "weather", status: { state: "answered", args, result, at: 900 } })],
    }),
  ]);
  await screen.getByRole("radio", { name: "Mock", exact: true }).click();
  await screen.getByRole("radio", { name: "Recorded" }).click();
  await userEvent.selectOptions(
    screen.getByLabelText("Earlier run"),
    screen.getByRole("option", { name: /1 result/u }),
  );
  expect(saved()?.binding).toMatchObject({
    mock: {
      by: "recorded",
      calls: [{ args: { city: "Rome" }, result: { output: "sunny", isError: false } }],
    },
  });
});

it("a built-in says which arguments it reads that the schema lacks", async () => {
  const { screen, saved } = await openTool();
  await screen.getByRole("radio", { name: "Built-in" }).click();
  await userEvent.selectOptions(screen.getByLabelText("Built-in").nth(1), "todo (keeps state)");
  expect(saved()?.binding).toEqual({ kind: "page", name: "todo" });
  await expect.element(screen.getByText(/which this tool’s schema does not have/u)).toBeVisible();
  await expect.element(screen.getByText(/It keeps state: each lane has its own/u)).toBeVisible();
});

it("JavaScript is saved as it is typed, and a place that is not code is said", async () => {
  const { screen, saved } = await openTool();
  await screen.getByRole("radio", { name: "JavaScript" }).click();
  const code = screen.getByRole("textbox", { name: "JavaScript" });
  await code.fill("export default () => {");
  await expect.element(screen.getByText(/^The code ends before it is complete in line 1\./u)).toBeVisible();
  // Only the browser's own compiler knows this one.
  await code.fill("const a = 1;\nconst a = 2;");
  await expect
    .element(screen.getByText(/^Identifier 'a' has already been declared in line 2\./u))
    .toBeVisible();
  await code.fill("export default () => 1;");
  await screen.getByRole("checkbox", { name: /Keeps state/u }).click();
  await screen.getByLabelText("Time limit (s)").fill("31");
  await expect.element(screen.getByText("At most 30.")).toBeVisible();
  expect(saved()?.binding).toEqual({
    kind: "javascript",
    code: "export default () => 1;",
    timeoutMs: 10_000,
    isStateful: true,
  });
  await expect.element(screen.getByRole("radio", { name: "Asks each time (default)" })).toBeChecked();
});

it("HTTP completes the names of the secrets that the server's configuration lists", async () => {
  const { screen, saved } = await openTool({ replies: listsOneSecret });
  await screen.getByRole("radio", { name: "HTTP" }).click();
  await expect.element(screen.getByText(/VITRINE_TOOL_SECRETS: WEATHER_KEY/u)).toBeVisible();
  await screen.getByRole("textbox", { name: "Address" }).click();
  await userEvent.keyboard("https://api.example.com/?key={{{{sec");
  await screen.getByText("{{secret:WEATHER_KEY}}", { exact: true }).click();
  await expect
    .poll(() => saved()?.binding)
    .toMatchObject({ request: { url: "https://api.example.com/?key={{secret:WEATHER_KEY}}" } });
});

it("HTTP completes arguments, and shows the request for sample arguments", async () => {
  const { screen, saved } = await openTool();
  await screen.getByRole("radio", { name: "HTTP" }).click();
  await screen.getByRole("textbox", { name: "Address" }).click();
  await userEvent.keyboard("https://api.example.com/");
  await userEvent.keyboard("{{{{ci");
  await screen.getByText("{{city}}", { exact: true }).click();
  await expect
    .poll(() => saved()?.binding)
    .toMatchObject({ request: { method: "GET", url: "https://api.example.com/{{city}}" } });
  await screen.getByRole("button", { name: "Preview with sample arguments" }).click();
  await expect
    .element(screen.getByLabelText("Request with sample arguments"))
    .toHaveValue("GET https://api.example.com/text");
});

describe("whether a tool asks first and shares its results", () => {
  it("is saved where it differs from what its kind does by default", async () => {
    const { screen, saved } = await openTool();
    await screen.getByRole("radio", { name: "HTTP" }).click();
    await screen.getByRole("radio", { name: "Runs by itself" }).click();
    await screen.getByRole("radio", { name: "Run for each lane" }).click();
    expect(saved()).toMatchObject({ approval: "none", sharing: "each" });
    await screen.getByRole("radio", { name: /^Asks each time/u }).click();
    expect(saved()).toMatchObject({ approval: null });
  });
});

describe("a lane's own answer", () => {
  it("is given in the tool's editor, shown in the list, and taken back at a press", async () => {
    const { screen, saved, bindings } = await openTool({ lanes: 2 });
    await screen.getByRole("button", { name: "In lane 2: another answer…" }).click();
    await screen
      .getByRole("radiogroup", { name: "What answers a call in lane 2" })
      .getByRole("radio", { name: "Mock", exact: true })
      .click();
    expect([saved()?.binding.kind, bindings()]).toEqual(["ask", [null, "mock"]]);
    await screen.getByRole("button", { name: "Back to all tools" }).click();
    await expect.element(screen.getByText("; in lane 2: mock, runs by itself")).toBeVisible();
    await screen.getByRole("button", { name: "Edit weather" }).click();
    await screen.getByRole("button", { name: "As in the other lanes" }).click();
    expect(bindings()).toEqual([null, null]);
  });
});

it("HTTP says what is wrong at the field that has it, wraps a long value, and goes to a header that is added", async () => {
  const { screen } = await openTool();
  await screen.getByRole("radio", { name: "HTTP" }).click();
  const address = screen.getByRole("textbox", { name: "Address" });
  await address.fill("https://a.example/{{nobody}}");
  await expect.poll(() => describing(address.element())).toBe('The tool\'s schema has no argument "nobody".');
  await address.fill(`https://a.example/${"long/".repeat(200)}`);
  await expect.element(address).not.toHaveAttribute("aria-invalid");
  const box = address.element().getBoundingClientRect();
  expect(address.element().scrollWidth).toBeLessThanOrEqual(Math.ceil(box.width));
  expect(box.height).toBeGreaterThan(60);
  await screen.getByRole("button", { name: "Add a header" }).click();
  const name = screen.getByRole("textbox", { name: "Name of header 1" });
  await expect.element(name).toHaveFocus();
  await userEvent.keyboard("two words");
  await expect.poll(() => describing(name.element())).toBe('"two words" is not the name of a header.');
  await userEvent.keyboard("{Tab}");
  await expect.element(screen.getByRole("textbox", { name: "Value of header 1" })).toHaveFocus();
});

/** What is said of a field that is marked as wrong. */
function describing(field: Element): string | null {
  const id = field.getAttribute("aria-invalid") === "true" ? field.getAttribute("aria-describedby") : null;
  return id === null ? null : (document.getElementById(id)?.textContent ?? null);
}
