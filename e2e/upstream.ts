/**
 * A scripted upstream over real HTTP: what a test wants a model server to do, named by the model it asks
 * for. It is for faults, pace and order; whether a model thinks and calls is asked of the real llama.cpp.
 */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";

type JsonObject = { readonly [key: string]: unknown };

/** One request as a scenario sees it. Every write resolves at once; `paced` waits between pieces. */
export type Exchange = {
  readonly body: JsonObject;
  readonly headers: IncomingMessage["headers"];
  /** Starts a 200 event stream (or another head); later writes start it by themselves. */
  head: (status?: number, headers?: Record<string, string>) => void;
  /** One `data:` frame. */
  frame: (data: unknown) => void;
  /** A chat chunk with this delta. */
  delta: (delta: JsonObject, finish?: string | null) => void;
  /** Content or reasoning in pieces, `gapMs` apart. Ends early when the client leaves. */
  paced: (field: "content" | "reasoning_content", pieces: readonly string[], gapMs: number) => Promise<void>;
  raw: (bytes: string | Uint8Array) => void;
  /** Waits until the test calls `upstream.open(name)`, or the client leaves. */
  gate: (name: string) => Promise<void>;
  /** Finish reason, usage, [DONE] and the end of the body. */
  finish: (reason?: string, usage?: JsonObject) => void;
  /** Ends the body as it is. */
  end: () => void;
  /** Resets the socket in the middle of the body. */
  cut: () => void;
  isClosed: () => boolean;
};

export type Scenario = (exchange: Exchange) => Promise<void> | void;

export type Seen = {
  readonly model: string;
  readonly body: JsonObject;
  readonly headers: IncomingMessage["headers"];
  readonly closed: Promise<void>;
};

export type Upstream = {
  /** `http://127.0.0.1:PORT/v1` */
  readonly baseUrl: string;
  readonly seen: Seen[];
  open: (gate: string) => void;
  /** Adds or replaces a model for one test. */
  script: (model: string, scenario: Scenario) => void;
  close: () => Promise<void>;
};

export async function startUpstream(scenarios: Record<string, Scenario>): Promise<Upstream> {
  const scripts = new Map(Object.entries(scenarios));
  const gates = new Map<string, Gate>();
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void serve(request, response, { scripts, gates, seen });
  });
  const port = await listen(server);
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    seen,
    open: (name) => gateNamed(gates, name).open(),
    script: (model, scenario) => scripts.set(model, scenario),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Gate = { readonly opened: Promise<void>; readonly open: () => void };
type State = {
  readonly scripts: Map<string, Scenario>;
  readonly gates: Map<string, Gate>;
  readonly seen: Seen[];
};

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(portOf(server)));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}

function gateNamed(gates: Map<string, Gate>, name: string): Gate {
  const known = gates.get(name);
  if (known !== undefined) return known;
  const opener = new AbortController();
  const gate = {
    opened: new Promise<void>((resolve) => opener.signal.addEventListener("abort", () => resolve())),
    open: () => opener.abort(),
  };
  gates.set(name, gate);
  return gate;
}

async function serve(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const path = new URL(request.url ?? "/", "http://upstream").pathname;
  if (request.method === "GET" && path === "/v1/models") {
    const data = [...state.scripts.keys()].map((id) => ({ id, object: "model", max_model_len: 32_768 }));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ object: "list", data }));
    return;
  }
  if (request.method !== "POST" || path !== "/v1/chat/completions") {
    response.statusCode = 404;
    response.end("not found");
    return;
  }
  const body: JsonObject = JSON.parse(await text(request));
  const model = String(body["model"]);
  const closed = new Promise<void>((resolve) => response.once("close", () => resolve()));
  state.seen.push({ model, body, headers: request.headers, closed });
  const scenario = state.scripts.get(model);
  if (scenario === undefined) {
    response.statusCode = 404;
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        error: {
          message: `The model '${model}' does not exist`,
          type: "invalid_request_error",
          code: "model_not_found",
        },
      }),
    );
    return;
  }
  await scenario(exchange(request, response, body, closed, state.gates));
}

function exchange(
  request: IncomingMessage,
  response: ServerResponse,
  body: JsonObject,
  closed: Promise<void>,
  gates: Map<string, Gate>,
): Exchange {
  const head: Exchange["head"] = (status = 200, headers = {}) => {
    if (response.headersSent) return;
    response.writeHead(status, { "content-type": "text/event-stream", ...headers });
    response.flushHeaders();
  };
  const raw: Exchange["raw"] = (bytes) => {
    head();
    response.write(bytes);
  };
  const frame: Exchange["frame"] = (data) =>
    raw(`data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`);
  const delta: Exchange["delta"] = (piece, finish = null) =>
    frame({
      id: "chatcmpl-scripted",
      object: "chat.completion.chunk",
      created: 1,
      model: body["model"],
      choices: [{ index: 0, delta: piece, finish_reason: finish }],
    });
  const isClosed = () => response.closed || response.destroyed;
  return {
    body,
    headers: request.headers,
    head,
    raw,
    frame,
    delta,
    isClosed,
    paced: async (field, pieces, gapMs) => {
      for (const piece of pieces) {
        if (isClosed()) return;
        delta({ [field]: piece });
        await Promise.race([pause(gapMs), closed]);
      }
    },
    gate: (name) => Promise.race([gateNamed(gates, name).opened, closed]),
    finish: (reason = "stop", usage = { prompt_tokens: 12, completion_tokens: 8, total_tokens: 20 }) => {
      if (isClosed()) return;
      delta({}, reason);
      frame({
        id: "chatcmpl-scripted",
        object: "chat.completion.chunk",
        created: 1,
        model: body["model"],
        choices: [],
        usage,
      });
      frame("[DONE]");
      response.end();
    },
    end: () => {
      head();
      response.end();
    },
    cut: () => request.socket.resetAndDestroy(),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function text(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString("utf8");
}
