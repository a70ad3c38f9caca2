import { beforeEach, describe, expect, it } from "vitest";
import { page as browser } from "vitest/browser";

import { openTestPage } from "@/components/__fixtures__/test-page";
import { Playground } from "@/components/screen/playground";
import type { DemoModel } from "@/lib/contract/servers";
import { effectiveSetup } from "@/lib/session/store/lanes";

beforeEach(() => browser.viewport(1440, 900));

const OFF: DemoModel = { state: "off", reason: "Switched off by VITRINE_LLAMA=off." };

type First = { model?: string; demo?: DemoModel; draft?: string };

async function openFirst({ model = "tiny", demo = OFF, draft = "" }: First = {}) {
  const page = await openTestPage();
  const [lane] = page.app.lanes();
  if (lane === undefined) expect.unreachable("there is a lane");
  page.app.store.setState(({ servers }) => ({
    servers: {
      ...servers,
      reply: servers.reply && {
        ...servers.reply,
        demo,
        providers: servers.reply.providers.map((report) => ({
          ...report,
          reach: { state: "absent" as const },
        })),
      },
    },
  }));
  // Afterwards: a model that was found is taken where there is none.
  page.app.actions.changeSetup(lane.id, { model });
  if (draft !== "") page.app.actions.setDraft(draft);
  const screen = await page.show(<Playground theme="system" isKnown={false} keepsThoughts={false} />);
  const turns = () =>
    [...page.app.store.getState().turns.values()].map(({ prompt, setup }) => ({
      prompt,
      tools: setup.tools,
    }));
  return { ...page, screen, lane, turns };
}

