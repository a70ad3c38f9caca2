import { expect, it, vi } from "vitest";
import { page } from "vitest/browser";

import { addAnswer, openTestPage } from "@/components/__fixtures__/test-page";
import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";
import type { AttemptRecord } from "@/lib/run/record";
import type { SessionApp } from "@/lib/session/actions/session-app";
import { useTurn } from "@/lib/session/hooks/use-turn";
import type { TurnId } from "@/lib/session/store/session";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { Step } from "@/lib/stream/turn/turn";
import manifest from "@/package.json";

import { SaveMenu } from "./save-menu";
import type { ShownAttempt } from "./use-attempts";

const SENT = '{"model":"m","messages":[{"role":"user","content":"hi"}],"stream":true}';

function stepAt(provider: string, endpoint: string | null): Step {
  const request = { provider, dialect: "chat-completions", model: "m", endpoint };
  const [step] = fold(emptyTurn(), { at: 0, event: { type: "step-start", stepId: "s", request } }).steps;
  if (step === undefined) throw new Error("the fold made no step");
  return step;
}

function recordOf(provider: string): AttemptRecord {
  const known = findProvider(provider);
  return {
    stepId: "s",
    attempt: 1,
    url: "http://127.0.0.1:8080/v1/chat/completions",
    request: SENT,
    speech: known && speechOf(known, null),
    thinkTags: "auto",
    isStreamed: true,
    head: null,
    chunks: [{ at: 12, bytes: new TextEncoder().encode("data: [DONE]\n\n") }],
    droppedBytes: 0,
    end: { how: "closed", at: 12 },
  };
}

/** `tape`: what the page reads the step from, where it did not run there. */
async function openMenu(
  provider: string,
  endpoint: string | null = null,
  tape: { readonly writtenBy: string } | null = null,
) {
  const copied: string[] = [];
  vi.spyOn(navigator.clipboard, "writeText").mockImplementation(async (text) => void copied.push(text));
  const { app, show } = await openTestPage();
  const turn = addAnswer(app, 0, [stepAt(provider, endpoint)]);
  const record = recordOf(provider);
  if (tape !== null) showAsRecording(app, tape);
  await show(<MenuOf turn={turn} record={record} />);
  await page.getByRole("button", { name: "Save or copy" }).click();
  return copied;
}

function showAsRecording(app: SessionApp, { writtenBy }: { readonly writtenBy: string }): void {
  app.store.setState(({ session, turns }) => ({
    ownership: "recording",
    recording: {
      bundle: { session, turns: [...turns.values()], records: [], images: [] },
      timeline: { turns: [], moments: [], endsAt: 0 },
      label: "",
      startedAt: null,
      writtenBy,
      markers: [],
      keptAs: null,
      notes: [],
    },
  }));
}

function MenuOf({ turn, record }: { turn: TurnId; record: AttemptRecord }) {
  const [step] = useTurn(turn).steps;
  const attempt: ShownAttempt = { record, frames: [] };
  const exported = { attempts: [attempt], times: [0], sent: SENT, startedAt: 0 };
  return step && <SaveMenu attempt={attempt} answer={step} step={exported} fileName="x" />;
}

it("a request is copied as a program, and the menu says so", async () => {
  const copied = await openMenu("llamacpp");
  await page.getByRole("menuitem", { name: "Copy as Python (openai)" }).click();
  await expect.element(page.getByText("Copied")).toBeInTheDocument();
  expect(copied).toHaveLength(1);
  expect(copied[0]).toContain('os.environ.get("LLAMA_API_KEY", "none")');
  expect(copied[0]).toContain('messages = [{"role": "user", "content": "hi"}]');
});

it("a program for a server of a person's own asks for no provider's key", async () => {
  const copied = await openMenu("openai", "http://127.0.0.1:8080/v1");
  await page.getByRole("menuitem", { name: "Copy as curl" }).click();
  await expect.poll(() => copied.length).toBe(1);
  expect(copied[0]).toContain("MODEL_API_KEY");
  expect(copied[0]).not.toContain("OPENAI_API_KEY");
});

it("a step is copied as a bug report, also where its provider is of another version of Vitrine", async () => {
  const copied = await openMenu("from-the-future");
  await expect.element(page.getByRole("menuitem", { name: "Copy as curl" })).not.toBeInTheDocument();
  await page.getByRole("menuitem", { name: "Copy bug report" }).click();
  await expect.poll(() => copied.length).toBe(1);
  expect(copied[0]).toContain("- Server: from-the-future");
  expect(copied[0]).toContain("[+12 ms]\ndata: [DONE]");
  expect(copied[0]).toContain(`- Client: Vitrine ${manifest.version}\n`);
});

it("a bug report from a recording names this version as its writer, and not as the client", async () => {
  const copied = await openMenu("llamacpp", null, { writtenBy: "0.3.0" });
  await page.getByRole("menuitem", { name: "Copy bug report" }).click();
  await expect.poll(() => copied.length).toBe(1);
  expect(copied[0]).toContain("which Vitrine 0.3.0 wrote\n");
  expect(copied[0]).toContain(`- This report: Vitrine ${manifest.version}\n`);
});
