/** Finds out which server answers at an address, since several share their default ports. */
import { z } from "zod";

import type { ModelInfo } from "@/lib/contract/servers";
import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import type { Provider } from "@/lib/providers/provider";
import { providers } from "@/lib/providers/registry";
import { readLlamaProps } from "@/lib/server/llama/read-props";
import { type Answer, goodJson } from "@/lib/server/upstream/ask";

import { readModelList } from "./model-list";

/** Asks one path below the server's root, such as `/v1/models`. */
export type AskPath = (path: string) => Promise<Answer>;

export type Identity = {
  /** The id of its provider; null = it speaks the dialect, but is none of the known servers. */
  readonly kind: string | null;
  readonly latencyMs: number;
  /** Name and build as it says itself; null when it says nothing. */
  readonly server: string | null;
  readonly models: readonly ModelInfo[];
  /** Why it cannot be used now; null = it can. */
  readonly problem: "needs-key" | "loading" | null;
};

/** What every server is asked first. */
export const MODELS_PATH = "/v1/models";

/** null if nothing answers, or the responder is not a model server. Never rejects. */
export async function identify(ask: AskPath): Promise<Identity | null> {
  const answer = await ask(MODELS_PATH);
  if (answer.kind !== "answer" || !answer.json.ok) return null;
  const { status, headers, latencyMs } = answer;
  const isLlama = headers.get("server") === "llama.cpp";
  const nothing = { kind: isLlama ? llamaCpp.id : null, latencyMs, server: null, models: [] };
  if (status === 401 || status === 403) return { ...nothing, problem: "needs-key" };
  if (status === 503 && isLlama) return { ...nothing, problem: "loading" };
  const list = status === 200 ? readModelList(answer.json.value) : null;
  if (list === null) return null;
  const found = { latencyMs, models: list.models, problem: null };
  const known = isLlama ? llamaCpp : providerOf(list.owner);
  if (known === undefined) return { ...found, kind: null, server: null, ...(await askAround(ask)) };
  const kind = known.id;
  return known.controls === "llama-server"
    ? { ...found, kind, ...(await llamaDetails(ask, list.models)) }
    : { ...found, kind, server: null };
}

function providerOf(owner: string | null): Provider | undefined {
  return owner === null ? undefined : providers.find(({ identify: by }) => by?.ownedBy === owner);
}

async function llamaDetails(
  ask: AskPath,
  models: readonly ModelInfo[],
): Promise<Pick<Identity, "server" | "models">> {
  const props = readLlamaProps(goodJson(await ask("/props")));
  if (props === null) return { server: "llama.cpp", models };
  const name = props.router ? "llama.cpp router" : "llama.cpp";
  return {
    server: props.build === null ? name : `${name} ${props.build}`,
    models: props.router
      ? models
      : models.map((model) => ({ ...model, contextLength: props.contextLength ?? model.contextLength })),
  };
}

const ollamaVersion = z.object({ version: z.string() });
const lmStudioList = z.object({ data: z.array(z.object({ state: z.string() })).min(1) });

/** Ollama and LM Studio name no owner to go by, but have paths of their own. */
async function askAround(ask: AskPath): Promise<Partial<Identity>> {
  const paths = ["/api/tags", "/api/version", "/api/v0/models"];
  const [tags, version, native] = await Promise.all(paths.map(async (path) => goodJson(await ask(path))));
  if (readModelList(tags) !== null) {
    const reported = ollamaVersion.safeParse(version);
    return { kind: "ollama", server: reported.success ? `Ollama ${reported.data.version}` : "Ollama" };
  }
  if (lmStudioList.safeParse(native).success) {
    return { kind: "lmstudio", server: "LM Studio", models: readModelList(native)?.models ?? [] };
  }
  return {};
}
