import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { chatRequestSchema, type ParsedChatRequest } from "@/lib/contract/chat";
import type { RunError } from "@/lib/stream/turn/event";

/** One `POST /api/chat` that waits for the test to answer it. */
export type Exchange = {
  readonly chat: ParsedChatRequest;
  readonly headers: IncomingMessage["headers"];
  /** Begins the answer as the relay does: 200, a comment, the upstream's head. */
  readonly head: (status?: number) => Exchange;
  /** One upstream chunk as an SSE data frame. */
  readonly data: (chunk: unknown) => Exchange;
  readonly text: (content: string) => Exchange;
  /** The relay's own failure frame; closes the stream. */
  readonly fail: (error: Partial<RunError>) => void;
  /** A finish reason and `[DONE]`; the body stays open. */
  readonly done: (reason?: string) => Exchange;
  /** A finish reason, `[DONE]`, end. */
  readonly finish: (reason?: string) => void;
  readonly end: () => void;
  /** The socket breaks. */
  readonly cut: () => void;
  /** A refusal before the stream. */
  readonly refuse: (status: number, error: Partial<RunError>) => void;
  /** Resolves when the page has closed the connection. */
  readonly closed: Promise<void>;
  /** Resolves when the connection is closed: whether the page did it before the answer had ended. */
  readonly broken: Promise<boolean>;
};

export type RelayStub = {
  readonly fetch: typeof fetch;
  /** The next chat request, once it is there. */
  readonly next: () => Promise<Exchange>;
  /** Chat requests that nobody took yet. */
  readonly waiting: () => number;
  /** Answers any other path with JSON. */
  readonly answer: (path: string, reply: (body: unknown) => unknown) => void;
  readonly close: () => Promise<void>;
};

/** The app's own routes over real HTTP, answered by the test. */
export async function startRelay(): Promise<RelayStub> {
  const arrived: Exchange[] = [];
  const takers: ((exchange: Exchange) => void)[] = [];
  const replies = new Map<string, (body: unknown) => unknown>();

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readJson(request);
    const path = request.url?.split("?")[0] ?? "";
    if (path === "/api/chat") {
      const exchange = openExchange(chatRequestSchema.parse(body), request, response);
      const taker = takers.shift();
      if (taker) taker(exchange);
      else arrived.push(exchange);
      return;
    }
    const reply = replies.get(path);
    response.writeHead(reply ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(reply ? await reply(body) : { error: runError({ code: "NO_STUB" }) }));
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The stub has no port");
  const { port } = address;

  return {
    fetch: (input, init) => {
      const path = input instanceof Request ? input.url : input;
      return fetch(new URL(path, `http://127.0.0.1:${port}`), init);
    },
    next: () => {
      const exchange = arrived.shift();
      return exchange ? Promise.resolve(exchange) : new Promise((resolve) => takers.push(resolve));
    },
    waiting: () => arrived.length,
    answer: (path, reply) => void replies.set(path, reply),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function openExchange(chat: ParsedChatRequest, request: IncomingMessage, response: ServerResponse): Exchange {
  const exchange: Exchange = {
    chat,
    headers: request.headers,
    closed: new Promise((resolve) => response.on("close", () => resolve())),
    broken: new Promise((resolve) => response.on("close", () => resolve(!response.writableFinished))),
    head: (status = 200) => {
      response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
      response.write(": vitrine waiting\n\n");
      const head = { status, contentType: "text/event-stream", connectMs: 1, headersMs: 2 };
      response.write(`event: relay-head\ndata: ${JSON.stringify(head)}\n\n`);
      return exchange;
    },
    data: (chunk) => {
      response.write(`data: ${JSON.stringify(chunk)}\n\n`);
      return exchange;
    },
    text: (content) => exchange.data(chunkOf({ content })),
    fail: (error) => {
      if (!response.headersSent) {
        response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
      }
      response.end(`\n\nevent: relay-error\ndata: ${JSON.stringify({ error: runError(error) })}\n\n`);
    },
    done: (reason = "stop") => {
      exchange.data({ choices: [{ index: 0, delta: {}, finish_reason: reason }] });
      response.write("data: [DONE]\n\n");
      return exchange;
    },
    finish: (reason) => {
      exchange.done(reason);
      response.end();
    },
    end: () => void response.end(),
    cut: () => void response.socket?.resetAndDestroy(),
    refuse: (status, error) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: runError(error) }));
    },
  };
  return exchange;
}

/** One chunk of a chat stream with this delta. */
export function chunkOf(delta: unknown): unknown {
  return { id: "chatcmpl-1", model: "stub", choices: [{ index: 0, delta, finish_reason: null }] };
}

/** A chunk that opens a whole tool call. */
export function callChunk(id: string, name: string, args: string, index = 0): unknown {
  return chunkOf({ tool_calls: [{ index, id, type: "function", function: { name, arguments: args } }] });
}

function runError(error: Partial<RunError>): RunError {
  return { source: "provider", code: "HTTP_503", message: "Busy", retryable: true, ...error };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? null : JSON.parse(text);
}
