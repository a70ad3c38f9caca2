import { describe, expect, it, vi } from "vitest";

import { openTestPage } from "@/components/__fixtures__/test-page";
import { type ModelList, serverKey } from "@/lib/session/store/app-state";

import { ServersPanel } from "./servers-panel";

const LAB = { name: "Lab", baseUrl: "http://127.0.0.1:9999/v1", provider: "openai-compatible" };

async function openServers({
  adds = null,
  asksForKey = false,
}: { adds?: string | null; asksForKey?: boolean } = {}) {
  const page = await openTestPage();
  const onModels = vi.fn();
  const screen = await page.show(
    <ServersPanel adds={adds} asksForKey={asksForKey} onModels={onModels} onClose={vi.fn()} />,
  );
  const seen = (provider: string, endpoint: string | null, list: ModelList) =>
    page.app.store.setState(({ servers }) => ({
      servers: { ...servers, models: new Map(servers.models).set(serverKey(provider, endpoint), list) },
    }));
  const added = () => page.app.store.getState().person.endpoints;
  const asked = () => page.asked.map(({ path }) => path).filter((path) => path.startsWith("/api/models"));
  return { ...page, screen, onModels, seen, added, asked };
}

describe("the servers", () => {
  it("get a new one by its address, which is asked at once and leads to its models", async () => {
    const { screen, added, asked, seen, onModels } = await openServers();
    await screen.getByRole("button", { name: "Add a server" }).click();
    const url = screen.getByLabelText("Base URL");
    await expect.element(url).toHaveFocus();
    await url.fill("ftp://127.0.0.1/v1");
    await screen.getByRole("button", { name: "Add server" }).click();
    await expect.element(url).toHaveAttribute("aria-invalid", "true");
    expect(added()).toEqual([]);
    await url.fill(LAB.baseUrl);
    await screen.getByLabelText("Name", { exact: true }).fill("Lab");
    await screen.getByRole("button", { name: "Add server" }).click();
    expect(added()).toMatchObject([{ name: "Lab", baseUrl: LAB.baseUrl }]);
    expect(asked()).toEqual([
      `/api/models?${new URLSearchParams({ provider: added()[0]?.provider ?? "", endpoint: LAB.baseUrl }).toString()}`,
    ]);
    const choose = screen.getByRole("button", { name: "Choose a model of Lab" });
    await expect.element(choose).toHaveFocus();
    seen(added()[0]?.provider ?? "", LAB.baseUrl, {
      state: "ready",
      models: [{ id: "attic-7b", contextLength: null, note: null }],
      latencyMs: 40,
    });
    await expect.element(screen.getByText("1 model · 40 ms")).toBeVisible();
    await choose.click();
    expect(onModels).toHaveBeenCalledExactlyOnceWith("Lab");
  });

  it("open at the form, with an address that was typed elsewhere", async () => {
    const { screen } = await openServers({ adds: LAB.baseUrl });
    await expect.element(screen.getByLabelText("Base URL")).toHaveValue(LAB.baseUrl);
  });

  it("say what a test saw, in a word and in the server's sentence", async () => {
    const { app, screen, seen, asked } = await openServers();
    app.actions.addEndpoint(LAB, null);
    seen(LAB.provider, LAB.baseUrl, { state: "ready", models: [] });
    await expect.element(screen.getByText("lists no models")).toBeVisible();
    const before = asked().length;
    await screen.getByRole("button", { name: "Test Lab" }).click();
    expect(asked().length).toBe(before + 1);
    await expect.element(screen.getByText("asking …")).toBeVisible();
    const message = "No server is listening at 127.0.0.1:9999.";
    const error = { source: "network", code: "ECONNREFUSED", message, retryable: true } as const;
    seen(LAB.provider, LAB.baseUrl, { state: "failed", error });
    await expect.element(screen.getByText("refused")).toBeVisible();
    await expect.element(screen.getByText(message)).toBeVisible();
  });

  it("are renamed and moved, in the lanes that use them too", async () => {
    const { app, screen, added } = await openServers();
    app.actions.addEndpoint(LAB, "sk-lab");
    const [lane] = app.lanes();
    if (lane === undefined) expect.unreachable("there is a lane");
    app.actions.changeSetup(lane.id, { provider: LAB.provider, endpoint: LAB.baseUrl, model: "attic-7b" });
    await screen.getByRole("button", { name: "More for Lab" }).click();
    await screen.getByRole("menuitem", { name: "Rename or edit…" }).click();
    await screen.getByLabelText("Name", { exact: true }).fill("Roof");
    await screen.getByLabelText("Base URL").fill("http://127.0.0.1:9998/v1");
    await screen.getByRole("button", { name: "Save" }).click();
    expect(added()).toEqual([{ ...LAB, name: "Roof", baseUrl: "http://127.0.0.1:9998/v1" }]);
    expect(app.store.getState().session.shared).toMatchObject({
      endpoint: "http://127.0.0.1:9998/v1",
      model: "attic-7b",
    });
    expect([...app.store.getState().keysHeld]).toEqual([serverKey(LAB.provider, "http://127.0.0.1:9998/v1")]);
  });

  it("have an address each: one that is taken is refused by the name of its server", async () => {
    const { app, screen, added } = await openServers();
    app.actions.addEndpoint(LAB, "sk-lab");
    await screen.getByRole("button", { name: "Add a server" }).click();
    const url = screen.getByLabelText("Base URL");
    await url.fill(LAB.baseUrl);
    await screen.getByLabelText("Name", { exact: true }).fill("Roof");
    await screen.getByRole("button", { name: "Add server" }).click();
    await expect
      .element(screen.getByText("Lab has this address. Edit it in the list, or enter another address."))
      .toBeVisible();
    expect(added()).toEqual([LAB]);
    await url.fill("http://127.0.0.1:9998/v1");
    await screen.getByRole("button", { name: "Add server" }).click();
    await expect.poll(added).toEqual([LAB, { ...LAB, name: "Roof", baseUrl: "http://127.0.0.1:9998/v1" }]);
    await screen.getByRole("button", { name: "More for Roof" }).click();
    await screen.getByRole("menuitem", { name: "Rename or edit…" }).click();
    await url.fill(LAB.baseUrl);
    await screen.getByRole("button", { name: "Save" }).click();
    await expect.element(screen.getByText(/^Lab has this address\./u)).toBeVisible();
    expect(added()).toHaveLength(2);
  });

  it("are removed, and come back with their key", async () => {
    const { app, screen, added } = await openServers();
    app.actions.addEndpoint(LAB, "sk-lab");
    await screen.getByRole("button", { name: "More for Lab" }).click();
    await screen.getByRole("menuitem", { name: "Remove" }).click();
    expect([added(), app.store.getState().keysHeld.size]).toEqual([[], 0]);
    const undo = screen.getByRole("button", { name: "Undo" });
    await expect.element(undo).toHaveFocus();
    await undo.click();
    expect([added(), app.store.getState().keysHeld.size]).toEqual([[LAB], 1]);
  });

  it("open at the services that lack a key, where a key is to be pasted", async () => {
    const { screen } = await openServers({ asksForKey: true });
    await expect.poll(() => document.activeElement?.getAttribute("aria-label")).toMatch(/^Paste a key for /u);
    await expect.element(screen.getByRole("button", { name: "Paste a key for Groq" })).toBeVisible();
  });

  it("take a key for a service, keep it in memory, and forget it", async () => {
    const { app, screen, asked } = await openServers();
    await screen.getByRole("button", { name: /services without a key/u }).click();
    await screen.getByRole("button", { name: "Paste a key for Groq" }).click();
    await screen.getByLabelText("Key for Groq").fill("gsk-test");
    await screen.getByRole("button", { name: "Use key" }).click();
    expect([...app.store.getState().keysHeld]).toEqual([serverKey("groq", null)]);
    expect(asked()).toEqual(["/api/models?provider=groq"]);
    await screen.getByRole("button", { name: "More for Groq" }).click();
    await screen.getByRole("menuitem", { name: "Change or forget the key…" }).click();
    await screen.getByRole("button", { name: "Forget the key" }).click();
    expect(app.store.getState().keysHeld.size).toBe(0);
  });
});
