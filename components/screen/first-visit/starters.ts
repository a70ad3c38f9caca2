/** A whole example: a prompt and the sample tools that it needs. */
export type Starter = {
  readonly title: string;
  readonly prompt: string;
  /** Ids of sample tools: these are on, others are off. */
  readonly tools: readonly string[];
  /** What is on, as a person reads it. */
  readonly on: string;
};

/** What a first visit can try with one press. The demo model can do all of it. */
export const STARTERS: readonly Starter[] = [
  {
    title: "Call a tool",
    prompt: "What is the weather in Florence?",
    tools: ["sample-weather"],
    on: "weather tool on",
  },
  {
    title: "Two calls at once",
    prompt: "Add 2 and 3, and multiply 2 and 3.",
    tools: ["sample-add", "sample-multiply"],
    on: "add and multiply on",
  },
  {
    title: "Think hard, then answer",
    prompt: "Why is the sky blue?",
    tools: [],
    on: "no tools",
  },
];
