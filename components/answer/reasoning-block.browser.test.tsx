import { describe, expect, it, vi } from "vitest";
import { render } from "vitest-browser-react";

import { addAnswer, Answers, openTestPage, streamAnswer } from "@/components/__fixtures__/test-page";
import type { Figure } from "@/lib/stream/figures/figure";
import { buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";
import type { StreamEvent } from "@/lib/stream/turn/event";

import { ReasoningBlock } from "./reasoning-block";

const eight: Figure = { value: 8, source: "server", explain: "" };
const about: Figure = { value: 1234, source: "estimated", explain: "" };
const unknown: Figure = { ...about, value: null };

const begin: readonly StreamEvent[] = [
  {
    type: "step-start",
    stepId: "s",
    request: { provider: "llamacpp", dialect: "chat-completions", model: "tiny", endpoint: null },
  },
  { type: "response-start", id: "chatcmpl-1", model: null },
  { type: "reasoning-start", id: "r" },
];
const thought = (text: string): StreamEvent => ({ type: "reasoning-delta", id: "r", text });

async function openThinking() {
  const page = await openTestPage();
  const push = streamAnswer(page.app, 0);
  push(...begin, thought("I need to look up "));
  return { ...page, push, screen: await page.show(<Answers />) };
}

describe("a thought that streams", () => {
  it("is open, shows its words as they come, and closes when the answer begins", async () => {
    const { screen, push } = await openThinking();
    const toggle = screen.getByRole("button", { name: /^Th(inking|ought)/u });
    await expect.element(toggle).toHaveAttribute("aria-expanded", "true");
    push(thought("Florence."));
    await expect.element(screen.getByText("I need to look up Florence.")).toBeVisible();
    push(
      { type: "reasoning-end", id: "r" },
      { type: "text-start", id: "t" },
      { type: "text-delta", id: "t", text: "It is sunny." },
    );
    await expect.element(screen.getByText("It is sunny.")).toBeVisible();
    await expect.element(toggle).toHaveAttribute("aria-expanded", "false");
    await expect.element(screen.getByText("I need to look up Florence.")).not.toBeInTheDocument();
  });

  it("stays closed once a person has closed it, whatever comes", async () => {
    const { screen, push } = await openThinking();
    const toggle = screen.getByRole("button", { name: /^Thinking/u });
    await toggle.click();
    push(thought("Florence."), { type: "warning", warning: { code: "odd", message: "An odd event." } });
    await expect.element(toggle).toHaveAttribute("aria-expanded", "false");
    await toggle.click();
    await expect.element(screen.getByText("I need to look up Florence.")).toBeVisible();
  });

  it("stays open once a person has opened it, also when the answer begins", async () => {
    const { screen, push } = await openThinking();
    const toggle = screen.getByRole("button", { name: /^Th(inking|ought)/u });
    await toggle.click();
    await toggle.click();
    push(
      { type: "reasoning-end", id: "r" },
      { type: "text-start", id: "t" },
      { type: "text-delta", id: "t", text: "It is sunny." },
    );
    await expect.element(screen.getByText("It is sunny.")).toBeVisible();
    await expect.element(toggle).toHaveAttribute("aria-expanded", "true");
  });

  it("is ended at the server with a click, where the server can", async () => {
    const { screen, asked } = await openThinking();
    await screen.getByRole("button", { name: "End thinking now" }).click();
    expect(asked.filter(({ path }) => path.endsWith("/api/llama/control"))).toMatchObject([
      { body: { provider: "llamacpp", id: "chatcmpl-1" } },
    ]);
  });
});

describe("a thought that is over", () => {
  it("opens at a click, and offers nothing to end", async () => {
    const screen = await render(
      <ReasoningBlock
        part={buildReasoning()}
        isThinking={false}
        timeMs={210}
        tokens={eight}
        onEndThinking={vi.fn()}
      />,
    );
    const toggle = screen.getByRole("button", { name: "Thought 0.21 s · 8 tokens" });
    await expect.element(toggle).toHaveAttribute("aria-expanded", "false");
    await expect.element(screen.getByText("End thinking now")).not.toBeInTheDocument();
    await toggle.click();
    await expect.element(screen.getByText("I need to look up Florence.")).toBeVisible();
  });

  it("marks an estimate and leaves out what nobody knows", async () => {
    const part = buildReasoning();
    const screen = await render(
      <>
        <ReasoningBlock part={part} isThinking={false} timeMs={210} tokens={about} />
        <ReasoningBlock part={part} isThinking={false} timeMs={null} tokens={unknown} />
      </>,
    );
    const headings = screen.getByRole("button").all();
    expect(headings.map((heading) => heading.element().textContent)).toEqual([
      "Thought 0.21 s · ≈ 1,234 tokens",
      "Thought",
    ]);
  });

  it("says that it was hidden, with its tokens where they are known", async () => {
    const part = buildReasoning({ text: "" });
    const screen = await render(
      <>
        <ReasoningBlock part={part} isThinking={false} timeMs={null} tokens={eight} />
        <ReasoningBlock part={part} isThinking={false} timeMs={null} tokens={{ ...eight, value: null }} />
      </>,
    );
    await expect.element(screen.getByText("hidden reasoning, 8 tokens")).toBeVisible();
    await expect.element(screen.getByText("hidden reasoning", { exact: true })).toBeVisible();
  });

  it("that was read from tags is marked, and shown as it was received at a click", async () => {
    const part = buildReasoning({ tags: { open: "<think>", close: "</think>" } });
    const screen = await render(
      <ReasoningBlock part={part} isThinking={false} timeMs={null} tokens={unknown} />,
    );
    await expect.element(screen.getByRole("button", { name: "Thought · read from tags" })).toBeVisible();
    await screen.getByRole("button", { name: "Show as received" }).click();
    await expect.element(screen.getByText("<think>I need to look up Florence.</think>")).toBeVisible();
  });

  it("that was read from tags and holds nothing is no hidden reasoning", async () => {
    const part = buildReasoning({ text: "\n\n", tags: { open: "<think>", close: "</think>" } });
    const screen = await render(
      <ReasoningBlock part={part} isThinking={false} timeMs={null} tokens={unknown} />,
    );
    await expect.element(screen.getByRole("button", { name: /read from tags/u })).toBeVisible();
  });

  it("is open where the step ended with it, and closed above an answer", async () => {
    const { app, show } = await openTestPage();
    addAnswer(app, 0, [buildStep({ id: "a", parts: [buildReasoning({ text: "Only a thought." })] })]);
    const screen = await show(<Answers />);
    await expect.element(screen.getByText("Only a thought.")).toBeVisible();
    addAnswer(app, 0, [buildStep({ id: "b", parts: [buildReasoning(), buildText()] })]);
    await expect.element(screen.getByText("It is 22 degrees and sunny.")).toBeVisible();
    await expect.element(screen.getByText("I need to look up Florence.")).not.toBeInTheDocument();
  });
});
