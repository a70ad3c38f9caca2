import { expect, it, vi } from "vitest";
import { page } from "vitest/browser";

import { addAnswer, openTestPage, type Replies } from "@/components/__fixtures__/test-page";
import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import { speechOf } from "@/lib/providers/speech-of";
import type { AttemptRecord } from "@/lib/run/record";
import { buildStep, buildText, buildUsage } from "@/lib/stream/turn/__fixtures__/build-step";

import { ComparePanel } from "./compare-panel";

function recordOf(stepId: string, content: string): AttemptRecord {
  return {
    stepId,
    attempt: 1,
    url: "http://127.0.0.1:8080/v1/chat/completions",
    request: JSON.stringify({ model: "m", messages: [{ role: "user", content }] }),
    speech: speechOf(llamaCpp, null),
    thinkTags: "auto",
    isStreamed: true,
    head: null,
    chunks: [],
    droppedBytes: 0,
    end: null,
  };
}

/** A server whose template writes the first message, and whose tokens are characters. */
const characters: Replies = ({ path, body }) => {
  const prompt = JSON.stringify(body).includes("Hello") ? "<s>Hello" : "<s>Hi you";
  if (path.endsWith("/apply-template")) return { prompt };
  if (path.endsWith("/tokenize")) return { tokens: Array.from(prompt, (each) => each.charCodeAt(0)) };
  return undefined;
};

async function open(replies: Replies) {
  const { app, asked, show } = await openTestPage(replies);
  app.actions.addLane();
  const one = addAnswer(app, 0, [buildStep({ id: "a", parts: [buildText()] })]);
  const other = addAnswer(app, 1, [
    buildStep({ id: "b", parts: [buildText()], usage: buildUsage({ input: 8, cached: 4, output: 1 }) }),
  ]);
  const records = new Map([
    [one, [recordOf("a", "Hello")]],
    [other, [recordOf("b", "Hi you")]],
  ]);
  vi.spyOn(app.page, "recordsOf").mockImplementation(async (turn) => records.get(turn) ?? []);
  await show(
    <ComparePanel
      compared={{ one, other, view: "request" }}
      onCompare={() => undefined}
      onClose={() => undefined}
    />,
  );
  return asked;
}

const panel = page.getByRole("dialog", { name: "Compare answers" });

it("two requests are compared by their paths", async () => {
  await open(characters);
  const list = panel.getByRole("list", { name: "Differences of the bodies" });
  await expect.element(list.getByRole("listitem")).toHaveTextContent(/^messages\[0\]\.content/u);
  await expect.element(panel).toHaveTextContent("1 difference; everything else is equal.");
});

it("two prompts part at a token, and the server's own count of its cache stands beside it", async () => {
  const asked = await open(characters);
  await panel.getByRole("button", { name: "Compare prompts" }).click();
  await expect
    .element(panel)
    .toHaveTextContent("The cache could be used up to token 4 of 9: there the prompts part.");
  await expect
    .element(panel)
    .toHaveTextContent("lane 1: 8 tokens · lane 2: 9 tokens, counted by the server.");
  await expect.element(panel).toHaveTextContent("The server reported 4 tokens of lane 2 from its cache.");
  expect(asked.filter(({ path }) => path.endsWith("/tokenize")).map(({ body }) => body)).toContainEqual({
    provider: "llamacpp",
    model: "m",
    text: "<s>Hello",
  });
});

it("a server that does not make the prompt says so", async () => {
  const refusal = {
    error: { source: "provider", code: "HTTP_501", message: "No template here.", retryable: false },
  };
  await open(({ path }) =>
    path.includes("/api/llama/") ? Response.json(refusal, { status: 501 }) : undefined,
  );
  await panel.getByRole("button", { name: "Compare prompts" }).click();
  await expect.element(panel.getByRole("alert")).toHaveTextContent("No template here.");
});
