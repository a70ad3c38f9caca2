import { parseEnvironment } from "@/lib/server/environment";
import { runServerTool } from "@/lib/server/tools/run-server-tool";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { HttpTemplate } from "@/lib/tools/tool";
import type { ToolRunEvent } from "@/lib/tools/tool-run";

type Variables = Readonly<Record<string, string>>;

/** What a server with these variables gives for a call of an HTTP tool. */
export async function runHttp(
  template: Partial<HttpTemplate> & { readonly url: string },
  {
    args = {},
    variables = {},
    signal = new AbortController().signal,
  }: { readonly args?: JsonObject; readonly variables?: Variables; readonly signal?: AbortSignal } = {},
): Promise<ToolRunEvent> {
  const request: HttpTemplate = { method: "GET", headers: [], body: null, ...template };
  const io = {
    signal,
    key: null,
    ask: () => Promise.resolve({ action: "cancel", content: null } as const),
    variables: parseEnvironment(variables),
  };
  const events: ToolRunEvent[] = [];
  for await (const event of runServerTool({ kind: "http", request }, args, io)) events.push(event);
  const [only] = events;
  if (only === undefined || events.length !== 1) throw new Error(`${events.length} events instead of one.`);
  return only;
}
