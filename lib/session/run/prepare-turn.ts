import type { StoreApi } from "zustand/vanilla";

import type { LaneSetup, PastTurn, PromptImage } from "@/lib/providers/provider";
import type { Images } from "@/lib/session/images/images";
import { withReferences } from "@/lib/session/images/wire-images";
import type { AppState } from "@/lib/session/store/app-state";
import type { Consent } from "@/lib/session/store/consent";
import type { Keys } from "@/lib/session/store/keys";
import { laneReadsImages } from "@/lib/session/store/lane-verdicts";
import { endpointsAtHand } from "@/lib/session/store/person";
import type { ImageId, ImageRef, TurnRecord } from "@/lib/session/store/session";
import { pathOf } from "@/lib/session/store/turn-tree";
import type { RunError } from "@/lib/stream/turn/event";

export type TurnPreparation =
  | {
      readonly ok: true;
      readonly past: readonly PastTurn[];
      readonly asked: Omit<PastTurn, "turn">;
      /** What was left out, in a person's words. */
      readonly notes: readonly string[];
      /** The request as it is recorded: the bytes of its images are stored already. */
      readonly asRecorded: (request: string) => string;
    }
  | { readonly ok: false; readonly error: RunError };

/** The branch that a turn goes on with, its images at hand, once its server may be asked. */
export async function prepareTurn(
  { id, setup }: TurnRecord,
  ports: {
    readonly store: StoreApi<AppState>;
    readonly images: Images;
    readonly consent: Consent;
  },
  signal: AbortSignal,
): Promise<TurnPreparation> {
  if (!(await ports.consent.ask(setup, signal))) return { ok: false, error: notAllowed(setup) };
  const { turns, servers } = ports.store.getState();
  const path = pathOf(turns, id);
  const readsImages = laneReadsImages(setup, servers.llama);
  const refs = readsImages === false ? [] : path.flatMap((turn) => turn.images);
  const base64 = await ports.images.base64(refs.map((ref) => ref.id));
  const { history, notes } = pastTurns(path, base64, readsImages);
  const { prompt = "", images = [] } = history.at(-1) ?? {};
  return {
    ok: true,
    past: history.slice(0, -1),
    asked: { prompt, images },
    notes,
    asRecorded: (request) => withReferences(request, refs, base64),
  };
}

type Asked = Pick<TurnRecord, "prompt" | "images" | "turn">;

/**
 * A branch as a dialect writes it. Images that cannot go are left out of their prompts; `notes` says which and
 * why. Pure.
 */
export function pastTurns(
  path: readonly Asked[],
  base64: ReadonlyMap<ImageId, string>,
  /** null = not known: they are sent, and the server says what it thinks of them. */
  readsImages: boolean | null,
): { readonly history: readonly PastTurn[]; readonly notes: readonly string[] } {
  const notes = new Set<string>();
  const outgoing = (ref: ImageRef): readonly PromptImage[] => {
    const text = base64.get(ref.id);
    if (readsImages === false) notes.add("Images were left out because this model does not accept them.");
    else if (text === undefined) notes.add(`${ref.name} was left out: its bytes are not stored here.`);
    else return [{ mediaType: ref.mediaType, base64: text }];
    return [];
  };
  const history = path.map(({ prompt, images, turn }) => ({
    prompt,
    images: images.flatMap(outgoing),
    turn,
  }));
  return { history, notes: [...notes] };
}

/** The name of the lane's server where the secret part of its address is not held. */
export function lacksAddressOf(
  { provider, endpoint }: LaneSetup,
  { person, session }: AppState,
  keys: Keys,
): string | null {
  if (endpoint === null || keys.holdsAddress(provider, endpoint)) return null;
  const known = endpointsAtHand(person.endpoints, session.endpoints);
  const own = known.find(({ baseUrl }) => baseUrl === endpoint);
  return own?.asks ? own.name : null;
}

function notAllowed({ endpoint }: LaneSetup): RunError {
  const message = `Nothing was sent: ${endpoint ?? "the server"} is not one of your servers, and you did not allow it. Retry to be asked again.`;
  return { source: "app", code: "NOT_ALLOWED", message, retryable: false };
}
