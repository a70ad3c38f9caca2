import type { StoreApi } from "zustand/vanilla";

import type { LaneSetup } from "@/lib/providers/provider";
import type { Images } from "@/lib/session/images/images";
import { withReferences } from "@/lib/session/images/wire-images";
import type { AppState } from "@/lib/session/store/app-state";
import type { Consent } from "@/lib/session/store/consent";
import type { Keys } from "@/lib/session/store/keys";
import { laneReadsImages } from "@/lib/session/store/lane-verdicts";
import { endpointsAtHand, toolsAtHand } from "@/lib/session/store/person";
import type { TurnRecord } from "@/lib/session/store/session";
import { pathOf } from "@/lib/session/store/turn-tree";

import { pastTurns } from "./past-turns";
import { type Preparation, prepareStep } from "./prepare-step";

export type TurnPreparation = {
  readonly preparation: Preparation;
  /** The request as it is recorded: the bytes of its images are stored already. */
  readonly record: (request: string) => string;
};

/** The next request of a turn, with the images of its branch. */
export async function prepareTurn(
  { id, setup }: TurnRecord,
  ports: {
    readonly store: StoreApi<AppState>;
    readonly keys: Keys;
    readonly images: Images;
    readonly consent: Consent;
  },
  signal: AbortSignal,
): Promise<TurnPreparation> {
  if (!(await ports.consent.ask(setup, signal))) {
    return { preparation: notAllowed(setup), record: (request) => request };
  }
  const before = ports.store.getState();
  const path = pathOf(before.turns, id);
  const readsImages = laneReadsImages(setup, before.servers.llama);
  const refs = readsImages === false ? [] : path.flatMap((turn) => turn.images);
  const base64 = await ports.images.base64(refs.map((ref) => ref.id));
  const past = pastTurns(path, base64, readsImages);
  const preparation = prepareStep({
    setup,
    tools: toolsAtHand(before.person.tools, before.session.tools),
    history: past.history,
    reply: before.servers.reply,
    keyHeld: ports.keys.get(setup.provider, setup.endpoint) !== null,
    lacksAddressOf: lacksAddressOf(setup, before, ports.keys),
  });
  return {
    preparation: preparation.ok ? withNotes(preparation, past.notes) : preparation,
    record: (request) => withReferences(request, refs, base64),
  };
}

function notAllowed({ endpoint }: LaneSetup): Preparation {
  const message = `Nothing was sent: ${endpoint ?? "the server"} is not one of your servers, and you did not allow it. Retry to be asked again.`;
  return { ok: false, error: { source: "app", code: "NOT_ALLOWED", message, retryable: false } };
}

/** The name of the lane's server where the secret part of its address is not held. */
function lacksAddressOf(
  { provider, endpoint }: LaneSetup,
  { person, session }: AppState,
  keys: Keys,
): string | null {
  if (endpoint === null || keys.holdsAddress(provider, endpoint)) return null;
  const known = endpointsAtHand(person.endpoints, session.endpoints);
  const own = known.find(({ baseUrl }) => baseUrl === endpoint);
  return own?.asks ? own.name : null;
}

function withNotes({ step }: Preparation & { readonly ok: true }, notes: readonly string[]): Preparation {
  return { ok: true, step: { ...step, notes: [...notes, ...step.notes] } };
}
