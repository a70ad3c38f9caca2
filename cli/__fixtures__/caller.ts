/** A model server that calls a tool, and what it takes to run against it. */
import { writeFileSync } from "node:fs";

import { startStub, type Stub } from "@/lib/server/__fixtures__/stub";

/** An event of a chat completions stream. */
export function chunk(delta: object, finish: string | null = null): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}

/** A server that thinks, calls `weather` once, and then answers with what it got back. */
export async function startCaller(): Promise<Stub> {
  let requests = 0;
  return startStub((response) => {
    requests += 1;
    response.writeHead(200, { "content-type": "text/event-stream" });
    if (requests % 2 === 1) {
      const call = { index: 0, id: "c1", type: "function", function: { name: "weather", arguments: "{}" } };
      response.write(chunk({ reasoning_content: "Let me look — 見る." }));
      response.end(`${chunk({ tool_calls: [call] })}${chunk({}, "tool_calls")}data: [DONE]\n\n`);
      return;
    }
    response.end(`${chunk({ content: "It is 22 degrees ☀." })}${chunk({}, "stop")}data: [DONE]\n\n`);
  });
}

/** The words of `vitrine run` that ask this server for the weather. Writes its tool to `toolsFile`. */
export function runWords(stub: Stub, toolsFile: string, ...more: readonly string[]): readonly string[] {
  const parameters = { type: "object", properties: {} };
  const tool = { type: "function", function: { name: "weather", description: "", parameters } };
  writeFileSync(toolsFile, JSON.stringify([tool]));
  return [
    ..."--lane a/m --prompt Weather? --result weather=22 --tools".split(" "),
    toolsFile,
    "--endpoint",
    `a=${stub.origin}/v1`,
    ...more,
  ];
}
