import type { Socket } from "node:net";
import { setImmediate } from "node:timers/promises";

import { afterEach, describe, expect, it, vi } from "vitest";

import { chatRequest, chatRoute, type Relayed, relayed, streamBody } from "@/app/__fixtures__/post-chat";
import { startTcp, type Stub } from "@/lib/server/__fixtures__/stub";

const POST = await chatRoute();
const stubs: Stub[] = [];
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => stub.close()));
});

const EVENT = "data: 1\n\n";
const ANSWER = `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: ${EVENT.length}\r\n\r\n${EVENT}`;
const CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

async function answerTo(
  reply: (socket: Socket) => Promise<void> | void,
): Promise<Relayed & { host: string }> {
  const stub = await startTcp((socket) => void reply(socket));
  stubs.push(stub);
  const answer = await relayed(await POST(chatRequest(streamBody(stub.origin))));
  return { ...answer, host: new URL(stub.origin).host };
}

describe("an interim reply", () => {
  it.each([
    ["100 Continue", CONTINUE],
    ["several", `${CONTINUE}HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n`],
  ])("is skipped: %s", async (_name, interim) => {
    const { bytes, head, error } = await answerTo((socket) => void socket.end(interim + ANSWER));
    expect([head?.status, bytes, error]).toEqual([200, EVENT, null]);
  });

  it("is skipped however the bytes are cut", async () => {
    const { bytes, error } = await answerTo(async (socket) => {
      socket.setNoDelay(true);
      for (const byte of CONTINUE + ANSWER) {
        socket.write(byte);
        await setImmediate();
      }
      socket.end();
    });
    expect([bytes, error]).toEqual([EVENT, null]);
  });

  it("is skipped before each answer on a connection, and an answer's own text is not one", async () => {
    const lines = `data: 1\n\n${CONTINUE}data: 2\n\n`;
    const head = `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: ${lines.length}\r\n\r\n`;
    const stub = await startTcp((socket) => {
      const answer = async () => {
        socket.write(CONTINUE + head);
        await setImmediate();
        socket.write(lines.slice(0, 9));
        await setImmediate();
        socket.write(lines.slice(9));
      };
      void answer();
      socket.on("data", () => void answer());
    });
    stubs.push(stub);
    const answers: string[] = [];
    // A connection is free for the next call a moment after its answer.
    await vi.waitFor(async () => {
      answers.push((await relayed(await POST(chatRequest(streamBody(stub.origin))))).bytes);
      expect(stub.connections()).toBeLessThan(answers.length);
    });
    expect(new Set(answers)).toEqual(new Set([lines]));
  });
});

describe("a reply with a status that no answer can have", () => {
  it.each(["000", "099", "101", "600", "999"])("is told with the status: %s", async (status) => {
    const { error, host } = await answerTo((socket) => void socket.end(`HTTP/1.1 ${status} X\r\n\r\n`));
    expect([error?.code, error?.message]).toEqual([
      "BAD_STATUS",
      `${host} sent a broken reply. Its status is ${status}.`,
    ]);
  });
});

describe("a head that breaks off", () => {
  const CUT = "HTTP/1.1 200 OK\r\nContent-Type: text/eve";
  const ADVICE = "It may have crashed: check that server's log.";

  it.each([
    ["", CUT],
    [" in the status line", CUT.slice(0, 8)],
    [" behind an interim reply", CONTINUE + CUT],
  ])("is told as such where the server closes%s", async (_where, bytes) => {
    const { error, host } = await answerTo((socket) => void socket.end(bytes));
    expect([error?.code, error?.message]).toEqual([
      "CUT_HEAD",
      `${host} closed the connection inside the headers of its reply. ${ADVICE}`,
    ]);
  });

  it.each([
    ["", CUT],
    [" in the status line", CUT.slice(0, 8)],
    [" behind an interim reply", CONTINUE + CUT],
  ])("is told as such where the connection is reset%s", async (_where, bytes) => {
    const { error, host } = await answerTo((socket) => resetAfter(socket, bytes));
    expect([error?.code, error?.message]).toEqual([
      "RESET_HEAD",
      `${host} reset the connection inside the headers of its reply. ${ADVICE}`,
    ]);
  });

  it("is not told of a connection that is reset before a byte of a reply", async () => {
    const { error } = await answerTo((socket) => void socket.resetAndDestroy());
    expect(["ECONNRESET", "UND_ERR_SOCKET"]).toContain(error?.code);
  });

  it("is not told of an answer that is reset behind its head", async () => {
    const whole = ANSWER.replace(/Content-Length: \d+/, "Content-Length: 99");
    const { bytes, error } = await answerTo((socket) => resetAfter(socket, whole));
    expect([bytes, error?.message]).toEqual([EVENT, expect.stringContaining("in the middle of the answer")]);
  });
});

/** Resets a connection once the other side has had time to read `bytes`: a reset throws away what is unread. */
async function resetAfter(socket: Socket, bytes: string): Promise<void> {
  socket.write(bytes);
  for (let turn = 0; turn < 50; turn += 1) await setImmediate();
  socket.resetAndDestroy();
}

describe("the length of a reply", () => {
  it("may be declared twice", async () => {
    const { bytes, error } = await answerTo((socket) => void socket.end(twice(EVENT.length, EVENT.length)));
    expect([bytes, error]).toEqual([EVENT, null]);
  });

  it("must not be two different ones", async () => {
    const { error, host } = await answerTo((socket) => void socket.end(twice(EVENT.length, 999)));
    expect([error?.code, error?.message]).toEqual([
      "BAD_HEAD",
      `${host} sent a broken reply. It declares two different lengths.`,
    ]);
  });
});

describe("a reply packed in a way that cannot be unpacked", () => {
  it("is told with the way, and not read as if it were plain", async () => {
    const packed = ANSWER.replace("Content-Type", "Content-Encoding: lzma\r\nContent-Type");
    const { error, host } = await answerTo((socket) => void socket.end(packed));
    expect([error?.code, error?.message]).toEqual([
      "ENCODING",
      `${host} sent its reply packed as lzma, which Vitrine can't unpack. Turn compression off on that server, or on the proxy before it.`,
    ]);
  });
});

function twice(one: number, other: number): string {
  return ANSWER.replace(/Content-Length: \d+/, `Content-Length: ${one}\r\nContent-Length: ${other}`);
}
