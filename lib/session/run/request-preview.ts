import { prepareStep } from "@/lib/run/prepare-step";
import { sizeMark } from "@/lib/session/images/wire-images";
import type { AppState } from "@/lib/session/store/app-state";
import { laneReadsImages } from "@/lib/session/store/lane-verdicts";
import { effectiveSetup, laneOf } from "@/lib/session/store/lanes";
import { type Person, toolsAtHand } from "@/lib/session/store/person";
import type { ImageId, LaneId, Session } from "@/lib/session/store/session";
import { pathOf, type Turns } from "@/lib/session/store/turn-tree";
import { emptyTurn } from "@/lib/stream/turn/fold";
import type { JsonObject } from "@/lib/stream/turn/json";

import { pastTurns } from "./prepare-turn";

export type RequestPreview = {
  /** Where Vitrine's server sends it; null while the provider's address is not known. */
  readonly url: string | null;
  readonly body: JsonObject;
  /** What was changed or left out, in a person's words. */
  readonly notes: readonly string[];
};

/**
 * The request a lane would send now for the draft. Images show their size in place of their bytes; null without a
 * model. Pure.
 */
export function requestPreview(
  id: LaneId,
  session: Session,
  person: Person,
  turns: Turns,
  servers: AppState["servers"],
): RequestPreview | null {
  const lane = laneOf(session, id);
  if (!lane) return null;
  const setup = effectiveSetup(session, id);
  const images = session.draftImages.map(({ sent }) => sent);
  const path = [...pathOf(turns, lane.leaf), { prompt: session.draft, images, turn: emptyTurn() }];
  const sizes = new Map<ImageId, string>(
    path.flatMap((turn) => turn.images).map((ref) => [ref.id, sizeMark(ref.bytes)]),
  );
  const past = pastTurns(path, sizes, laneReadsImages(setup, servers.llama));
  const prepared = prepareStep({
    setup,
    tools: toolsAtHand(person.tools, session.tools),
    history: past.history,
    reply: servers.reply,
    // What would be sent can be seen before there is a key.
    keyHeld: true,
  });
  if (!prepared.ok) return null;
  const { url, body, notes } = prepared.step;
  return { url, body, notes: [...past.notes, ...notes] };
}
