/**
 * The scripted upstream, as a process of its own so that nothing it does is counted to the page or the relay. Speaks
 * chat completions on /v1; `/answers` tells what was sent and when, `/go` lets waiting probes go on.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { announce, readText } from "../serve";
import { answerCase, type AskedCase } from "./answer-case";
import type { Answered } from "./answered";
import { modelOf, type Script, scriptOf } from "./script";
import { sendAnswer } from "./send-answer";

let answers: Answered[] = [];
let waiting: (() => void)[] = [];

const server = createServer((request, response) => void serve(request, response));
announce(server);

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://upstream");
  switch (`${request.method} ${url.pathname}`) {
    case "GET /v1/models":
      return reply(response, { object: "list", data: MODELS.map((id) => ({ id, object: "model" })) });
    case "POST /v1/chat/completions":
      return answer(request, response);
    case "GET /answers":
      return reply(response, answers);
    case "DELETE /answers":
      answers = [];
      return reply(response, answers);
    case "POST /go": {
      const released = waiting;
      waiting = [];
      for (const release of released) release();
      return reply(response, released.length);
    }
    default:
      response.statusCode = 404;
      response.end();
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked: AskedCase = JSON.parse(await readText(request));
  const { model, messages = [] } = asked;
  const results = messages.filter(({ role }) => role === "tool").length;
  const script = scriptOf(model);
  if (script === null) {
    response.statusCode = 404;
    response.end(JSON.stringify({ error: { message: `No such model: ${model}` } }));
    return;
  }
  const record: Answered = { model, sent: 0, firstAt: null, endedAt: null, closedAt: null };
  answers.push(record);
  response.once("close", () => (record.closedAt = performance.timeOrigin + performance.now()));
  if (script.kind === "cases") {
    record.sent = answerCase(asked, script.wrong, response);
    record.endedAt = performance.timeOrigin + performance.now();
    return;
  }
  await sendAnswer({ model, script, results }, response, record, goOn);
}

/** Resolves once the probes that wait are told to go on. */
function goOn(): Promise<void> {
  return new Promise((release) => waiting.push(release));
}

function reply(response: ServerResponse, body: unknown): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(body));
}

// A lane may ask for any model; the list only has to be one.
const LISTED: readonly Script[] = [{ kind: "answer", rate: 1000, tokens: 5000 }];
const MODELS = LISTED.map(modelOf);
