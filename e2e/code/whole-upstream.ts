import { once } from "node:events";
import { createServer } from "node:http";

/** Answers as JSON, by the end of the path: first with a call of the tool `f`, then with words. */
const ANSWERS: Readonly<Record<string, readonly [call: object, words: object]>> = {
  "/chat/completions": [
    completion({
      content: null,
      tool_calls: [{ id: "call_1", type: "function", function: { name: "f", arguments: "{}" } }],
    }),
    completion({ content: "It is warm." }),
  ],
  "/responses": [
    response({ type: "function_call", id: "fc_1", call_id: "call_1", name: "f", arguments: "{}" }),
    response({
      type: "message",
      id: "msg_1",
      role: "assistant",
      status: "completed",
      content: [{ type: "output_text", text: "It is warm.", annotations: [] }],
    }),
  ],
  "/messages": [
    message({ type: "tool_use", id: "toolu_1", name: "f", input: {} }),
    message({ type: "text", text: "It is warm." }),
  ],
  ":generateContent": [
    candidate({ functionCall: { name: "f", args: {} } }),
    candidate({ text: "It is warm." }),
  ],
};

export type WholeUpstream = {
  readonly origin: string;
  readonly bodies: readonly unknown[];
  readonly close: () => Promise<void>;
};

/** A server of all dialects that answers at once. */
export async function startWholeUpstream(): Promise<WholeUpstream> {
  const bodies: unknown[] = [];
  const server = createServer((request, reply) => {
    let text = "";
    request.setEncoding("utf8").on("data", (piece: string) => (text += piece));
    request.on("end", () => {
      bodies.push(JSON.parse(text));
      const [, answers] = Object.entries(ANSWERS).find(([end]) => request.url?.endsWith(end)) ?? [];
      reply.writeHead(answers === undefined ? 404 : 200, { "content-type": "application/json" });
      reply.end(JSON.stringify(answers?.[Math.min(bodies.length, answers.length) - 1] ?? {}));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return {
    origin: `http://127.0.0.1:${String(address.port)}`,
    bodies,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function completion(said: object): object {
  const choice = { index: 0, finish_reason: "stop", message: { role: "assistant", ...said } };
  return { id: "c", object: "chat.completion", created: 1, model: "m", choices: [choice] };
}

function response(item: object): object {
  return { id: "resp_1", object: "response", created_at: 1, status: "completed", model: "m", output: [item] };
}

function message(block: object): object {
  const usage = { input_tokens: 1, output_tokens: 1 };
  const stop = { stop_reason: "end_turn", stop_sequence: null };
  return { id: "msg_1", type: "message", role: "assistant", model: "m", content: [block], ...stop, usage };
}

function candidate(part: object): object {
  return { candidates: [{ index: 0, finishReason: "STOP", content: { role: "model", parts: [part] } }] };
}
