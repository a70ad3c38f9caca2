import { parseArgs } from "node:util";

import { readBaseUrl } from "@/lib/providers/base-url";
import { plainSetup } from "@/lib/providers/plain-setup";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import type { Json } from "@/lib/stream/turn/json";
import { parseJson } from "@/lib/stream/turn/json-read";

/** What `vitrine run` was asked to do. */
export type RunArguments = {
  readonly lanes: readonly CliLane[];
  /** null = read it from standard input. */
  readonly prompt: string | null;
  readonly toolsFile: string | null;
  /** Results by the name of their tool. */
  readonly results: ReadonlyMap<string, string>;
  /** Names of tools that may run code or send requests without being asked. */
  readonly allowed: ReadonlySet<string>;
  readonly isJson: boolean;
  /** Where the run is kept as a tape; null = nowhere. */
  readonly recordFile: string | null;
};

export type CliLane = {
  /** As it was written. */
  readonly label: string;
  readonly setup: LaneSetup;
  readonly endpointName: string | null;
};

export type ReadArguments =
  | { readonly ok: true; readonly run: RunArguments }
  | { readonly ok: false; readonly message: string };

/** Provider of servers that people name themselves. */
const OWN_SERVER = "openai-compatible";

/** Reads the words behind `vitrine run`. */
export function readRunArguments(words: readonly string[]): ReadArguments {
  const parsed = parseWords(words);
  if (!parsed.ok) return parsed;
  const { values } = parsed;
  const endpoints = readPairs(values.endpoint ?? [], "--endpoint NAME=URL");
  if (!endpoints.ok) return endpoints;
  const results = readPairs(values.result ?? [], "--result NAME=TEXT");
  if (!results.ok) return results;
  const fields = readPairs(values.set ?? [], "--set NAME=VALUE");
  if (!fields.ok) return fields;
  if (values.lane === undefined) return wrong("Name at least one model: --lane PROVIDER/MODEL.");
  const shared: Partial<LaneSetup> = {
    system: values.system ?? "",
    effort: values.effort ?? null,
    samplers: Object.fromEntries([...fields.pairs].map(([name, value]) => [name, valueOf(value)])),
  };
  const lanes: CliLane[] = [];
  for (const label of values.lane) {
    const lane = readLane(label, endpoints.pairs, shared);
    if (typeof lane === "string") return wrong(lane);
    lanes.push(lane);
  }
  return {
    ok: true,
    run: {
      lanes,
      prompt: values.prompt ?? null,
      toolsFile: values.tools ?? null,
      results: results.pairs,
      allowed: new Set(values.allow ?? []),
      isJson: values.json ?? false,
      recordFile: values.record ?? null,
    },
  };
}

function parseWords(words: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        lane: { type: "string", multiple: true },
        endpoint: { type: "string", multiple: true },
        prompt: { type: "string" },
        system: { type: "string" },
        tools: { type: "string" },
        result: { type: "string", multiple: true },
        allow: { type: "string", multiple: true },
        effort: { type: "string" },
        set: { type: "string", multiple: true },
        json: { type: "boolean" },
        record: { type: "string" },
      },
    });
    return { ok: true as const, values };
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

/** Texts of the form NAME=VALUE by their names, or which one is not. */
export function readPairs(
  texts: readonly string[],
  form: string,
):
  | { readonly ok: true; readonly pairs: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly message: string } {
  const pairs = new Map<string, string>();
  for (const text of texts) {
    const split = text.indexOf("=");
    if (split < 1) return wrong(`"${text}" is not of the form ${form}.`);
    pairs.set(text.slice(0, split), text.slice(split + 1));
  }
  return { ok: true, pairs };
}

/** The lane, or why there is none. Model ids hold slashes themselves, so the first one parts provider from model. */
export function readLane(
  label: string,
  endpoints: ReadonlyMap<string, string>,
  shared: Partial<LaneSetup>,
): CliLane | string {
  const slash = label.indexOf("/");
  const name = label.slice(0, Math.max(slash, 0));
  const model = label.slice(slash + 1);
  if (name === "" || model === "") return `--lane ${label}: write it as PROVIDER/MODEL.`;
  const url = endpoints.get(name);
  const known = findProvider(name);
  if (url === undefined && (known === null || known.addedOnly === true)) {
    return `--lane ${label}: there is no provider "${name}". Give its address with --endpoint ${name}=URL.`;
  }
  const setup = { ...plainSetup({ provider: known?.id ?? OWN_SERVER, model }), ...shared };
  if (url === undefined) return { label, setup, endpointName: null };
  const address = readBaseUrl(url);
  if (!address.ok) return `--endpoint ${name}: ${address.message}`;
  const { login, query } = address.secrets;
  if (login !== null || query !== "") {
    return `--endpoint ${name}: the address holds a secret. Keys are read from the environment only: set the provider's variables.`;
  }
  return { label, setup: { ...setup, endpoint: address.baseUrl }, endpointName: name };
}

/** A value of `--set`: JSON, or else text. */
export function valueOf(text: string): Json {
  return parseJson(text) ?? text;
}

function wrong(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
