import type { Evidence, FrameRange } from "@/lib/verify/trial";

/** "turn 1, step 2, its answer, frames 3–14": counted from 1, as the inspector counts. */
export function placeWords(evidence: Evidence): string {
  const step = `turn ${evidence.turn + 1}, step ${evidence.step + 1}`;
  switch (evidence.at) {
    case "step":
      return step;
    case "part":
      return `${step}, its answer${frameWords(evidence.frames)}`;
    case "frame":
      return `${step}${frameWords({ first: evidence.frame, last: evidence.frame })}`;
    case "argument":
      return `${step}, argument ${evidence.path === "" ? "/" : evidence.path}${frameWords(evidence.frames)}`;
  }
}

function frameWords(frames: FrameRange | undefined): string {
  if (frames === undefined) return "";
  const { first, last } = frames;
  return first === last ? `, frame ${first + 1}` : `, frames ${first + 1}–${last + 1}`;
}
