import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { page as browser, userEvent } from "vitest/browser";

import { addAnswer, openTestPage } from "@/components/__fixtures__/test-page";
import { Playground } from "@/components/screen/playground";
import { effectiveSetup } from "@/lib/session/store/lanes";
import { buildCall, buildStep } from "@/lib/stream/turn/__fixtures__/build-step";

beforeEach(() => browser.viewport(1440, 900));

/** The whole screen with two lanes; each has an answer whose calls wait. */
async function openScreen(calls: readonly number[] = [0, 0]) {
  const page = await openTestPage();
  page.app.actions.addLane();
  for (const [lane, count] of calls.entries()) {
    if (count === 0) continue;
    const parts = Array.from({ length: count }, (_, index) =>
      buildCall({
        id: `call-${lane}-${index}`,
        callId: `call_${lane}_${index}`,
        input: JSON.stringify({ location: `Place ${lane} ${index}` }),
      }),
    );
    addAnswer(page.app, lane, [buildStep({ parts, finish: { unified: "tool-calls", raw: "tool_calls" } })]);
  }
  const screen = await page.show(<Playground theme="system" isKnown keepsThoughts={false} />);
  await expect.element(screen.getByRole("button", { name: "Run", exact: true })).toBeVisible();
  await expect.poll(() => fields().length).toBe(calls.reduce((sum, count) => sum + count, 0));
  return { ...page, screen };
}

const fields = () => [...document.querySelectorAll<HTMLElement>("[data-result-field]")];
const focused = () => fields().findIndex((field) => field === document.activeElement);

