/** Sends the request of an HTTP tool and gives its reply as the result. */
import type { Environment } from "@/lib/server/environment";
import { redactText } from "@/lib/server/relay/redact";
import { liveSecrets } from "@/lib/server/upstream/destination";
import { type DialReport, dial } from "@/lib/server/upstream/dial";
import { networkError } from "@/lib/server/upstream/network-error";
import { type ProxyRoute, chooseProxy } from "@/lib/server/upstream/outbound-proxy";
import { VERSION } from "@/lib/server/version";
import type { JsonObject } from "@/lib/stream/turn/json";
import { type RenderedRequest, readTemplate, renderRequest } from "@/lib/tools/http/render-request";
import type { HttpTemplate, ToolBinding } from "@/lib/tools/tool";
import type { ToolRunEvent } from "@/lib/tools/tool-run";

import { readResult } from "./read-result";
import type { RunServerTool } from "./tool-io";
import { grantSecrets } from "./tool-secrets";
import { targetRefusal } from "./tool-target";

/** From dialing to the last byte, redirects included. */
const LIMIT_MS = 15_000;
const MOST_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

type HttpBinding = Extract<ToolBinding, { readonly kind: "http" }>;

/**
 * One request and its reply; status 400 and above is an error's result. Follows up to three redirects, each of them
 * checked like the address itself: another origin gets no header of the tool's and no secret.
 */
export const runHttpTool: RunServerTool<HttpBinding> = async function* ({ request }, args, io) {
  const plan = planRequest(request, args, io.variables);
  yield plan.ok ? await send(plan.call, io.variables, io.signal) : failed(plan.message);
};

function failed(message: string): ToolRunEvent {
  return { type: "fail", message };
}

type Call = {
  readonly request: RenderedRequest;
  /** The values that the request holds. */
  readonly granted: readonly string[];
};

type Plan = { readonly ok: true; readonly call: Call } | { readonly ok: false; readonly message: string };

/** Everything that can be refused before a connection is made. */
function planRequest(template: HttpTemplate, args: JsonObject, variables: Environment): Plan {
  const facts = readTemplate(template);
  if (!facts.ok) return facts;
  const granted = grantSecrets(facts.secrets, facts.origin, variables);
  if (!granted.ok) return granted;
  const rendered = renderRequest(template, { args, secrets: granted.secrets });
  if (!rendered.ok) return rendered;
  return { ok: true, call: { request: rendered.request, granted: [...granted.secrets.values()] } };
}

async function send(
  { request, granted }: Call,
  variables: Environment,
  signal: AbortSignal,
): Promise<ToolRunEvent> {
  const limit = AbortSignal.timeout(LIMIT_MS);
  const secrets = [...liveSecrets(variables), ...granted];
  const fail = (message: string) => failed(redactText(message, secrets));
  let next = request;
  for (let hops = 0; ; hops += 1) {
    const { url } = next;
    const { host, origin } = new URL(url);
    const refused = targetRefusal(url, variables);
    if (refused !== null)
      return fail(hops === 0 ? refused : `The server redirected, and was not followed. ${refused}`);
    const proxy = chooseProxy(url, !isConfigured(origin, host, variables), variables.proxies);
    if (!proxy.ok) return fail(proxy.message);
    const report: DialReport = { connectMs: null, broken: null };
    const broke = (error: unknown, answered: boolean) =>
      signal.aborted
        ? failed("Stopped.")
        : fail(limit.aborted ? slow(host, answered) : problem(error, url, proxy.route, answered));
    try {
      const response = await dial(url, {
        method: next.method,
        ...(next.body === null ? {} : { body: next.body }),
        signal: AbortSignal.any([limit, signal]),
        timeouts: "hosted",
        proxy: proxy.route,
        headers: {
          accept: "*/*",
          "user-agent": `vitrine/${VERSION}`,
          ...Object.fromEntries(next.headers),
          "accept-encoding": "identity",
        },
        report,
      });
      const to = redirectOf(response, url);
      if (to !== null) {
        await response.body?.cancel();
        if (hops === MOST_REDIRECTS) return fail(`${host} redirected more than ${MOST_REDIRECTS} times.`);
        const followed = follow(next, response.status, to, {
          granted,
          isSameOrigin: to.origin === new URL(request.url).origin,
        });
        if (followed === null)
          return fail(
            `The server redirected to ${to.origin}, which would get a secret of ${origin}. It was not followed.`,
          );
        next = followed;
        continue;
      }
      const read = await readResult(response, [...secrets, ...(proxy.route?.secrets ?? [])]).catch(
        (error: unknown) => broke(error, true),
      );
      if ("type" in read) return read;
      if (limit.aborted || signal.aborted || report.broken !== null) return broke(report.broken, true);
      if (!read.ok) return fail(`${host} ${read.message}`);
      return resultOf(response, read.text);
    } catch (error) {
      return broke(error, false);
    }
  }
}

/** Named by the server's own configuration, so that the proxy of hosted servers is used. */
function isConfigured(origin: string, host: string, variables: Environment): boolean {
  return (
    variables.toolHosts.includes(host) || variables.toolSecrets.some((secret) => secret.origin === origin)
  );
}

function slow(host: string, answered: boolean): string {
  return `${host} did not ${answered ? "finish its reply" : "answer"} within ${LIMIT_MS / 1000} s.`;
}

function problem(error: unknown, url: string, proxy: ProxyRoute | null, answered: boolean): string {
  return networkError({ error, url, proxy, hint: "", requestId: "", answered }).message;
}

function redirectOf({ status, headers }: Response, url: string): URL | null {
  const location = headers.get("location");
  if (!REDIRECTS.has(status) || location === null || !URL.canParse(location, url)) return null;
  return new URL(location, url);
}

/** The request to where a redirect leads; null where it would carry a secret to another origin. */
function follow(
  { method, url, headers, body }: RenderedRequest,
  status: number,
  to: URL,
  { granted, isSameOrigin }: { readonly granted: readonly string[]; readonly isSameOrigin: boolean },
): RenderedRequest | null {
  to.hash = "";
  const isGet = status === 303 || (method === "POST" && status < 303);
  const sent = isGet ? null : body;
  const kept = isSameOrigin && to.origin === new URL(url).origin ? headers : new Map<string, string>();
  const isLeak = !isSameOrigin && holdsAny(`${to.href}\n${sent ?? ""}`, granted);
  if (isLeak) return null;
  const all = new Map(kept);
  const type = headers.get("content-type");
  if (sent === null) all.delete("content-type");
  else if (type !== undefined) all.set("content-type", type);
  return { method: isGet ? "GET" : method, url: to.href, headers: all, body: sent };
}

function holdsAny(text: string, secrets: readonly string[]): boolean {
  return redactText(text, secrets) !== text;
}

function resultOf({ status, statusText }: Response, text: string): ToolRunEvent {
  const isError = status >= 400;
  const empty = `HTTP ${status}${statusText === "" ? "" : ` ${statusText.slice(0, 100)}`}, with an empty body.`;
  const output = isError && text === "" ? empty : text;
  return { type: "end", result: { output, isError, origin: { by: "http", status } } };
}
