import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { strictAnthropic } from "./strict-anthropic";
import { strictChat } from "./strict-chat";
import { countStrictly } from "./strict-counters";
import {
  type Ledger,
  openLedger,
  type StrictAnswer,
  type StrictDialect,
  type StrictRequest,
} from "./strict-dialect";
import { strictGemini } from "./strict-gemini";
import { strictResponses } from "./strict-responses";

const DIALECTS: readonly StrictDialect[] = [strictAnthropic, strictGemini, strictResponses, strictChat];

export type StrictUpstream = {
  /** `http://127.0.0.1:PORT`; each dialect lives below a path of its own. */
  readonly origin: string;
  /** Every request that was refused, with the reason. */
  readonly refusals: readonly string[];
  readonly seen: readonly {
    readonly method: string;
    readonly path: string;
    readonly query: string;
    readonly headers: IncomingMessage["headers"];
    readonly body: unknown;
  }[];
  readonly close: () => Promise<void>;
};

/**
 * Servers of all dialects that refuse what the real ones refuse, and think, call two tools and answer. `isPlain`: no
 * stream holds an event that nobody knows.
 */
export async function startStrictUpstream({ isPlain = false } = {}): Promise<StrictUpstream> {
  const refusals: string[] = [];
  const seen: StrictUpstream["seen"][number][] = [];
  const ledgers = new Map<StrictDialect, Ledger>(DIALECTS.map((dialect) => [dialect, openLedger()]));
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "", headers } = request;
    const { pathname, search } = new URL(request.url ?? "/", "http://upstream");
    if (method === "GET" && pathname.endsWith("/models"))
      return sendJson(response, 200, { data: [], models: [] });
    if (pathname.endsWith("_tokens") || pathname.endsWith(":countTokens")) {
      const asked: unknown = JSON.parse(await textOf(request));
      const counted = countStrictly(pathname, asked);
      seen.push({ method, path: pathname, query: search, headers, body: asked });
      if (counted?.status === 400) refusals.push(`${pathname}: ${JSON.stringify(counted.json)}`);
      return sendJson(response, counted?.status ?? 404, counted?.json ?? { error: { message: pathname } });
    }
    const dialect = DIALECTS.find(({ serves }) => serves(pathname));
    const ledger = dialect && ledgers.get(dialect);
    if (dialect === undefined || ledger === undefined)
      return sendJson(response, 404, { error: { message: pathname } });
    const body: unknown = JSON.parse(await textOf(request));
    seen.push({ method, path: pathname, query: search, headers, body });
    const read = dialect.read(body, ledger);
    if (read.kind === "refusal") {
      refusals.push(`${pathname}: ${read.message}`);
      return sendJson(response, 400, dialect.refuse(read.message));
    }
    response.writeHead(200, { "content-type": dialect.contentType });
    for (const piece of dialect.write({ ...answerTo(read), isPlain }, ledger)) response.write(piece);
    response.end();
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return {
    origin: `http://127.0.0.1:${String(address.port)}`,
    refusals,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Calls every tool it is offered side by side, then answers with the results. */
function answerTo({ tools, results }: StrictRequest): StrictAnswer {
  if (results.length > 0)
    return { thought: "Now I know.", calls: [], text: `It is ${results.join(" and ")}.` };
  const calls = tools.map((name) => ({ name, args: { a: 2, b: 3 } }));
  return { thought: "I think about it.", calls, text: calls.length === 0 ? "Nothing to call." : "" };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
