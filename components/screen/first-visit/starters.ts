/** A whole example: a prompt and the sample tools that it needs. */
export type Starter = {
  readonly title: string;
  readonly prompt: string;
  /** Ids of sample tools: these are on, others are off. */
  readonly tools: readonly string[];
  /** What will happen: a line for each tool that is on, and what answers it. */
  readonly does: readonly string[];
};

/** What a first visit can try with one press. The demo model can do all of it. */
export const STARTERS: readonly Starter[] = [
  {
    title: "Call a tool: weather in Florence",
    prompt: "What is the weather in Florence?",
    tools: ["sample-weather"],
    does: ["weather: a mock answers"],
  },
  {
    title: "Two calls at once: add and multiply",
    prompt: "Add 2 and 3, and multiply 2 and 3.",
    tools: ["sample-add", "sample-multiply"],
    does: ["add: a built-in calculates", "multiply: a built-in calculates"],
  },
  {
    title: "Think hard, then answer",
    prompt: "Why is the sky blue?",
    tools: [],
    does: ["no tools: thoughts and an answer"],
  },
];
