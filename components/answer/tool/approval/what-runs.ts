import { showMarks } from "@/lib/markdown/visible-marks";
import type { Json } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { RunningBinding } from "@/lib/tools/bound-tool";
import { fill, placeholdersIn, secretOf } from "@/lib/tools/http/placeholders";

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
    case "http": {
      const { method, url } = binding.request;
      return { does: "Run sends a request:", what: `${method} ${showMarks(filledAddress(url, args))}` };
    }
    case "mcp": {
      const { server, tool } = binding;
      const at = server.from === "person" ? ` at ${hostOf(server.url)}` : "";
      return { does: "Run calls an MCP server:", what: showMarks(`${server.name}/${tool}${at}`) };
    }
  }
}

/** The address with this call's arguments in it, and the names of secrets where their values will be. */
function filledAddress(url: string, args: Json): string {
  const names = placeholdersIn(url).flatMap((placeholder) => secretOf(placeholder) ?? []);
  const secrets = new Map(names.map((name) => [name, `(secret ${name})`]));
  const written = new Set(secrets.values());
  return fill(url, { args: isObject(args) ? args : {}, secrets }, (value) =>
    written.has(value) ? value : encodeURIComponent(value),
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