describe("the sheet of keys", () => {
  it("opens at ?, but not where the character is typed", async () => {
    const { screen } = await openScreen();
    const prompt = screen.getByRole("textbox", { name: "Prompt", exact: true });
    await prompt.fill("Why");
    await userEvent.keyboard("?");
    await expect.element(prompt).toHaveValue("Why?");
    await expect.element(screen.getByRole("dialog")).not.toBeInTheDocument();
    await screen.getByRole("button", { name: "Commands" }).click();
    await userEvent.keyboard("{Escape}");
    await expect.element(screen.getByRole("button", { name: "Commands" })).toHaveFocus();
    await userEvent.keyboard("{Shift>}?{/Shift}");
    await expect.element(screen.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  });

  it("is found with the commands for keys of servers, whatever word a person has for them", async () => {
    const { screen } = await openScreen();
    await userEvent.keyboard("{Control>}k{/Control}");
    await screen.getByRole("combobox", { name: "Command" }).fill("keys");
    const found = () =>
      screen
        .getByRole("option")
        .elements()
        .map(({ textContent }) => textContent);
    await expect
      .poll(found)
      .toEqual([
        expect.stringMatching(/^Keyboard shortcuts/),
        expect.stringMatching(/^Servers/),
        expect.stringMatching(/^Paste a key/),
      ]);
  });

  it("is a command, and shows each command's keys", async () => {
    const { screen } = await openScreen();
    await userEvent.keyboard("{Control>}k{/Control}");
    await screen.getByRole("combobox", { name: "Command" }).fill("shortcuts");
    await userEvent.keyboard("{Enter}");
    const sheet = screen.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect.element(sheet).toBeVisible();
    const shown = [...sheet.element().querySelectorAll("dl > div")].map((row) =>
      [...row.children].map(({ textContent }) => textContent),
    );
    expect(shown).toContainEqual(["Go to the next open call", "Alt J"]);
    expect(shown).toContainEqual(["Go to lane 2", "Alt 2"]);
    expect(shown).toContainEqual(["Keyboard shortcuts", "?"]);
  });
});

describe("the command that deletes a comparison", () => {
  it.each([
    ["reports that it is deleted", false, /^Comparison deleted\./u],
    ["reports only the failure where the browser does not delete it", true, /^It could not be deleted\./u],
  ])("%s", async (_title, fails, report) => {
    const { app } = await openScreen();
    const spy = vi.spyOn(IDBDatabase.prototype, "transaction");
    onTestFinished(() => spy.mockRestore());
    if (fails)
      spy.mockImplementation(() => {
        throw new Error("The disk is broken");
      });
    await userEvent.keyboard("{Control>}k{/Control}");
    await browser.getByRole("combobox", { name: "Command" }).fill("delete this");
    await userEvent.keyboard("{Enter}");
    await expect
      .poll(() => app.store.getState().notices.map(({ text }) => text))
      .toContainEqual(expect.stringMatching(report));
    const { notices } = app.store.getState();
    expect(notices.filter(({ text }) => /deleted\./u.test(text))).toHaveLength(1);
  });
});

const press = () => userEvent.keyboard("{Alt>}j{/Alt}");

describe("Alt+J", () => {
  it("goes from one open result to the next over all lanes, and around", async () => {
    await openScreen([2, 1]);
    const visited: number[] = [];
    for (let presses = 0; presses < 4; presses += 1) {
      await press();
      visited.push(focused());
    }
    expect([fields().length, ...visited]).toEqual([3, 0, 1, 2, 0]);
  });

  it("goes on from a button of a call", async () => {
    await openScreen([2, 0]);
    await press();
    await userEvent.tab();
    expect([focused(), document.activeElement?.tagName]).toEqual([-1, "BUTTON"]);
    await press();
    expect(focused()).toBe(1);
  });

  it("shows the lane first where a narrow screen shows another", async () => {
    await browser.viewport(390, 800);
    const { screen } = await openScreen([0, 1]);
    await expect.element(screen.getByRole("region", { name: /^Lane 2/u })).not.toBeInTheDocument();
    await press();
    await expect.element(screen.getByRole("region", { name: /^Lane 2/u })).toBeVisible();
    expect(focused()).toBe(0);
  });

  it("says so where no call waits", async () => {
    const { screen } = await openScreen();
    await press();
    await expect.element(screen.getByText("No call is waiting for a result.")).toBeVisible();
  });
});

/** What the buttons and menus at the top of the page and of a lane are called, and the command that does the same. */
const WAYS: readonly (readonly [RegExp, string | null])[] = [
  [/^Comparisons\. /u, "Comparisons"],
  [/^Servers: /u, "Servers"],
  [/^Add lane$/u, "Add lane"],
  [/^Copy link$/u, "Copy a link to this comparison"],
  [/^Commands$/u, null],
  [/^Theme: system\. Change to light$/u, "Theme: light"],
  [/^Model of lane \d: /u, "Change model…"],
  [/^Settings of lane \d$/u, "Settings"],
  [/effort/u, "Settings"],
  [/^More for lane \d$/u, null],
  [/^Close lane$/u, "Close lane"],
  [/^Change model…$/u, "Change model…"],
  [/^Settings$/u, "Settings"],
  [/^Save lane as…$/u, "Save lane as…"],
  [/^Duplicate lane$/u, "Duplicate lane"],
  [/^Move left$/u, "Move left"],
  [/^Move right$/u, "Move right"],
];

it("every button and menu of the page's and the lanes' headers has a command", async () => {
  const { screen } = await openScreen();
  const names = [...document.querySelectorAll("header button")].map(nameOf);
  await screen.getByRole("button", { name: "More for lane 2" }).click();
  await expect.element(screen.getByRole("menu")).toBeVisible();
  names.push(...[...document.querySelectorAll("[role=menuitem]")].map(nameOf));
  await userEvent.keyboard("{Escape}");
  expect(names.length).toBeGreaterThan(12);

  await userEvent.keyboard("{Control>}k{/Control}");
  await expect.element(screen.getByRole("dialog", { name: "Commands" })).toBeVisible();
  const commands = new Set([...document.querySelectorAll("[role=option] > span:first-child")].map(nameOf));
  const missing = names.filter((name) => {
    const way = WAYS.find(([pattern]) => pattern.test(name));
    return way === undefined || (way[1] !== null && !commands.has(way[1]));
  });
  expect(missing).toEqual([]);
});

function nameOf(element: Element): string {
  return element.getAttribute("aria-label") ?? element.textContent;
}

it("a set of tools is switched from the palette, in all lanes", async () => {
  const { app, screen } = await openScreen([0, 0]);
  const [first, second] = app.store.getState().person.tools;
  if (first === undefined || second === undefined) throw new Error("there are samples");
  app.actions.saveToolSet({ id: "trip", name: "Trip", tools: [first.id, second.id] });
  app.actions.saveToolSet({ id: "empty", name: "Empty", tools: [] });
  const on = () =>
    app.lanes().map(({ id }) => effectiveSetup(app.store.getState().session, id).tools.toSorted());
  const both = [first.id, second.id].toSorted();
  const choose = async (name: string) => {
    await userEvent.keyboard("{Control>}k{/Control}");
    await screen.getByRole("combobox", { name: "Command" }).fill("set trip");
    await screen.getByRole("option", { name }).click();
  };
  await choose("Turn on only the set “Trip”");
  await expect.poll(on).toEqual([both, both]);
  await choose("Turn off the set “Trip”");
  await expect.poll(on).toEqual([[], []]);
  await choose("Turn on the set “Trip”");
  await expect.poll(on).toEqual([both, both]);
  await userEvent.keyboard("{Control>}k{/Control}");
  await screen.getByRole("combobox", { name: "Command" }).fill("empty");
  await expect.element(screen.getByText(/^No command matches/u)).toBeVisible();
});
