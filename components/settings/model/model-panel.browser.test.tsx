import { describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";

import { openTestPage } from "@/components/__fixtures__/test-page";
import { serverKey } from "@/lib/session/store/app-state";

import { ModelPanel } from "./model-panel";

async function openPicker() {
  const page = await openTestPage();
  page.app.actions.addLane();
  const [lane, other] = page.app.lanes();
  if (lane === undefined || other === undefined) expect.unreachable("there are two lanes");
  page.app.actions.changeSetup(lane.id, { model: "tiny" });
  const onClose = vi.fn();
  const onServers = vi.fn();
  const screen = await page.show(<ModelPanel lane={lane.id} onServers={onServers} onClose={onClose} />);
  const setupOf = ({ id }: typeof lane) => {
    const { session } = page.app.store.getState();
    const { provider, endpoint, model } = {
      ...session.shared,
      ...session.lanes.find((one) => one.id === id)?.own,
    };
    return { provider, endpoint, model };
  };
  return { ...page, screen, onClose, onServers, setups: () => [setupOf(lane), setupOf(other)] };
}

/** Models of a server, as if it had just listed them. */
const listed = (...ids: readonly string[]) => ({
  state: "ready" as const,
  models: ids.map((id) => ({ id, contextLength: null, note: null })),
});

describe("the model picker", () => {
  it("has the focus in its search field, and finds a model by a part of its name", async () => {
    const { app, screen } = await openPicker();
    app.store.setState(({ servers }) => ({
      servers: {
        ...servers,
        models: new Map([[serverKey("llamacpp", null), listed("tiny", "smollm2-135m", "qwen3-4b")]]),
      },
    }));
    const search = screen.getByRole("combobox", { name: "Model" });
    await expect.element(search).toHaveFocus();
    await userEvent.keyboard("qwen");
    await expect.element(screen.getByRole("option", { name: /qwen3-4b/u })).toBeVisible();
    await expect.element(screen.getByRole("option", { name: /smollm2/u })).not.toBeInTheDocument();
  });

  it("says of a server what the panel of the servers says", async () => {
    const { app, screen } = await openPicker();
    const lab = { name: "Lab", baseUrl: "http://127.0.0.1:9999/v1", provider: "openai-compatible" };
    app.actions.addEndpoint(lab, null);
    const group = screen.getByRole("group", { name: "Lab", exact: true });
    const error = {
      source: "provider",
      code: "HTTP_401",
      message: "Invalid API key",
      retryable: false,
    } as const;
    const states = [
      [{ ...listed("tiny", "smollm2-135m"), latencyMs: 40 }, "2 models · 40 ms"],
      [{ state: "loading" }, "asking …"],
      [{ state: "failed", error }, "answers 401"],
    ] as const;
    for (const [list, words] of states) {
      app.store.setState(({ servers }) => ({
        servers: { ...servers, models: new Map([[serverKey(lab.provider, lab.baseUrl), list]]) },
      }));
      await expect.element(group.getByText(words)).toBeVisible();
    }
  });

  it("gives its lane alone the model that is picked with the keyboard, and closes", async () => {
    const { screen, onClose, setups } = await openPicker();
    await expect.element(screen.getByRole("combobox", { name: "Model" })).toHaveFocus();
    await userEvent.keyboard("my-own-model");
    await screen
      .getByRole("option", { name: /my-own-model.*llama\.cpp|llama\.cpp.*my-own-model/u })
      .first()
      .hover();
    await userEvent.keyboard("{Enter}");
    expect(onClose).toHaveBeenCalledOnce();
    expect(setups()).toMatchObject([{ model: "my-own-model" }, { model: "tiny" }]);
  });

  it("leads to a server's key, keeps it in memory, and comes back to the models", async () => {
    const { app, screen } = await openPicker();
    await userEvent.keyboard("anthropic");
    await screen.getByRole("option", { name: /key/iu }).first().click();
    const field = screen.getByLabelText("Key for Anthropic");
    await expect.element(field).toHaveFocus();
    await userEvent.keyboard("sk-test{Enter}");
    await expect.element(screen.getByRole("combobox", { name: "Model" })).toBeVisible();
    expect([...app.store.getState().keysHeld]).toEqual([serverKey("anthropic", null)]);
    expect(JSON.stringify(app.store.getState().session)).not.toContain("sk-test");
  });

  it("names the character of a pasted key that no key has, and keeps nothing of it", async () => {
    const { app, screen } = await openPicker();
    await userEvent.keyboard("anthropic");
    await screen.getByRole("option", { name: /key/iu }).first().click();
    const field = screen.getByLabelText("Key for Anthropic");
    const use = screen.getByRole("button", { name: "Use key" });
    await field.fill("sk-\u200Btest");
    await expect
      .element(
        screen.getByText(
          "Character 4 of the key is a zero-width space, which no key has. Copy the key again.",
        ),
      )
      .toBeVisible();
    await expect.element(field).toHaveAttribute("aria-invalid", "true");
    await use.click({ force: true });
    await field.click();
    await userEvent.keyboard("{Enter}");
    await expect.element(field).toBeVisible();
    expect([...app.store.getState().keysHeld]).toEqual([]);
    await field.fill("sk-test");
    await expect.element(field).not.toHaveAttribute("aria-invalid", "true");
    await use.click();
    await expect.element(screen.getByRole("combobox", { name: "Model" })).toBeVisible();
    expect([...app.store.getState().keysHeld]).toEqual([serverKey("anthropic", null)]);
  });

  it("goes back from a key form without keeping what was typed", async () => {
    const { app, screen } = await openPicker();
    await userEvent.keyboard("anthropic");
    await screen.getByRole("option", { name: /key/iu }).first().click();
    await screen.getByLabelText("Key for Anthropic").fill("sk-test");
    await screen.getByRole("button", { name: "Back" }).click();
    await expect.element(screen.getByRole("combobox", { name: "Model" })).toBeVisible();
    expect([...app.store.getState().keysHeld]).toEqual([]);
  });

  it("leads to the servers, with an address that was typed", async () => {
    const { screen, onServers } = await openPicker();
    await userEvent.keyboard("http://127.0.0.1:9999/v1");
    await screen.getByRole("option", { name: /Add/u }).click();
    await screen.getByRole("button", { name: "Manage servers" }).click();
    expect(onServers.mock.calls).toEqual([["http://127.0.0.1:9999/v1"], [null]]);
  });

  it("closes with Escape and changes nothing", async () => {
    const { screen, onClose, setups } = await openPicker();
    await expect.element(screen.getByRole("combobox", { name: "Model" })).toHaveFocus();
    const before = setups();
    await userEvent.keyboard("{Escape}");
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(setups()).toEqual(before);
  });
});
