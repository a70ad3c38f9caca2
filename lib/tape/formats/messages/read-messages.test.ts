import { describe, expect, it } from "vitest";

import { exchangesOf, firstOf, saidIn } from "@/lib/tape/formats/__fixtures__/found-in";

import { readMessages } from "./read-messages";

const user = { role: "user", content: "Weather?" };
const call = { id: "a", type: "function", function: { name: "weather", arguments: '{"city":"Pisa"}' } };
const conversation = {
  model: "m",
  tools: [{ type: "function", function: { name: "weather", parameters: {} } }],
  messages: [
    { role: "system", content: "Be short." },
    user,
    { role: "assistant", content: null, reasoning_content: "I look it up.", tool_calls: [call] },
    { role: "tool", tool_call_id: "a", content: "22 degrees" },
    { role: "assistant", content: "It is 22 degrees and sunny." },
  ],
};

function lines(...rows: readonly unknown[]): string {
  return rows.map((row) => JSON.stringify(row)).join("\n");
}

describe("a conversation", () => {
  const found = readMessages(lines(conversation, conversation));

  it("gives an exchange for each answer, which says what the message says", () => {
    expect(exchangesOf(found).map(saidIn)).toEqual([
      ["thought: I look it up.", 'call a: weather({"city":"Pisa"})'],
      ["text: It is 22 degrees and sunny."],
      ["thought: I look it up.", 'call a: weather({"city":"Pisa"})'],
      ["text: It is 22 degrees and sunny."],
    ]);
  });

  it("asks each answer with the messages before it", () => {
    expect(JSON.parse(exchangesOf(found)[1]?.requestBody ?? "")).toEqual({
      model: "m",
      tools: conversation.tools,
      stream: true,
      messages: conversation.messages.slice(0, 4),
    });
  });

  it("is labeled as made, in its notes and in each exchange", () => {
    expect(found.ok && found.notes).toEqual([
      "The file holds conversations, not what crossed the wire: the streams were made by Vitrine and are replayed evenly.",
    ]);
    expect(firstOf(found)).toMatchObject({ timing: "missing", url: "" });
    expect(firstOf(found).headers).toContainEqual(["x-vitrine-made-from", "OpenAI messages"]);
  });

  it.each([
    ["one object", JSON.stringify(conversation, null, 2)],
    ["a list of messages", JSON.stringify(conversation.messages)],
    ["a line of a batch", lines({ custom_id: "1", method: "POST", body: conversation })],
    ["lines with CRLF and blanks", `\uFEFF${lines(conversation)}\r\n\r\n`],
  ])("is read from %s too", (_what, text) => {
    expect(exchangesOf(readMessages(text)).map(saidIn)).toHaveLength(2);
  });
});

it("answers that are very long together have several words in a piece, and a note says how many", () => {
  const answer = { role: "assistant", content: "word ".repeat(100_000) };
  const found = readMessages(lines(...Array.from({ length: 3 }, () => ({ messages: [user, answer] }))));
  const pieces = exchangesOf(found).reduce((sum, { chunks }) => sum + chunks.length, 0);
  expect(pieces).toBeLessThan(110_000);
  expect(found.ok && found.notes[0]).toBe(
    "The answers are so long together that the pieces of their streams have 3 words each.",
  );
  expect(exchangesOf(found).map(saidIn)[2]).toEqual([`text: ${answer.content}`]);
});

describe("ids of calls", () => {
  it("that do not fit are named", () => {
    const found = readMessages(
      lines([
        user,
        { role: "assistant", tool_calls: [call, { ...call, id: undefined }] },
        { role: "tool", tool_call_id: "b", content: "1" },
        { role: "tool", content: "2" },
        user,
        { role: "assistant", tool_calls: [{ ...call, function: { name: "f", arguments: { a: 1 } } }] },
      ]),
    );
    expect(found.ok && found.notes.slice(0, -1)).toEqual([
      "The file, message 6: the arguments of a call must be a string; they are written as one.",
      "The file: message 2 has a call without an id.",
      'The file: message 3 is a result for "b", which no call right before it has.',
      "The file: message 4 is a result without tool_call_id.",
      'The file: before message 5 there is no result for "a".',
      'The file: message 6 uses the id "a" again.',
    ]);
  });
});

describe("a file is refused with the line and message", () => {
  it.each<[what: string, text: string, expected: string | RegExp]>([
    ["where it is empty", "", "The file is empty."],
    ["where a line is cut", '{"messages": []}\n{"messages": [', /^Line 2 is not JSON: /],
    [
      "where a line is of another format",
      '{"messages": []}\n{"conversations": []}',
      /^Line 2 has no list of messages\./,
    ],
    ["where a message has no role", '{"messages": [{"content": "a"}]}', "The file, message 1 has no role."],
    [
      "where a call names no function",
      '{"messages": [{"role": "assistant", "tool_calls": [{}]}]}',
      /^The file, message 1 is broken at tool_calls\.0\.function: /,
    ],
    [
      "where nothing was answered",
      '{"messages": [{"role": "user", "content": "a"}]}',
      "The conversations have no answer of a model to replay.",
    ],
    [
      "where a key reaches a prototype",
      '{"messages": [{"__proto__": {}}]}',
      /it has a key named "__proto__"/,
    ],
    [
      "where the requests together would fill the memory",
      JSON.stringify(Array.from({ length: 8_000 }, () => ({ role: "assistant", content: "a".repeat(10) }))),
      /^The file, message \d+: the conversations have more answers than Vitrine replays at once\. Split the file\.$/,
    ],
  ])("%s", (_what, text, expected) => {
    const found = readMessages(text);
    expect(found.ok ? "read" : found.reason).toEqual(
      typeof expected === "string" ? expected : expect.stringMatching(expected),
    );
  });
});