describe("a first visit", () => {
  it("runs a starter at one press, with the tools that it needs, and then is out of the way", async () => {
    const { app, screen, turns } = await openFirst();
    app.actions.addLane();
    app.actions.setDraft("half a thought");
    await screen.getByRole("button", { name: /^Two calls at once/u }).click();
    expect(turns()).toEqual(
      Array.from({ length: 2 }, () => ({
        prompt: "Add 2 and 3, and multiply 2 and 3.",
        tools: ["sample-add", "sample-multiply"],
      })),
    );
    await expect.element(screen.getByRole("region", { name: "Start here" })).not.toBeInTheDocument();
    await expect.element(screen.getByRole("textbox", { name: "Prompt" })).toHaveValue("half a thought");
  });

  it("is read from its beginning, also where it is higher than the screen", async () => {
    await browser.viewport(390, 560);
    const { screen } = await openFirst();
    const view = screen.getByRole("main").element();
    await expect.element(screen.getByRole("button", { name: /^Call a tool/u })).toBeInTheDocument();
    expect(view.scrollHeight).toBeGreaterThan(view.clientHeight);
    // Two frames, in which sizes are seen and the view could still be moved.
    for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(view.scrollTop).toBe(0);
  });

  it("says of each starter what will happen, tool by tool", async () => {
    const { screen } = await openFirst();
    const card = screen.getByRole("button", { name: /^Call a tool: weather in Florence/u });
    await expect.element(card).toHaveTextContent("weather: a mock answers");
    await expect
      .element(screen.getByRole("button", { name: /^Two calls at once/u }))
      .toHaveTextContent("add: a built-in calculatesmultiply: a built-in calculates");
  });

  it("offers recordings where there is no model, and asks for one at a press", async () => {
    const { screen, asked } = await openFirst({ model: "" });
    await screen.getByRole("button", { name: "Two calls at once", exact: true }).click();
    await expect.poll(() => asked.map(({ path }) => path)).toContain("/tapes/two-calls.tape");
  });

  it("has one button that stands out: the way to a model, and Run once there is one", async () => {
    const { app, screen, lane } = await openFirst({ model: "" });
    const way = screen.getByRole("button", { name: "Add a server" });
    await expect.element(way).toBeVisible();
    const accent = getComputedStyle(way.element()).backgroundColor;
    const standing = () =>
      [...document.querySelectorAll("button")]
        .filter((button) => getComputedStyle(button).backgroundColor === accent)
        .map((button) => button.textContent);
    expect(standing()).toEqual(["Add a server"]);
    app.actions.changeSetup(lane.id, { model: "tiny" });
    await expect.poll(standing).toEqual(["Run"]);
  });

  it("says that the small model is on its way, and not that there is no server", async () => {
    const installing = {
      state: "installing",
      receivedBytes: 1,
      totalBytes: 100,
      elapsedMs: 0,
    } as const;
    const { screen } = await openFirst({ demo: installing });
    await expect.element(screen.getByText("Installing a small model. For better answers:")).toBeVisible();
    expect(screen.container.textContent).not.toContain("No server found");
  });

  it("opens the servers, at those that lack a key, to paste one", async () => {
    const { screen } = await openFirst();
    await screen.getByRole("button", { name: "Paste a key", exact: true }).click();
    await expect.element(screen.getByRole("dialog", { name: "Servers" })).toBeVisible();
    await expect.poll(() => document.activeElement?.getAttribute("aria-label")).toMatch(/^Paste a key for /u);
  });

  it("has one button that chooses a model in a lane without one", async () => {
    const { screen } = await openFirst({ model: "" });
    await expect
      .element(screen.getByRole("button", { name: "Choose a model for lane 1" }))
      .toHaveTextContent("Choose a model");
  });

  it("says once that there is no model, above the ways to one", async () => {
    const { screen } = await openFirst({ model: "" });
    await expect.element(screen.getByRole("heading", { name: "No model yet" })).toBeVisible();
    expect(screen.container.innerText.match(/no model/giu)).toEqual(["No model"]);
  });

  it("offers the way to a model to the keyboard first, and not Run, which needs one", async () => {
    const { screen } = await openFirst({ model: "", draft: "What is the weather in Florence?" });
    await expect.element(screen.getByRole("button", { name: "Add a server" })).toHaveFocus();
  });

  it("brings a sample tool back that a starter needs", async () => {
    const { app, screen, lane } = await openFirst();
    app.actions.removeTool("sample-weather");
    await screen.getByRole("button", { name: /^Call a tool/u }).click();
    expect(app.store.getState().person.tools.map(({ id }) => id)).toContain("sample-weather");
    expect(effectiveSetup(app.store.getState().session, lane.id).tools).toEqual(["sample-weather"]);
  });

  it("lets a starter wait in sight while the demo model installs, and runs it once the model is there", async () => {
    const { app, screen, turns } = await openFirst({
      model: "",
      demo: { state: "installing", receivedBytes: 1, totalBytes: 2, elapsedMs: 1 },
    });
    const starter = screen.getByRole("button", { name: /^Think hard/u });
    await starter.click();
    const line = screen.getByText("Runs once the demo model is ready: “Why is the sky blue?”");
    await expect.element(line).toBeVisible();
    await expect.element(starter).toHaveTextContent("waits for a model");
    expect(turns()).toEqual([]);
    app.store.setState(({ servers }) => ({
      servers: {
        ...servers,
        reply: servers.reply && {
          ...servers.reply,
          demo: { state: "ready", baseUrl: "http://127.0.0.1:9/v1", model: "tiny" },
        },
      },
    }));
    await expect.element(line).not.toBeInTheDocument();
    expect(turns()).toEqual([{ prompt: "Why is the sky blue?", tools: [] }]);
  });

  it("takes a starter that waits back with Stop", async () => {
    const { screen, turns } = await openFirst({ model: "", demo: { state: "starting", elapsedMs: 1 } });
    const starter = screen.getByRole("button", { name: /^Think hard/u });
    await starter.click();
    await screen.getByRole("button", { name: "Stop" }).click();
    await expect.element(starter).toHaveTextContent("no tools");
    expect(turns()).toEqual([]);
  });

  it("leads to a new server and to a key", async () => {
    const { screen } = await openFirst();
    await screen.getByRole("button", { name: "Add a server" }).click();
    await expect.element(screen.getByLabelText("Base URL")).toHaveFocus();
  });
});

describe("a visit without a model", () => {
  it("says what to do, in order, and Run leads there without an error in any lane", async () => {
    const { app, screen, turns } = await openFirst({ model: "" });
    await expect.element(screen.getByRole("heading", { name: "No model yet" })).toBeVisible();
    await expect.element(screen.getByText("llama-server -m model.gguf --port 8080")).toBeVisible();
    app.actions.setDraft("Hello");
    await screen.getByRole("button", { name: "Run", exact: true }).click();
    await expect.element(screen.getByRole("button", { name: "Add a server" })).toHaveFocus();
    await expect.element(screen.getByText(/^Nothing to run: there is no model yet/u)).toBeVisible();
    expect(turns()).toEqual([]);
  });

  it("offers to install the demo model first, where it can be", async () => {
    const { screen, asked } = await openFirst({
      model: "",
      demo: { state: "available", downloadBytes: 110_000_000 },
    });
    await screen.getByRole("button", { name: "Install the demo model (110 MB)" }).click();
    expect(asked).toContainEqual({ path: "/api/demo", body: { action: "install" } });
  });
});
