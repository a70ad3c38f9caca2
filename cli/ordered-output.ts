import type { Output } from "./print-turn";

export type OrderedOutput = Output & {
  /** Nothing more is written here: the next output gets its turn. */
  readonly end: () => void;
};

/**
 * Outputs for lanes that run at the same time. The first writes at once, each other only after the one before it has
 * ended: until then its text is held. So what is written is the same as if the lanes ran one after another.
 */
export function orderedOutputs(output: Output, count: number): readonly OrderedOutput[] {
  type Held = { readonly to: "out" | "err"; readonly text: string };
  const lanes = Array.from({ length: count }, () => {
    const held: Held[] = [];
    return { held, isOver: false };
  });
  let turn = 0;
  const pass = () => {
    for (let lane = lanes[turn]; lane !== undefined; lane = lanes[turn]) {
      for (const { to, text } of lane.held.splice(0)) output[to](text);
      if (!lane.isOver) return;
      turn += 1;
    }
  };
  return lanes.map((lane) => {
    const write = (to: Held["to"]) => (text: string) => {
      lane.held.push({ to, text });
      if (lanes[turn] === lane) pass();
    };
    return {
      out: write("out"),
      err: write("err"),
      isColored: output.isColored,
      end: () => {
        lane.isOver = true;
        pass();
      },
    };
  });
}
