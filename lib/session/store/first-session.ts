import type { ProvidersReply } from "@/lib/contract/servers";
import { plainSetup } from "@/lib/providers/plain-setup";
import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import type { LaneSetup } from "@/lib/providers/provider";
import { sampleTools } from "@/lib/tools/samples";

import { withoutUnusedCopies } from "./person";
import type { LaneId, Session, SessionId } from "./session";

export type FoundModel = { readonly provider: string; readonly model: string };

/** Names that Vitrine gives, until the first prompt gives a better one. */
export const GIVEN_NAMES: readonly string[] = ["First comparison", "New comparison", "Linked comparison"];

/** What stands in the composer of a first visit until something is typed. */
export const EXAMPLE_PROMPT = "What is the weather in Florence?";

/** Provider of the model that Vitrine brings itself. */
const DEMO_PROVIDER = llamaCpp.id;

/** The first visit: one model in two lanes that differ in effort only, the weather tool on, a prompt ready to send. */
export function firstSession(input: {
  readonly id: SessionId;
  readonly lanes: readonly [LaneId, LaneId];
  /** epoch ms */
  readonly now: number;
  readonly found: FoundModel | null;
}): Session {
  const [low, high] = input.lanes;
  const tools = sampleTools.filter((tool) => tool.name === "weather");
  return {
    id: input.id,
    name: "First comparison",
    createdAt: input.now,
    updatedAt: input.now,
    lanes: [
      { id: low, own: { effort: "low" }, leaf: null, width: 1 },
      { id: high, own: { effort: "high" }, leaf: null, width: 1 },
    ],
    shared: {
      ...emptySetup(input.found),
      samplers: { temperature: 0 },
      tools: tools.map((tool) => tool.id),
    },
    tools,
    endpoints: [],
    sequential: false,
    draft: EXAMPLE_PROMPT,
    draftImages: [],
  };
}

/** A session that follows another: its settings stay, its turns do not. */
export function emptySession(input: {
  readonly id: SessionId;
  readonly lanes: readonly LaneId[];
  /** epoch ms */
  readonly now: number;
  readonly like: Session;
}): Session {
  const { id, now, like } = input;
  return withoutUnusedCopies({
    ...like,
    id,
    name: "New comparison",
    createdAt: now,
    updatedAt: now,
    lanes: input.lanes.map((lane, index) => ({
      id: lane,
      own: like.lanes[index]?.own ?? {},
      leaf: null,
      width: like.lanes[index]?.width ?? 1,
    })),
    draft: "",
    draftImages: [],
  });
}

/** Settings that send nothing but the prompt. Without a model nothing can be sent until one is chosen. */
export function emptySetup(found: FoundModel | null): LaneSetup {
  return plainSetup(found ?? { provider: DEMO_PROVIDER, model: "" });
}

/** The model to start with: of the first server found on this machine, else the demo's; null when there is none yet. */
export function foundModel(reply: ProvidersReply): FoundModel | null {
  for (const { id, local, reach } of reply.providers) {
    const model = local && reach.state === "ready" ? reach.models[0] : undefined;
    if (model) return { provider: id, model: model.id };
  }
  return reply.demo.state === "ready" ? { provider: DEMO_PROVIDER, model: reply.demo.model } : null;
}

/** Gives the lanes that share a model the found one, unless a model was chosen before. */
export function withModel(session: Session, { provider, model }: FoundModel): Session {
  if (session.shared.model !== "") return session;
  return { ...session, shared: { ...session.shared, provider, model } };
}
