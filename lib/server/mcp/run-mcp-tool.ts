/** Runs a tool of an MCP server. */
import {
  type CallToolResult,
  ProtocolError,
  type Progress,
  type RequestOptions,
  type Tool,
  isInputRequiredResult,
  isSpecType,
} from "@modelcontextprotocol/client";
import { z } from "zod";

import { jsonSchema } from "@/lib/contract/json-schema";
import { redactBytes } from "@/lib/server/relay/redact";
import type { RunServerTool } from "@/lib/server/tools/tool-io";
import type { ToolResult } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { type AsyncQueue, createAsyncQueue } from "@/lib/tools/async-queue";
import type { ToolBinding } from "@/lib/tools/tool";
import type { ToolRunEvent, ToolRunEvents } from "@/lib/tools/tool-run";

import { checkOutput } from "./check-output";
import type { Asker, McpConnection } from "./connection";
import { isSessionLost, whileUsed } from "./connections";
import { definitionHash } from "./definition-hash";
import { createAsker, elicitationSchema } from "./elicitation";
import { describeFailure } from "./failure";
import { startIdleTimeout } from "./idle-timeout";
import { McpRefusal } from "./refusal";
import { readResult } from "./result";
import { planServer } from "./server-plan";
import { liveSecrets } from "./sign-in/sign-ins";
import { STREAM_ENDED } from "./watch-messages";

type McpBinding = Extract<ToolBinding, { readonly kind: "mcp" }>;

/** A server that asks again and again would never come to an end. */
const MOST_ROUNDS = 10;
/** Progress that one call may report, in characters. */
const MOST_PROGRESS = 100_000;
/** JSON-RPC's code for a header that does not agree with the body: the tool has changed since it was listed. */
const HEADER_MISMATCH = -32_020;
const URL_REQUIRED = -32_042;

/** Calls the tool. What the server answers is a result, an error too; where it gives none, the run fails in words. */
export const runMcpTool: RunServerTool<McpBinding> = (binding, args, io) => {
  const queue = createAsyncQueue<ToolRunEvent>();
  const report = createProgress(queue.push);
  const run = async (): Promise<ToolRunEvent> => {
    if (io.signal.aborted) return { type: "fail", message: "Stopped." };
    const planned = await planServer(binding.server, io.key, io.variables);
    if (!planned.ok) return { type: "fail", message: planned.message };
    const { plan } = planned;
    return whileUsed(plan, async (connected, mayRetry): Promise<ToolRunEvent> => {
      if (!connected.ok) return { type: "fail", message: connected.failure.message };
      const timeout = startIdleTimeout(io.signal);
      const asker = createAsker(io, plan.name, timeout.pause, report);
      try {
        const call: McpCall = {
          connection: connected.connection,
          binding,
          args,
          asker,
          report,
          signal: timeout.signal,
          onActivity: timeout.restart,
        };
        const event = await callTool(call);
        if (event.type !== "end") return event;
        return { type: "end", result: withoutSecrets(event.result, liveSecrets(plan)) };
      } catch (error) {
        if (mayRetry && isSessionLost(error)) throw error;
        if (io.signal.aborted) return { type: "fail", message: "Stopped." };
        if (timeout.signal.aborted)
          return {
            type: "fail",
            message: `${plan.name} reported nothing for ${timeout.limit}, so the call was canceled. Run the tool again.`,
          };
        return { type: "fail", message: describeFailure(error, plan).message };
      } finally {
        timeout.end();
      }
    });
  };
  // Connecting may take a while longer, which nobody has to wait for.
  io.signal.addEventListener("abort", () => queue.push({ type: "fail", message: "Stopped." }), {
    once: true,
  });
  void run()
    .catch((error: unknown): ToolRunEvent => ({
      type: "fail",
      message: error instanceof Error ? error.message : String(error),
    }))
    .then(queue.push);
  return untilEnded(queue);
};

/** The events up to the one that ends the run; what comes later is dropped. */
async function* untilEnded(queue: AsyncQueue<ToolRunEvent>): ToolRunEvents {
  for (;;) {
    const event = await queue.next();
    yield event;
    if (event.type === "end" || event.type === "fail") return;
  }
}

type McpCall = {
  readonly connection: McpConnection;
  readonly binding: McpBinding;
  readonly args: JsonObject;
  readonly asker: Asker;
  readonly report: (sentence: string) => void;
  readonly signal: AbortSignal;
  /** The server sent something. */
  readonly onActivity: () => void;
};

async function callTool(call: McpCall): Promise<ToolRunEvent> {
  const { connection, binding } = call;
  const { name } = connection.plan;
  // What a person accepted is held against what the server says now: not every server reports a change.
  const listed =
    binding.hash === null ? await connection.tools().catch(() => null) : await connection.tools("anew");
  const tool = listed?.get(binding.tool) ?? null;
  const leftOut = connection.leftOut().find((each) => each.name === binding.tool);
  if (tool === null && leftOut !== undefined)
    throw new McpRefusal(`${binding.tool} can't be called, because ${leftOut.why}.`);
  if (binding.hash !== null) {
    if (tool === null) throw new McpRefusal(`${name} no longer lists ${binding.tool}, so it was not called.`);
    if (definitionHash(tool) !== binding.hash) {
      const message = `${name} changed ${binding.tool} since you accepted it, so it was not called. Look at what changed first.`;
      return { type: "fail", message, reason: "tool-changed" };
    }
  }
  const result = await answered(call, tool).catch(errorAnswer);
  const note = checkOutput(result, tool);
  const notes = note === null ? [] : [note];
  return {
    type: "end",
    result: readResult({ result, server: name, tool: binding.tool, gives: binding.gives, notes }),
  };
}

