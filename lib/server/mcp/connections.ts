/** The connections of this process: one for each server and token, made when it is first needed. */
import { SdkHttpError } from "@modelcontextprotocol/client";

import { shared } from "@/lib/server/shared";
import { stopping } from "@/lib/server/start/stopping";

import { type Connected, connectMcp } from "./connection";
import { httpWords } from "./failure";
import type { ServerPlan } from "./server-plan";

/** A server that nobody asked for this long is let go of; one that Vitrine started is stopped. */
const IDLE_MS = 30 * 60_000;
const MOST = 32;

type Slot = {
  readonly connecting: Promise<Connected>;
  /** null while it connects. */
  done: Connected | null;
  /** Calls that run, and requests that are answered. */
  users: number;
  idle: NodeJS.Timeout | null;
};

const slots = () =>
  shared("mcp-connections", () => {
    const all = new Map<string, Slot>();
    stopping().addEventListener("abort", () => void closeAllConnections());
    return all;
  });

/** Closes every connection and ends every process that was started for one. */
export async function closeAllConnections(): Promise<void> {
  await Promise.all([...slots().keys()].map(closeConnection));
}

/** The open connection of a plan, or a new one. Never rejects. */
export function connectionTo(plan: ServerPlan): Promise<Connected> {
  const known = slots().get(plan.id);
  if (known !== undefined && isUsable(known)) {
    keep(plan.id, known);
    return known.connecting;
  }
  while (slots().size >= MOST) {
    const [oldest] = [...slots()].find(([, { users }]) => users === 0) ?? [...slots()][0] ?? [];
    if (oldest === undefined) break;
    void closeConnection(oldest);
  }
  const slot: Slot = { connecting: connectMcp(plan, stopping()), done: null, users: 0, idle: null };
  slots().delete(plan.id);
  slots().set(plan.id, slot);
  void slot.connecting.then((connected) => (slot.done = connected));
  keep(plan.id, slot);
  return slot.connecting;
}

/** The connection of a plan where it is open; null otherwise. Opens none. */
export function openConnection(id: string): Extract<Connected, { readonly ok: true }>["connection"] | null {
  const done = slots().get(id)?.done;
  return done?.ok === true && done.connection.isOpen() ? done.connection : null;
}

/**
 * Uses the connection of a plan for as long as `use` takes: it is not idle in the meantime. A server that has forgotten
 * the session did nothing, so `use` runs once more over a new one; it lets that error through where `mayRetry`.
 */
export async function whileUsed<Result>(
  plan: ServerPlan,
  use: (connected: Connected, mayRetry: boolean) => Promise<Result>,
): Promise<Result> {
  try {
    return await useOnce(plan, (connected) => use(connected, true));
  } catch (error) {
    if (!isSessionLost(error)) throw error;
    await closeConnection(plan.id);
    return useOnce(plan, (connected) => use(connected, false));
  }
}

/** Whether a server of the older era answers that it does not know the session: by 404, or, as many do, by 400 with words. */
export function isSessionLost(error: unknown): boolean {
  if (!SdkHttpError.isInstance(error)) return false;
  if (error.status === 404) return true;
  return error.status === 400 && /\bsession\b/iu.test(httpWords(error));
}

async function useOnce<Result>(
  plan: ServerPlan,
  use: (connected: Connected) => Promise<Result>,
): Promise<Result> {
  const connected = await connectionTo(plan);
  const slot = slots().get(plan.id);
  if (slot !== undefined) slot.users += 1;
  try {
    return await use(connected);
  } finally {
    if (slot !== undefined) {
      slot.users -= 1;
      keep(plan.id, slot);
    }
  }
}

/** Closes the connection of a plan, if there is one, and ends its process. */
export async function closeConnection(id: string): Promise<void> {
  const slot = slots().get(id);
  if (slot === undefined) return;
  slots().delete(id);
  if (slot.idle !== null) clearTimeout(slot.idle);
  const connected = await slot.connecting;
  if (connected.ok) await connected.connection.close();
}

function isUsable({ done }: Slot): boolean {
  return done === null || (done.ok && done.connection.isOpen());
}

function keep(id: string, slot: Slot): void {
  if (slot.idle !== null) clearTimeout(slot.idle);
  slot.idle = setTimeout(() => {
    if (slot.users > 0) keep(id, slot);
    else if (slots().get(id) === slot) void closeConnection(id);
  }, IDLE_MS);
  slot.idle.unref();
}
