import { describe, expect, it, vi } from "vitest";

import { openTestPage } from "@/components/__fixtures__/test-page";
import { effectiveSetup } from "@/lib/session/store/lanes";

import { ToolsPanel } from "./tools-panel";

const TRAINS = {
  name: "train_times",
  description: "Finds trains between two cities.",
  parameters: {
    type: "object",
    properties: { from: { type: "string", description: "City, such as Florence" } },
    required: ["from"],
  },
};

/** Drafts in the drawer, with a model whose answer the test writes. */
async function openDrafting() {
  const encoder = new TextEncoder();
  let wire: ReadableStreamDefaultController<Uint8Array> | null = null;
  let isLeft = false;
  const page = await openTestPage(({ path }, left) => {
    if (path !== "/api/chat") return undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        wire = controller;
        left?.addEventListener("abort", () => {
          isLeft = true;
          controller.error(left.reason);
        });
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  });
  const [lane] = page.app.lanes();
  if (lane === undefined) expect.unreachable("there is a lane");
  page.app.actions.changeSetup(lane.id, { provider: "vllm", model: "tiny", tools: [] });
  const screen = await page.show(<ToolsPanel onMcp={vi.fn()} onClose={vi.fn()} />);
  const write = async (...frames: readonly string[]) => {
    await expect.poll(() => wire).not.toBeNull();
    for (const frame of frames) wire?.enqueue(encoder.encode(frame));
  };
  const answer = async (delta: object, finish: string) => {
    await write(head(), chunk({ delta }), chunk({ delta: {}, finish_reason: finish }), "data: [DONE]\n\n");
    wire?.close();
    wire = null;
  };
  const person = () => page.app.store.getState().person;
  const on = () => effectiveSetup(page.app.store.getState().session, lane.id).tools;
  return {
    screen,
    write,
    answer,
    asked: page.asked,
    person,
    on,
    isLeft: () => isLeft,
    turns: () => page.app.store.getState().turns,
  };
}

function head(): string {
  const facts = { status: 200, contentType: "text/event-stream", connectMs: 1, headersMs: 2 };
  return `event: relay-head\ndata: ${JSON.stringify(facts)}\n\n`;
}

function chunk(choice: object): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`;
}

function calling(args: unknown): object {
  return {
    tool_calls: [
      {
        index: 0,
        id: "c",
        type: "function",
        function: { name: "define_tool", arguments: JSON.stringify(args) },
      },
    ],
  };
}

describe("a tool that is described", () => {
  it("is drafted by the lane's model and added at a press, on in every lane; before that nothing is saved", async () => {
    const { screen, answer, asked, person, on, turns } = await openDrafting();
    const before = person().tools.length;
    await screen.getByRole("button", { name: "Describe…" }).click();
    await screen.getByRole("textbox", { name: "What should the tool do?" }).fill("finds trains");
    await screen.getByRole("button", { name: "Draft it" }).click();
    await answer(calling(TRAINS), "tool_calls");
    const draft = screen.getByRole("region", { name: "Draft: train_times" });
    await expect.element(draft).toHaveTextContent("City, such as Florence");
    expect(asked.find(({ path }) => path === "/api/chat")?.body).toMatchObject({
      body: {
        tools: [{ function: { name: "define_tool" } }],
      },
    });
    expect([person().tools.length, turns().size]).toEqual([before, 0]);
    await draft.getByRole("button", { name: "Add this tool" }).click();
    await expect.element(screen.getByRole("button", { name: "Back to all tools" })).toHaveFocus();
    expect(person().tools.at(-1)).toMatchObject({ ...TRAINS, binding: { kind: "ask" } });
    expect(on()).toEqual([person().tools.at(-1)?.id]);
  });

  it("changes the tool it is opened from, which shows what would change", async () => {
    const { screen, answer, person } = await openDrafting();
    await screen.getByRole("button", { name: "Edit weather" }).click();
    await screen.getByRole("button", { name: "Describe a change" }).click();
    await screen.getByRole("textbox", { name: "What should change?" }).fill("another description");
    await screen.getByRole("button", { name: "Draft it" }).click();
    const weather = person().tools.find(({ name }) => name === "weather");
    if (weather === undefined) expect.unreachable("weather is there");
    const changed = { name: "weather", description: "Tells it.", parameters: weather.parameters };
    await answer(calling(changed), "tool_calls");
    const draft = screen.getByRole("region", { name: "Draft: weather" });
    await expect.element(draft.getByText(/removed: .*Get the current weather/u)).toBeVisible();
    await draft.getByRole("button", { name: "Apply" }).click();
    await expect
      .element(screen.getByRole("textbox", { name: "Description", exact: true }))
      .toHaveValue("Tells it.");
    expect(person().tools.find(({ name }) => name === "weather")).toEqual({
      ...weather,
      description: "Tells it.",
    });
  });

  it("is discarded without a trace", async () => {
    const { screen, answer, person } = await openDrafting();
    const before = person();
    await screen.getByRole("button", { name: "Describe…" }).click();
    await screen.getByRole("textbox", { name: "What should the tool do?" }).fill("finds trains");
    await screen.getByRole("button", { name: "Draft it" }).click();
    await answer(calling(TRAINS), "tool_calls");
    await screen.getByRole("button", { name: "Discard" }).click();
    await expect.element(screen.getByRole("region", { name: /^Draft/u })).not.toBeInTheDocument();
    expect(person()).toBe(before);
  });

  it("fails in words where the model calls nothing, and shows what it wrote", async () => {
    const { screen, answer } = await openDrafting();
    await screen.getByRole("button", { name: "Describe…" }).click();
    await screen.getByRole("textbox", { name: "What should the tool do?" }).fill("finds trains");
    await screen.getByRole("button", { name: "Draft it" }).click();
    await answer({ content: "Trains are nice." }, "stop");
    await expect
      .element(screen.getByRole("alert"))
      .toHaveTextContent(/^The model called no tool, so there is no draft\./u);
    await expect.element(screen.getByLabelText("Text", { exact: true })).toHaveValue("Trains are nice.");
    await expect.element(screen.getByRole("button", { name: "Draft it again" })).toBeVisible();
  });

  it("stops at a press, which ends the request", async () => {
    const { screen, write, isLeft } = await openDrafting();
    await screen.getByRole("button", { name: "Describe…" }).click();
    await screen.getByRole("textbox", { name: "What should the tool do?" }).fill("finds trains");
    await screen.getByRole("button", { name: "Draft it" }).click();
    await write(head(), chunk({ delta: { content: "Let me think" } }));
    await expect.element(screen.getByLabelText("Text", { exact: true })).toHaveValue("Let me think");
    await screen.getByRole("button", { name: "Stop" }).click();
    await expect.element(screen.getByText("Stopped. Nothing was saved.")).toBeVisible();
    expect(isLeft()).toBe(true);
  });
});
