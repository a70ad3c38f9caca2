/** The tools that recorded requests offered. Pure. */
import { readBinding } from "@/lib/contract/tool-binding";
import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { writeJson } from "@/lib/stream/turn/json-read";
import type { TapeTool } from "@/lib/tape/tape";
import { readToolValue } from "@/lib/tools/formats/read-value";

export type OfferedTools = {
  /** The ids of the tools that a request offers. */
  readonly of: (body: JsonObject | null) => readonly string[];
  /** Each name once, as it was offered first. */
  readonly all: () => readonly TapeTool[];
  /** Tools that were offered with other words or parameters later. */
  readonly changed: () => readonly string[];
};

/** Collects the tools of the requests of one file. */
export function openOfferedTools(): OfferedTools {
  const tools = new Map<string, TapeTool>();
  const lists = new Map<string, readonly string[]>();
  const changed = new Set<string>();

  const read = (list: Json): readonly string[] => {
    const { found } = readToolValue({ tools: list }, { others: [], readBinding });
    return found.map(({ tool }) => {
      const { name, description, parameters, strict, exampleResult } = tool;
      const known = tools.get(name);
      const own = known ?? {
        id: `tool-${tools.size + 1}`,
        name,
        description,
        parameters,
        strict,
        exampleResult,
      };
      if (known === undefined) tools.set(name, own);
      else if (saying(known) !== saying(tool)) changed.add(name);
      return own.id;
    });
  };

  return {
    of: (body) => {
      const list = body?.["tools"];
      if (list === undefined) return [];
      // Requests of one lane offer the same again and again.
      const key = writeJson(list);
      const ids = lists.get(key) ?? read(list);
      lists.set(key, ids);
      return ids;
    },
    all: () => [...tools.values()],
    changed: () => [...changed],
  };
}

function saying({ description, parameters }: Pick<TapeTool, "description" | "parameters">): string {
  return canonicalJson(writeJson([description, parameters]));
}
