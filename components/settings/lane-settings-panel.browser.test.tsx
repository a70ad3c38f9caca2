import { describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";

import { openTestPage } from "@/components/__fixtures__/test-page";
import { effectiveSetup } from "@/lib/session/store/lanes";

import { LaneSettingsPanel } from "./lane-settings-panel";

async function openSettings(lanes = 1) {
  const page = await openTestPage();
  for (let lane = 1; lane < lanes; lane += 1) page.app.actions.addLane();
  const [lane] = page.app.lanes();
  if (lane === undefined) expect.unreachable("there is a lane");
  page.app.actions.changeSetup(lane.id, { model: "tiny" });
  const on = {
    onLane: vi.fn(),
    keepsThoughts: false,
    onKeepThoughts: vi.fn(),
    onModel: vi.fn(),
    onTools: vi.fn(),
    onClose: vi.fn(),
  };
  const screen = await page.show(<LaneSettingsPanel lane={lane.id} {...on} />);
  const setups = () => {
    const { session } = page.app.store.getState();
    return session.lanes.map(({ id }) => effectiveSetup(session, id));
  };
  return { ...page, ...on, screen, setups };
}

describe("the settings of a lane", () => {
  it("take a system prompt as it is typed, and show it in the request", async () => {
    const { screen, setups } = await openSettings();
    await screen.getByRole("textbox", { name: "System prompt" }).fill("Be brief.");
    expect(setups()).toMatchObject([{ system: "Be brief." }]);
    await screen.getByText("Request", { exact: true }).click();
    await expect.element(screen.getByLabelText("Request as JSON")).toHaveTextContent("Be brief.");
  });

  it("keep an answer schema as it was typed, so that nothing below it moves when it is left", async () => {
    const { screen, setups } = await openSettings();
    const field = screen.getByLabelText("JSON Schema of the answer");
    await field.fill('{"type":"object","required":["a","b","c","d","e","f"]}');
    const height = field.element().getBoundingClientRect().height;
    await userEvent.tab();
    await expect.element(field).not.toHaveFocus();
    expect(field.element().getBoundingClientRect().height).toBe(height);
    await expect.element(field).toHaveValue('{"type":"object","required":["a","b","c","d","e","f"]}');
    expect(setups()[0]?.responseSchema).toEqual({
      type: "object",
      required: ["a", "b", "c", "d", "e", "f"],
    });
  });

  it("take a number, and keep the last one while what is typed is none", async () => {
    const { screen, setups } = await openSettings();
    const field = screen.getByLabelText("Max output tokens (incl. thinking)");
    await field.fill("128");
    expect(setups()).toMatchObject([{ maxTokens: 128 }]);
    await field.fill("128.5");
    await expect.element(field).toHaveAttribute("aria-invalid", "true");
    await expect.element(field).toHaveValue("128.5");
    expect(setups()).toMatchObject([{ maxTokens: 128 }]);
    await field.fill("");
    expect(setups()).toMatchObject([{ maxTokens: null }]);
  });

  it("take how far a turn may go by itself, and go back to the usual where a field is emptied", async () => {
    const { screen, setups } = await openSettings();
    const steps = screen.getByLabelText("Max steps");
    await expect.element(steps).toHaveValue("10");
    await steps.fill("3");
    expect(setups()).toMatchObject([{ limits: { steps: 3, calls: 50 } }]);
    const calls = screen.getByLabelText("Max calls");
    await calls.fill("10001");
    await expect.element(calls).toHaveAttribute("aria-invalid", "true");
    await calls.fill("50");
    await steps.fill("0");
    await expect.element(steps).toHaveAttribute("aria-invalid", "true");
    expect(setups()).toMatchObject([{ limits: { steps: 3, calls: 50 } }]);
    await steps.fill("");
    expect(setups()).toMatchObject([{ limits: { steps: 10, calls: 50 } }]);
  });

  it("take a schema of the answer that is then in the request, and keep the last one while what is typed is none", async () => {
    const { screen, setups } = await openSettings();
    await screen.getByText("Request", { exact: true }).click();
    const request = screen.getByLabelText("Request as JSON");
    const field = screen.getByRole("textbox", { name: "JSON Schema of the answer" });
    const schema = { type: "object", properties: { city: { type: "string" } } };
    await field.fill(JSON.stringify(schema));
    expect(setups()).toMatchObject([{ responseSchema: schema }]);
    await expect.element(request).toHaveTextContent(/"response_format".*"schema".*"city"/u);
    await field.fill("{oops");
    await expect.element(field).toHaveAttribute("aria-invalid", "true");
    expect(setups()).toMatchObject([{ responseSchema: schema }]);
    await field.fill("");
    expect(setups()).toMatchObject([{ responseSchema: null }]);
    await expect.element(request).not.toHaveTextContent("response_format");
  });

  it("take one of three answers, and go back to what is not sent", async () => {
    const { screen, setups } = await openSettings();
    const calls = screen.getByRole("region", { name: "Parallel calls" });
    await calls.getByRole("radio", { name: "off" }).click();
    expect(setups()).toMatchObject([{ parallelToolCalls: false }]);
    await calls.getByRole("radio", { name: "not sent" }).click();
    expect(setups()).toMatchObject([{ parallelToolCalls: null }]);
  });

  it("switch on what a named tool needs, with a click and with the space bar", async () => {
    const { app, screen, setups } = await openSettings();
    const lane = app.lanes()[0]?.id ?? expect.unreachable("there is a lane");
    app.actions.changeSetup(lane, { toolChoice: { kind: "named", name: "weather", enforce: false } });
    const only = screen.getByRole("switch", { name: "Send only this tool and require it" });
    await only.click();
    await expect.element(only).toHaveAttribute("aria-checked", "true");
    expect(setups()).toMatchObject([{ toolChoice: { enforce: true } }]);
    await expect.element(only).toHaveFocus();
    await userEvent.keyboard(" ");
    await expect.element(only).toHaveAttribute("aria-checked", "false");
    expect(setups()).toMatchObject([{ toolChoice: { enforce: false } }]);
  });

  it("change every lane where a setting is linked, and one alone once it has its own", async () => {
    const { screen, setups } = await openSettings(2);
    const prompt = screen.getByRole("textbox", { name: "System prompt" });
    await prompt.fill("All");
    expect(setups()).toMatchObject([{ system: "All" }, { system: "All" }]);
    await screen.getByRole("button", { name: "System prompt: same in all lanes" }).click();
    await prompt.fill("Mine");
    expect(setups()).toMatchObject([{ system: "Mine" }, { system: "All" }]);
    await screen.getByRole("button", { name: "System prompt: not the same in all lanes" }).click();
    await screen.getByRole("menuitem", { name: "Use this value everywhere: “Mine”" }).click();
    expect(setups()).toMatchObject([{ system: "Mine" }, { system: "Mine" }]);
  });

  it("lead to another lane, to the models and to the tools", async () => {
    const { app, screen, onLane, onModel, onTools } = await openSettings(2);
    await screen.getByRole("combobox", { name: "Lane", exact: true }).selectOptions("Lane 2: tiny");
    expect(onLane).toHaveBeenCalledWith(app.lanes()[1]?.id);
    await screen.getByRole("button", { name: /^tiny/u }).click();
    expect(onModel).toHaveBeenCalledWith(true);
    await screen.getByRole("button", { name: /edit$/u }).click();
    expect(onTools).toHaveBeenCalledOnce();
  });
});
