/**
 * The floor: what this machine can do at best. The smallest page that streams lanes, and a bare pass-through to the
 * upstream (its origin is the first argument) in node:http.
 */
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, request as ask, type ServerResponse } from "node:http";
import path from "node:path";

import { announce } from "../serve";

const upstream = new URL(process.argv[2] ?? "");
const FILES: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  "/": { file: "floor.html", type: "text/html" },
  "/floor.js": { file: "floor.js", type: "text/javascript" },
};

const server = createServer((request, response) => {
  if (request.method === "POST") pass(request, response);
  else sendFile(request.url ?? "/", response);
});
announce(server);

function pass(request: IncomingMessage, response: ServerResponse): void {
  const { hostname, port } = upstream;
  const headers = { "content-type": "application/json" };
  const call = ask({ hostname, port, path: "/v1/chat/completions", method: "POST", headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, { "content-type": "text/event-stream" });
    response.flushHeaders();
    answer.pipe(response);
  });
  call.on("error", () => response.destroy());
  response.on("close", () => call.destroy());
  request.pipe(call);
}

function sendFile(url: string, response: ServerResponse): void {
  const found = FILES[new URL(url, "http://floor").pathname];
  if (found === undefined) {
    response.statusCode = 404;
    response.end();
    return;
  }
  response.setHeader("content-type", found.type);
  response.end(readFileSync(path.join(import.meta.dirname, found.file)));
}