/**
 * What JSON-RPC and the protocol say of a message, not of what the tool did: nothing that a model could answer. Every other
 * error is the tool's own.
 */
const OF_THE_MESSAGE: ReadonlySet<number> = new Set([
  -32_700,
  -32_600,
  -32_601,
  HEADER_MISMATCH,
  -32_021,
  -32_022,
  URL_REQUIRED,
  STREAM_ENDED,
]);

/** The result of a tool whose server answered the call with an error instead. */
function errorAnswer(error: unknown): CallToolResult {
  if (!ProtocolError.isInstance(error) || OF_THE_MESSAGE.has(error.code)) throw error;
  const more = error.data === undefined ? "" : `\n${JSON.stringify(error.data)}`;
  const text = `Error ${String(error.code)}: ${error.message}${more}`;
  return { isError: true, content: [{ type: "text", text }] };
}

/** The result, once everything was answered that the server wanted to know. */
async function answered(call: McpCall, listed: Tool | null): Promise<CallToolResult> {
  let tool = listed;
  let more: Readonly<Record<string, unknown>> = {};
  let isRelisted = false;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    try {
      const result: unknown = await callOnce(call, tool, more);
      if (!isInputRequiredResult(result)) {
        if (isSpecType.CallToolResult(result)) return { ...result, content: result.content ?? [] };
        throw new McpRefusal("The server sent a result that the protocol does not allow.");
      }
      const { inputRequests = {}, requestState } = result;
      more = {
        inputResponses: await answersOf(inputRequests, call.asker),
        ...(requestState === undefined ? {} : { requestState }),
      };
    } catch (error) {
      if (!ProtocolError.isInstance(error)) throw error;
      if (error.code === HEADER_MISMATCH && !isRelisted) {
        isRelisted = true;
        tool = (await call.connection.tools("anew")).get(call.binding.tool) ?? null;
      } else if (error.code !== URL_REQUIRED || !(await visited(error, call.asker))) throw error;
    }
  }
  throw new McpRefusal(
    `${call.connection.plan.name} asked ${String(MOST_ROUNDS)} times without giving a result.`,
  );
}

async function callOnce(
  { connection, binding, args, asker, report, signal, onActivity }: McpCall,
  tool: Tool | null,
  more: object,
): Promise<unknown> {
  const progress = connection.progress((one) => {
    onActivity();
    report(progressText(one));
  });
  // The timeout is ours: it waits for a person, which a fixed limit does not.
  const options: RequestOptions = { signal, timeout: LONGEST_TIMER, allowInputRequired: true };
  // What it returns is checked by us, with a note instead of an error.
  const { outputSchema: _, ...definition } = tool ?? { outputSchema: undefined };
  const params = {
    name: binding.tool,
    arguments: { ...args },
    _meta: { progressToken: progress.token },
    ...more,
  };
  try {
    return await connection.during(asker, () =>
      connection.client.callTool(params, {
        ...options,
        ...("name" in definition ? { toolDefinition: definition } : {}),
      }),
    );
  } finally {
    progress.end();
  }
}

const LONGEST_TIMER = 2_147_483_647;

const requestSchema = z
  .object({ method: z.string(), params: z.unknown() })
  .catch({ method: "something unknown", params: null });

async function answersOf(requests: Readonly<Record<string, unknown>>, asker: Asker): Promise<JsonObject> {
  const answers: Record<string, JsonObject> = {};
  for (const [key, request] of Object.entries(requests)) {
    const { method, params } = requestSchema.parse(request);
    const question = method === "elicitation/create" ? elicitationSchema.safeParse(params) : null;
    if (question?.success !== true)
      throw new McpRefusal(`The server asks for ${method}, which Vitrine does not offer like this.`);
    const answer = jsonSchema.parse(await asker(question.data));
    answers[key] = z.record(z.string(), jsonSchema).parse(answer);
  }
  return answers;
}

/** Since 2025-11-25 a server may refuse a call until a page was visited. Whether a person agreed to all of them. */
async function visited(error: ProtocolError, asker: Asker): Promise<boolean> {
  const data = z.object({ elicitations: z.array(z.unknown()).min(1) }).safeParse(error.data);
  if (!data.success) return false;
  for (const params of data.data.elicitations) {
    const question = elicitationSchema.safeParse(params);
    if (!question.success) return false;
    const { action } = await asker(question.data);
    if (action !== "accept")
      throw new McpRefusal(
        `The page that the server wants to be visited was not: ${action === "decline" ? "declined" : "canceled"}.`,
      );
  }
  return true;
}

function createProgress(push: (event: ToolRunEvent) => void): (sentence: string) => void {
  let length = 0;
  return (sentence) => {
    if (sentence === "" || length > MOST_PROGRESS) return;
    length += sentence.length;
    push({
      type: "progress",
      text: length > MOST_PROGRESS ? "More progress is not shown.\n" : `${sentence}\n`,
    });
  };
}

/** "3 of 5: reading". */
function progressText({ progress, total, message }: Progress): string {
  const steps = total === undefined ? String(progress) : `${String(progress)} of ${String(total)}`;
  return message === undefined || message === "" ? steps : `${steps}: ${message.slice(0, 2_000)}`;
}

function withoutSecrets(result: ToolResult, secrets: readonly string[]): ToolResult {
  if (secrets.length === 0) return result;
  const clean = (text: string) => redactBytes(Buffer.from(text), secrets).toString();
  return {
    ...result,
    output: clean(result.output),
    ...(result.received === undefined
      ? {}
      : { received: jsonSchema.parse(JSON.parse(clean(JSON.stringify(result.received)))) }),
  };
}
