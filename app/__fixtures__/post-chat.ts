import { vi } from "vitest";

import type { RunError } from "@/lib/stream/turn/event";
import { type ByteRange, type RelayHead, readOverwritten } from "@/lib/stream/wire/relay-frames";

type Variables = Readonly<Record<string, string>>;
type Post = (request: Request) => Promise<Response>;

/** The chat route of a process with these environment variables and no others of ours. */
export async function chatRoute(variables: Variables = {}): Promise<Post> {
  vi.resetModules();
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const route = await import("@/app/api/chat/route");
  return route.POST;
}

/** A request as the page sends it; `headers` come on top. */
export function chatRequest(
  body: unknown,
  headers: Variables = {},
  signal: AbortSignal | null = null,
): Request {
  return new Request("http://127.0.0.1:3000/api/chat", {
    method: "POST",
    headers: {
      host: "127.0.0.1:3000",
      "content-type": "application/json",
      "x-vitrine": "1",
      "sec-fetch-site": "same-origin",
      origin: "http://127.0.0.1:3000",
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
    signal,
  });
}

/** A streaming request to a person's own server. */
export function streamBody(endpoint: string, more: object = {}): object {
  return {
    provider: "llamacpp",
    endpoint: `${endpoint}/v1`,
    body: { model: "m", messages: [], stream: true, ...more },
  };
}

/** A relayed stream, taken apart: our frames and what lies between them. */
export type Relayed = {
  readonly comments: number;
  readonly head: RelayHead | null;
  /** The upstream's bytes, one character each. */
  readonly bytes: string;
  /** Which of them the relay says it overwrote. */
  readonly overwritten: readonly ByteRange[];
  readonly error: RunError | null;
};

const MARK = /(?<=\n\r?\n): (vitrine overwrote [\d,-]+)\n\n/gu;

export async function relayed(response: Response): Promise<Relayed> {
  const text = Buffer.from(await response.arrayBuffer()).toString("latin1");
  const opening = /^((?:: [^\n]*\n\n)+)(?:event: relay-head\ndata: (.*)\n\n)?((?:: [^\n]*\n\n)*)/.exec(text);
  const rest = text.slice(opening?.[0].length ?? 0);
  const closing = /\n\nevent: relay-error\ndata: (.*)\n\n$/.exec(rest);
  const body = closing === null ? rest : rest.slice(0, closing.index);
  return {
    comments: `${opening?.[1] ?? ""}${opening?.[3] ?? ""}`.split("\n\n").length - 1,
    head: opening?.[2] === undefined ? null : JSON.parse(opening[2]),
    bytes: body.replaceAll(MARK, ""),
    overwritten: Array.from(body.matchAll(MARK)).flatMap(([, mark = ""]) => readOverwritten(mark) ?? []),
    error: closing?.[1] === undefined ? null : JSON.parse(Buffer.from(closing[1], "latin1").toString()).error,
  };
}
