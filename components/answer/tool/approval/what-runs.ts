import { showMarks } from "@/lib/markdown/visible-marks";
import type { Json } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { RunningBinding } from "@/lib/tools/bound-tool";
import { placeholdersIn, secretOf } from "@/lib/tools/http/placeholders";
import { renderRequest } from "@/lib/tools/http/render-request";
import type { HttpTemplate } from "@/lib/tools/tool";

/** What pressing Run does: a sentence's beginning, and what it is about as it stands in the tool. */
export type WhatRuns = { readonly does: string; readonly what: string };

/** What runs for a call, in a person's words. Names and addresses have their hidden characters marked. */
export function whatRuns(binding: RunningBinding, args: Json): WhatRuns {
  switch (binding.kind) {
    case "mock":
      return { does: "Run gives the mock's result.", what: "" };
    case "page":
      return { does: "Run starts a built-in in the page:", what: showMarks(binding.name) };
    case "javascript":
      return {
        does: `Run starts your JavaScript in a sandbox, for ${String(binding.timeoutMs / 1_000)} s at most.`,
        what: "",
      };
    case "http":
      return requestThatRuns(binding.request, args);
    case "mcp": {
      const { server, tool } = binding;
      const at = server.from === "person" ? ` at ${hostOf(server.url)}` : "";
      return { does: "Run calls an MCP server:", what: showMarks(`${server.name}/${tool}${at}`) };
    }
  }
}

/** The method and the address as they will be sent, with the names of secrets where their values will be; or why nothing is. */
function requestThatRuns(request: HttpTemplate, args: Json): WhatRuns {
  const texts = [request.url, ...request.headers.map(({ value }) => value), request.body ?? ""];
  const names = texts.flatMap(placeholdersIn).flatMap((placeholder) => secretOf(placeholder) ?? []);
  const secrets = new Map(names.map((name) => [name, `(secret ${name})`]));
  const rendered = renderRequest(request, { args: isObject(args) ? args : {}, secrets });
  if (!rendered.ok) return { does: `Run sends nothing. ${showMarks(rendered.message)}`, what: "" };
  const address = [...secrets.values()].reduce(
    (url, written) => url.replaceAll(encodeURIComponent(written), written),
    rendered.request.url,
  );
  return { does: "Run sends a request:", what: `${request.method} ${showMarks(address)}` };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
