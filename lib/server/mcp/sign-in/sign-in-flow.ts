/** Signing in to an MCP server: a person agrees on a page of its authorization server, which leads back here. */
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/client";

import type { McpSignIn } from "@/lib/contract/mcp";
import { connectMcp } from "@/lib/server/mcp/connection";
import { closeConnection } from "@/lib/server/mcp/connections";
import { describeFailure } from "@/lib/server/mcp/failure";
import type { ServerPlan } from "@/lib/server/mcp/server-plan";
import { fetchOf } from "@/lib/server/mcp/transports";
import { shared } from "@/lib/server/shared";
import { isLoopback } from "@/lib/server/upstream/address";

import { createMemoryProvider } from "./memory-provider";
import { type SignIn, forgetSignIn, rememberSignIn, signInOf, takeWaiting } from "./sign-ins";

const CALLBACK = "/api/mcp/callback";

/** Plans of sign-ins that wait. */
const plans = () => shared("mcp-sign-in-plans", () => new Map<string, ServerPlan>());

/**
 * Begins: the reply names the page to open, or says that nobody has to sign in. `host`: where this page was opened; it is
 * where the authorization server leads back to.
 */
export async function beginSignIn(
  plan: ServerPlan,
  host: string | null,
  signal: AbortSignal,
): Promise<McpSignIn> {
  const { via } = plan;
  if (via.via === "stdio") return failed("A program that Vitrine starts has no sign-in.");
  const origin = `http://${host ?? ""}`;
  if (!URL.canParse(origin) || !isLoopback(new URL(origin).hostname))
    return failed(
      "Signing in works where Vitrine is opened on its own machine: use http://127.0.0.1 or localhost.",
    );
  await closeConnection(plan.id);
  const before = signInOf(plan.id);
  const memory = before?.memory ?? createMemoryProvider(`${origin}${CALLBACK}`, via.client);
  // What a running call asked for, such as a wider permission; a new connection may need no more than it has.
  const earlier = memory.takeAsked();
  const signIn: SignIn = { memory, progress: { state: "failed", message: "The sign-in did not begin." } };
  rememberSignIn(plan.id, signIn);
  const connected = await connectMcp(plan, signal);
  if (connected.ok) await connected.connection.close();
  const asked = memory.takeAsked() ?? (connected.ok ? earlier : null);
  if (asked !== null) {
    signIn.progress = { state: "waiting", key: asked.state };
    plans().set(plan.id, plan);
    return { state: "open", url: asked.url };
  }
  if (connected.ok) {
    signIn.progress = { state: "done" };
    return { state: "done" };
  }
  forgetSignIn(plan.id);
  return failed(connected.failure.message);
}

/** Ends it with what the authorization server sent back. The sentence is for the person who was sent here. */
export async function finishSignIn(
  answer: URLSearchParams,
): Promise<{ readonly ok: boolean; readonly sentence: string }> {
  const waiting = takeWaiting(answer.get("state") ?? "");
  const plan = waiting === null ? undefined : plans().get(waiting.planId);
  if (waiting === null || plan === undefined || plan.via.via === "stdio")
    return { ok: false, sentence: "No sign-in waits for this answer. Begin again in Vitrine." };
  const { signIn, planId } = waiting;
  plans().delete(planId);
  const url = new URL(plan.via.url);
  try {
    await signIn.memory.finish((authProvider) =>
      new StreamableHTTPClientTransport(url, { authProvider, fetch: fetchOf(plan) }).finishAuth(answer),
    );
  } catch (error) {
    const { message } = describeFailure(error, plan);
    signIn.progress = { state: "failed", message };
    return { ok: false, sentence: `The sign-in to ${plan.name} failed. ${message}` };
  }
  signIn.progress = { state: "done" };
  await closeConnection(planId);
  return { ok: true, sentence: `Signed in to ${plan.name}. Close this tab and go back to Vitrine.` };
}

/** Where a sign-in stands. */
export function signInState(planId: string): McpSignIn | { readonly state: "none" | "waiting" } {
  const signIn = signInOf(planId);
  if (signIn === null) return { state: "none" };
  const { progress } = signIn;
  return progress.state === "waiting" ? { state: "waiting" } : progress;
}

function failed(message: string): McpSignIn {
  return { state: "failed", message };
}
