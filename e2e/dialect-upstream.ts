/** Servers of all four dialects over real HTTP that answer, call a tool, refuse, break off or fail once, by the model's name. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { strictAnthropic } from "./strict/strict-anthropic";
import { strictChat } from "./strict/strict-chat";
import { openLedger, type StrictAnswer, type StrictDialect } from "./strict/strict-dialect";
import { strictGemini } from "./strict/strict-gemini";
import { strictResponses } from "./strict/strict-responses";

const DIALECTS: readonly StrictDialect[] = [strictAnthropic, strictGemini, strictResponses, strictChat];

/** What a model does. "retry" fails its first request with a 503 and answers the next. */
export const DEEDS = ["answer", "call", "refuse", "cut", "retry"] as const;
export type Deed = (typeof DEEDS)[number];

/** The result that "call" waits for. */
export const RESULT = "22 degrees and sunny";

const ANSWER: StrictAnswer = { thought: "I think about it.", calls: [], text: `It is ${RESULT}.` };
const CALL: StrictAnswer = {
  thought: "I need the weather.",
  calls: [{ name: "weather", args: { location: "Florence" } }],
  text: "",
};

export type DialectUpstream = {
  /** Base URLs and keys of a provider of each dialect, as environment variables. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
};

/** A fresh ledger for each request: the same request gets the same bytes. */
export async function startDialectUpstream(): Promise<DialectUpstream> {
  const failed = new Set<string>();
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? "/", "http://upstream");
    const dialect = DIALECTS.find(({ serves }) => serves(pathname));
    if (request.method !== "POST" || dialect === undefined) {
      response.writeHead(request.method === "GET" ? 200 : 404, { "content-type": "application/json" });
      response.end(JSON.stringify({ data: [], models: [] }));
      return;
    }
    const body = await textOf(request);
    const deed = DEEDS.find((name) => body.includes(`"model":"${name}`) || pathname.includes(`/${name}`));
    const refuse = (status: number, message: string) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(dialect.refuse(message)));
    };
    if (deed === undefined) return refuse(404, "No such model.");
    if (deed === "refuse") return refuse(400, "The prompt is too long.");
    if (deed === "retry") {
      const isFirst = !failed.has(pathname);
      if (isFirst) failed.add(pathname);
      else failed.delete(pathname);
      if (isFirst) return refuse(503, "Overloaded.");
    }
    const frames = dialect.write(deed === "call" && !body.includes(RESULT) ? CALL : ANSWER, openLedger());
    response.writeHead(200, { "content-type": dialect.contentType });
    const sent = deed === "cut" ? frames.slice(0, Math.ceil(frames.length / 2)) : frames;
    response.write(sent.join(""), () => {
      // An end in the middle of a chunked body; a reset is reported in two ways, whichever is noticed first.
      if (deed === "cut") request.socket.end();
      else response.end();
    });
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    environment: {
      ANTHROPIC_BASE_URL: `${origin}/anthropic/v1`,
      ANTHROPIC_API_KEY: "sk-test",
      GEMINI_NATIVE_BASE_URL: `${origin}/gemini/v1beta`,
      GEMINI_API_KEY: "sk-test",
      OPENAI_BASE_URL: `${origin}/openai/v1`,
      OPENAI_API_KEY: "sk-test",
      LLAMA_CPP_URL: `${origin}/llama/v1`,
      VITRINE_LLAMA: "off",
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString("utf8");
}
