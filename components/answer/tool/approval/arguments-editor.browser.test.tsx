import { type ComponentType, useRef, useState } from "react";
import { expect, it, vi } from "vitest";
import { render } from "vitest-browser-react";
import { userEvent } from "vitest/browser";

import { addAnswer, Answers, offerTool, openTestPage } from "@/components/__fixtures__/test-page";
import type { Range } from "@/components/json-editor/json-node";
import { buildCall, buildStep } from "@/lib/stream/turn/__fixtures__/build-step";
import { NEW_TOOL_CHOICES, type ToolDefinition } from "@/lib/tools/tool";

import { argumentsField } from "./arguments-editor";
import { ArgumentsField } from "./arguments-field";
import type { ArgumentsFieldProps } from "./plain-arguments";

const forecast: ToolDefinition = {
  id: "forecast",
  name: "forecast",
  description: "",
  parameters: {
    type: "object",
    properties: {
      place: { type: "string", description: "A city." },
      units: { enum: ["metric", "imperial"] },
      days: { type: "integer" },
    },
    required: ["place"],
  },
  strict: null,
  ...NEW_TOOL_CHOICES,
  binding: { kind: "javascript", code: "export default () => 1;", timeoutMs: 10_000, isStateful: false },
};

async function openEditor() {
  const page = await openTestPage();
  offerTool(page.app, forecast);
  const status = {
    state: "awaiting-result",
    args: { valid: true, value: { place: "Rome", days: 2 } },
  } as const;
  const call = buildCall({ name: "forecast", input: '{"place":"Rome","days":2}', status });
  const finish = { unified: "tool-calls", raw: "tool_calls" } as const;
  addAnswer(page.app, 0, [buildStep({ parts: [call], finish })]);
  // As a lane's rows are placed: nothing in them is fixed to the window.
  const screen = await page.show(
    <div style={{ transform: "translateY(8px)" }}>
      <Answers />
    </div>,
  );
  const calls = () =>
    page.app.leaf(0).turn.steps[0]?.parts.flatMap((part) => (part.type === "tool-call" ? [part] : [])) ?? [];
  await screen.getByRole("button", { name: "Edit arguments" }).click();
  const field = screen.getByRole("textbox", { name: "Arguments to run with" });
  // The editor, not the text that stands there until it is loaded.
  await expect.element(field).toHaveAttribute("contenteditable", "true");
  await expect.element(field).toHaveFocus();
  return { screen, field, calls };
}

it("the editor of a call's arguments offers the names and values of its tool's schema as they are typed", async () => {
  const { screen, field, calls } = await openEditor();
  await field.fill("");
  await userEvent.keyboard("{{");
  const options = screen.getByRole("listbox").getByRole("option");
  await expect
    .poll(() => options.elements().map(({ textContent }) => textContent))
    .toEqual(['"place"string, required', '"days"integer', '"units"one of a list']);
  await userEvent.keyboard('"un');
  await expect.poll(() => options.elements().length).toBe(1);
  await options.first().click();
  await expect.poll(() => field.element().textContent).toBe('{"units": }');
  await userEvent.keyboard('"im');
  await expect
    .poll(() => [field.element().textContent, ...options.elements().map(({ textContent }) => textContent)])
    .toEqual(['{"units": "im"}', '"imperial"']);
  await options.first().click();
  await screen.getByRole("button", { name: "Keep them" }).click();
  expect(calls()[0]?.edit).toEqual({ text: '{"units": "imperial"}', isSentBack: true });
});

it("nothing around the editor cuts off the list that it offers", async () => {
  const { screen, field } = await openEditor();
  await field.fill("");
  await userEvent.keyboard("{{");
  const options = screen.getByRole("listbox").getByRole("option");
  await expect.poll(() => options.elements().map(isOnTop)).toEqual([true, true, true]);
});

function isOnTop(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}

it("the first Esc in it closes its list and the next one leaves the arguments as they were; Tab leaves the field", async () => {
  const { screen, field, calls } = await openEditor();
  await field.fill("");
  await userEvent.keyboard("{{");
  await expect.element(screen.getByRole("listbox")).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect.element(screen.getByRole("listbox")).not.toBeInTheDocument();
  await expect.element(field).toHaveFocus();
  await userEvent.tab();
  await expect.element(field).not.toHaveFocus();
  await userEvent.tab({ shift: true });
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard("{Escape}");
  await expect.element(field).not.toBeInTheDocument();
  expect(calls()[0]?.edit).toBeUndefined();
});

it("what its tool's schema says to the arguments is listed with its line, and a press goes there", async () => {
  const { screen, field } = await openEditor();
  await field.fill('{\n  "place": "Rome",\n  "days": "two"\n}');
  const problem = screen.getByRole("list", { name: "Problems" }).getByRole("button");
  await expect.element(problem).toHaveTextContent(/^Line 3: \/days: must be an integer/u);
  const described = document.getElementById(field.element().getAttribute("aria-describedby") ?? "");
  expect(described?.textContent).toContain("Line 3: /days");
  await problem.click();
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard("3");
  await expect.element(screen.getByRole("list", { name: "Problems" })).not.toBeInTheDocument();
  await expect.element(field).toHaveTextContent('"days": 3');
  await expect.element(field).toHaveAttribute("aria-invalid", "false");
});

it("Ctrl+Enter in it runs the call with what stands there", async () => {
  const { field, calls } = await openEditor();
  await field.fill('{"place":"Oslo"}');
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await expect.poll(() => calls()[0]?.edit?.text).toBe('{"place":"Oslo"}');
  await expect.element(field).not.toBeInTheDocument();
});

/** The field over a text of its own. */
function Harness({ field: Field }: { field: ComponentType<ArgumentsFieldProps> }) {
  const [text, setText] = useState("{}");
  const cursor = useRef<Range | null>({ from: 0, to: 0 });
  return (
    <Field
      label="Arguments"
      text={text}
      onChange={setText}
      parameters={forecast.parameters}
      problems={[]}
      cursor={cursor}
    />
  );
}

type Code = {
  resolve: (field: typeof ArgumentsField) => void;
  reject: (reason: Error) => void;
};

/** The field, whose editor comes or fails when a test says so. */
async function openField() {
  const code: Code = { resolve: () => undefined, reject: () => undefined };
  const loaded = new Promise<typeof ArgumentsField>((resolve, reject) => {
    code.resolve = resolve;
    code.reject = reject;
  });
  const screen = await render(<Harness field={argumentsField(() => loaded)} />);
  return { screen, field: screen.getByRole("textbox", { name: "Arguments" }), code };
}

it("what is typed before its code is there goes on in the editor, at the same place", async () => {
  const { field, code } = await openField();
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard('{ArrowRight}"place": "Osl"{ArrowLeft}');
  await expect.element(field).toHaveValue('{"place": "Osl"}');
  code.resolve(ArgumentsField);
  await expect.element(field).toHaveAttribute("contenteditable", "true");
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard("o");
  await expect.element(field).toHaveTextContent('{"place": "Oslo"}');
});

it("where its code could not be fetched, the plain text stays with what was typed, and says so", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  const { screen, field, code } = await openField();
  await userEvent.keyboard("{ArrowRight}1");
  code.reject(new Error("404"));
  await expect.element(screen.getByRole("alert")).toHaveTextContent("This part could not be loaded");
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard("2");
  await expect.element(field).toHaveValue("{12}");
});
