/** From a tape to what a person exports to read: each lane's branch that was shown, folded. Pure. */
import { replayTurn } from "@/lib/run/replay";

import type { ComparedTurn, Comparison } from "./formats/turns/comparison";
import { shownBranch } from "./shown-branch";
import type { Tape, TapeTurn } from "./tape";

/** The comparison on a tape, and how many of its turns stand on branches that are not in it. */
export function comparisonOfTape(tape: Tape): { readonly comparison: Comparison; readonly leftOut: number } {
  const images = new Map(tape.images.map(({ id, bytes }) => [id, bytes]));
  const branches = tape.lanes.map(({ leaf }, lane) =>
    shownBranch(
      tape.turns.filter((turn) => turn.lane === lane),
      leaf,
    ),
  );
  const longest = Math.max(0, ...branches.map(({ length }) => length));
  const rows = Array.from({ length: longest }, (_, row) =>
    branches.map((branch) => {
      const turn = branch[row];
      return turn === undefined ? null : comparedTurn(turn, tape, images);
    }),
  );
  const lanes = tape.lanes.map(({ setup }) => ({ label: setup.model === "" ? "no model" : setup.model }));
  const shown = branches.reduce((sum, { length }) => sum + length, 0);
  return {
    comparison: { name: tape.name, lanes, rows, tools: tape.tools },
    leftOut: tape.turns.length - shown,
  };
}

function comparedTurn(
  turn: TapeTurn,
  { startedAt }: Tape,
  images: ReadonlyMap<string, Uint8Array>,
): ComparedTurn {
  const { id, prompt, setup, notes, sharedServer, startUs, events, records } = turn;
  return {
    id,
    prompt,
    createdAt: startedAt + startUs / 1000,
    setup,
    notes,
    sharedServer,
    turn: replayTurn(events, records).turn,
    images: turn.images.map((image) => ({
      name: image.name,
      mediaType: image.mediaType,
      bytes: images.get(image.id) ?? null,
    })),
  };
}
