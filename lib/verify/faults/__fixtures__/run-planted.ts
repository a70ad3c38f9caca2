/** For tests: a case against a server that gives these replies, from the request to the verdict. */
import type { DialectId } from "@/lib/providers/dialect-id";
import { plainSetup } from "@/lib/providers/plain-setup";
import type { AttemptRequest, OpenedAnswer } from "@/lib/run/ports";
import type { RunError } from "@/lib/stream/turn/event";
import type { AnswerMode, VerifyCase } from "@/lib/verify/case";
import { gradeTrial } from "@/lib/verify/graders/grade-trial";
import type { GradedTrial } from "@/lib/verify/graders/graded-trial";
import { scriptedHost } from "@/lib/verify/runner/__fixtures__/scripted-host";
import { runTrial } from "@/lib/verify/runner/run-trial";
import { trialRequest } from "@/lib/verify/runner/trial-request";
import type { Verdict } from "@/lib/verify/trial";
import type { VerifyLane } from "@/lib/verify/verify-run";

import type { Reply } from "./replies";

/** Which server is asked: its dialect, and llama.cpp's own, which adds what the model wrote. */
export type Server = DialectId | "llama.cpp";

const SERVERS: Readonly<Record<Server, readonly [provider: string, model: string]>> = {
  "chat-completions": ["openai", "gpt-4.1"],
  responses: ["openai-responses", "gpt-4.1"],
  anthropic: ["anthropic", "claude-sonnet-4-5"],
  gemini: ["gemini", "gemini-2.5-flash"],
  "llama.cpp": ["llamacpp", "any"],
};

const BROKEN: RunError = {
  source: "network",
  code: "CONNECTION_CUT",
  message: "The connection broke while the answer came.",
  retryable: false,
};

/** The verdict on the case. The last reply is given again where more are asked for. */
export async function verdictOn(
  of: VerifyCase,
  server: Server,
  replies: readonly Reply[],
  more: Partial<GradedTrial> = {},
): Promise<Verdict> {
  return gradeTrial(of, { ...(await ranTrial(of, server, replies, more.mode ?? "stream")), ...more });
}

/** The trial as it is graded. */
export async function ranTrial(
  of: VerifyCase,
  server: Server,
  replies: readonly Reply[],
  mode: AnswerMode,
): Promise<GradedTrial> {
  const [provider, model] = SERVERS[server];
  const lane: VerifyLane = {
    label: `${provider}/${model}`,
    from: "server",
    setup: plainSetup({ provider, model }),
    efforts: [null],
    before: null,
    after: null,
  };
  const request = trialRequest(of, lane, { mode, effort: null });
  if (typeof request === "string") throw new Error(request);
  let sent = 0;
  const open = (_request: AttemptRequest): Promise<OpenedAnswer> => {
    const reply = replies[Math.min(sent, replies.length - 1)];
    sent += 1;
    if (reply === undefined) throw new Error("There is no reply to give.");
    return Promise.resolve(opened(reply));
  };
  const { ports } = scriptedHost(() => ({ text: "" }), {
    transport: { open, brokeOff: () => BROKEN },
    keyFor: () => "a key",
  });
  const key = { lane: 0, caseId: of.id, mode, effort: null, repetition: 0 };
  const ran = await runTrial({ key, lane, request }, ports, new AbortController().signal);
  if (ran === null) throw new Error("The trial was stopped.");
  const { turns, facts, framesOf } = ran;
  return { mode, turns, facts, framesOf, paired: null, efforts: null };
}

function opened(reply: Reply): OpenedAnswer {
  if ("unreached" in reply) return { ok: false, error: reply.unreached };
  const isStream = "stream" in reply;
  return {
    ok: true,
    body:
      isStream && reply.breaks === true
        ? breaking(reply.stream)
        : new Blob([isStream ? reply.stream : JSON.stringify(reply.body)]).stream(),
    head: {
      status: isStream ? 200 : reply.status,
      contentType: isStream ? "text/event-stream" : "application/json",
      requestId: null,
      connectMs: null,
      headersMs: 1,
    },
  };
}

function breaking(text: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isSent = false;
  return new ReadableStream({
    pull: (controller) => {
      if (isSent) return controller.error(new TypeError("terminated"));
      isSent = true;
      controller.enqueue(new TextEncoder().encode(text));
    },
  });
}
