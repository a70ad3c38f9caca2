/** What the page may ask about tools that the server runs. */
import { z } from "zod";

import { KEY_HEADER } from "@/lib/contract/access";
import { TOOL_CALLS } from "@/lib/contract/tool-run";
import { environment } from "@/lib/server/environment";
import { type RouteHandler, guarded } from "@/lib/server/guard/guard";
import { appError, errorReply, jsonReply } from "@/lib/server/guard/reply";

import { toolRuns } from "./tool-runs";

const CALLS: { readonly [Name in keyof typeof TOOL_CALLS]: RouteHandler } = {
  start: guarded({ body: TOOL_CALLS.start.request }, async ({ body, request, requestId }) => {
    const { run, binding, args } = body;
    if (toolRuns().start(run, binding, args, request.headers.get(KEY_HEADER)))
      return eventsReply(run, 0, requestId, true);
    const message = "The server already runs as many tools as it may. Retry when some have ended.";
    return errorReply(appError(429, "RATE_LOCAL", message, requestId, { retryAfterMs: 1000 }));
  }),
  events: guarded({ body: TOOL_CALLS.events.request }, async ({ body: { run, from }, requestId }) =>
    eventsReply(run, from, requestId),
  ),
  answer: guarded({ body: TOOL_CALLS.answer.request }, ({ body }) => {
    const { run, question, action, content } = body;
    return jsonReply({ ok: toolRuns().answer(run, question, { action, content }) });
  }),
  stop: guarded({ body: TOOL_CALLS.stop.request }, ({ body }) =>
    jsonReply({ ok: toolRuns().stop(body.run) }),
  ),
  secrets: guarded({ body: TOOL_CALLS.secrets.request }, () =>
    jsonReply({ names: environment().toolSecrets.map(({ name }) => name) }),
  ),
};

const unknownCall = guarded({ body: z.unknown() }, ({ requestId }) =>
  errorReply(appError(404, "NOT_FOUND", "There is no such call.", requestId)),
);

/** The handler of `/api/tools/NAME`. */
export function toolCall(name: string): RouteHandler {
  return new Map(Object.entries(CALLS)).get(name) ?? unknownCall;
}

async function eventsReply(run: string, from: number, requestId: string, isFirst = false): Promise<Response> {
  const taken = await toolRuns().events(run, from, isFirst);
  if (taken !== null) return jsonReply({ run, ...taken });
  const message =
    "The server does not know this run of a tool: it was restarted, or no page asked for the result for a minute. Run the tool again.";
  return errorReply(appError(404, "NOT_FOUND", message, requestId));
}
