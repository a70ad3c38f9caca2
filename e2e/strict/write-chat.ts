import { frame, type Ledger, pieces, type StrictAnswer } from "./strict-dialect";

/** llama.cpp's chat stream: reasoning, an event that nobody knows, text, calls, usage and timings. */
export function writeChat(
  { thought, calls, text, isPlain = false }: StrictAnswer,
  ledger: Ledger,
): readonly string[] {
  return [
    delta({ role: "assistant", content: null }),
    ...pieces(thought).map((reasoning_content) => delta({ reasoning_content })),
    ...(isPlain ? [] : [frame({ wave: 1 }, "telepathy")]),
    ...pieces(text).map((content) => delta({ content })),
    ...calls.flatMap(({ name, args }, index) => callDeltas(index, name, JSON.stringify(args), ledger)),
    delta({}, calls.length > 0 ? "tool_calls" : "stop"),
    chunk([], { usage: USAGE, timings: TIMINGS }),
    "data: [DONE]\n\n",
  ];
}

const USAGE = { prompt_tokens: 48, completion_tokens: 30, total_tokens: 78 };
const TIMINGS = {
  cache_n: 8,
  prompt_n: 40,
  prompt_ms: 20,
  prompt_per_second: 2000,
  predicted_n: 30,
  predicted_ms: 300,
  predicted_per_second: 96.7,
};

function callDeltas(index: number, name: string, input: string, ledger: Ledger): readonly string[] {
  const id = `Chat${String(ledger.next()).padStart(28, "0")}`;
  ledger.calls.add(id);
  const opening = { index, id, type: "function", function: { name, arguments: "" } };
  const rest = pieces(input).map((piece) => ({ index, function: { arguments: piece } }));
  return [opening, ...rest].map((piece) => delta({ tool_calls: [piece] }));
}

function delta(piece: object, finish: string | null = null): string {
  return chunk([{ index: 0, delta: piece, finish_reason: finish }]);
}

function chunk(choices: readonly object[], rest: object = {}): string {
  return frame({
    choices,
    id: "chatcmpl-scripted",
    object: "chat.completion.chunk",
    model: "scripted",
    ...rest,
  });
}
