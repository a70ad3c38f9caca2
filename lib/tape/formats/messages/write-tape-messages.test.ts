import { describe, expect, it } from "vitest";

import { plainSetup } from "@/lib/providers/plain-setup";
import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";
import type { AttemptRecord } from "@/lib/run/record";
import type { Json } from "@/lib/stream/turn/json";
import { buildAttempt, buildTape, buildTapeTurn } from "@/lib/tape/__fixtures__/build-tape";
import type { Exchange } from "@/lib/tape/exchange";
import { READ_FORMATS } from "@/lib/tape/formats/found";
import { tapeOfExchanges } from "@/lib/tape/of-exchanges";

import { writeTapeMessages } from "./write-tape-messages";

const encoder = new TextEncoder();

function linesOf(tape: Parameters<typeof writeTapeMessages>[0]): readonly Json[] {
  return writeTapeMessages(tape)
    .content.split("\n")
    .filter((line) => line !== "")
    .map((line): Json => JSON.parse(line));
}

const said = (content: string) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: "stop" }] })}\n\ndata: [DONE]\n\n`;

function exchange(url: string, request: object, answer: string): Exchange {
  return {
    method: "POST",
    url,
    requestHeaders: [],
    requestBody: JSON.stringify(request),
    startedAt: null,
    status: 200,
    statusText: "",
    headers: [["content-type", "text/event-stream"]],
    headUs: 1,
    chunks: [{ us: 2, bytes: encoder.encode(answer) }],
    timing: "measured",
    end: { us: 3, how: "closed" },
  };
}

function ofExchanges(...exchanges: readonly Exchange[]) {
  return tapeOfExchanges(exchanges, READ_FORMATS.har)?.tape ?? expect.unreachable("there are exchanges");
}

const CHAT = "http://127.0.0.1:1/v1/chat/completions";
const HI = { role: "user", content: "Hi" };

describe("exchanges as OpenAI's messages", () => {
  it("are one conversation where a later request goes on from an earlier answer, and two where it does not", () => {
    const first = exchange(CHAT, { model: "m", messages: [HI] }, said("Hello"));
    const answer = { role: "assistant", content: "Hello" };
    const more = { role: "user", content: "More" };
    const later = exchange(CHAT, { model: "m", messages: [HI, answer, more] }, said("Bye"));
    const bye = { role: "assistant", content: "Bye" };
    expect(linesOf(ofExchanges(first, later))).toEqual([{ messages: [HI, answer, more, bye] }]);
    const other = exchange(CHAT, { model: "m", messages: [HI, bye, more] }, said("Bye"));
    expect(linesOf(ofExchanges(first, other))).toEqual([
      { messages: [HI, answer] },
      { messages: [HI, bye, more, bye] },
    ]);
    expect(linesOf(ofExchanges(first, first))).toHaveLength(2);
  });

  it("have recorded prompts and answers alone where the request is in another wire format, and say so", () => {
    const tape = ofExchanges(
      exchange(
        "https://api.anthropic.com/v1/messages",
        {
          model: "m",
          messages: [HI, { role: "assistant", content: "Yes?" }, { role: "user", content: "Go" }],
        },
        `event: message_start\ndata: ${JSON.stringify({ type: "message_start", message: { id: "1", model: "m", role: "assistant", content: [], usage: {} } })}\n\nevent: content_block_delta\ndata: ${JSON.stringify({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Gone" } })}\n\n`,
      ),
    );
    expect(linesOf(tape)).toEqual([
      {
        messages: [
          { role: "user", content: "Go" },
          { role: "assistant", content: "Gone" },
        ],
      },
    ]);
    expect(writeTapeMessages(tape).losses).toContain(
      "Of requests in another wire format than chat completions only recorded prompts, answers and results are written.",
    );
  });
});

const spoken = (...ids: readonly string[]) => ({
  messages: ids.flatMap((id) => [
    { role: "user", content: `Prompt ${id}` },
    { role: "assistant", content: `Answer ${id}` },
  ]),
});

describe("a tape of a run as OpenAI's messages", () => {
  const provider = findProvider("llamacpp");
  const speech = provider === null ? null : speechOf(provider, null);
  const answering = (content: string): readonly AttemptRecord[] => [
    buildAttempt({ speech, chunks: [{ at: 3, bytes: encoder.encode(said(content)) }] }),
  ];
  const turn = (id: string, parentId: string | null, lane = 0) =>
    buildTapeTurn({ id, parentId, lane, prompt: `Prompt ${id}`, records: answering(`Answer ${id}`) });
  const setup = plainSetup({ provider: "llamacpp", model: "m" });
  it("has a line for each lane, with the branch that was shown, and says that others are left out", () => {
    const lane = { label: "m", setup, leaf: null };
    const tape = buildTape({
      lanes: [{ ...lane, leaf: "b" }, lane],
      turns: [turn("a", null), turn("b", "a"), turn("c", "a"), turn("d", null, 1)],
    });
    expect(linesOf(tape)).toEqual([spoken("a", "b"), spoken("d")]);
    expect(writeTapeMessages(tape).losses).toContain("Turns on branches that were not shown are left out.");
  });

  it("ends where its turns name each other in a circle", () => {
    const tape = buildTape({ turns: [turn("a", "b"), turn("b", "a")] });
    expect(linesOf(tape)).toEqual([spoken("a", "b")]);
  });
});
