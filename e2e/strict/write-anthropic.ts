import { frame, type Ledger, pieces, sign, type StrictAnswer } from "./strict-dialect";

/** Frames of Anthropic's stream: thinking with its signature, an event that nobody knows, text, calls. */
export function writeAnthropic(
  { thought, calls, text, isPlain = false }: StrictAnswer,
  ledger: Ledger,
): readonly string[] {
  const said = text === "" ? [] : [block({ type: "text", text: "" }, pieces(text).map(textDelta))];
  const blocks = [
    block({ type: "thinking", thinking: "", signature: "" }, [
      ...pieces(thought).map((thinking) => ({ type: "thinking_delta", thinking })),
      { type: "signature_delta", signature: sign(ledger) },
    ]),
    ...(isPlain ? [] : [() => [named("content_block_telepathy", { index: 99, wave: [1, 2, 3] })]]),
    ...said,
    ...calls.map(({ name, args }) => callBlock(name, args, ledger)),
  ];
  const stop = calls.length > 0 ? "tool_use" : "end_turn";
  return [
    ...opening(),
    ...blocks.flatMap((write, index) => write(index)),
    named("message_delta", { delta: { stop_reason: stop }, usage: { output_tokens: 30 } }),
    named("message_stop", {}),
  ];
}

function opening(): readonly string[] {
  const usage = { input_tokens: 40, cache_read_input_tokens: 8, output_tokens: 1 };
  const message = {
    id: "msg_01scripted",
    type: "message",
    role: "assistant",
    model: "claude-scripted",
    content: [],
    usage,
  };
  return [named("message_start", { message }), named("ping", {})];
}

function callBlock(name: string, args: object, ledger: Ledger) {
  const id = `toolu_${String(ledger.next())}`;
  ledger.calls.add(id);
  // The first piece is always empty.
  const input = ["", ...pieces(JSON.stringify(args))];
  return block(
    { type: "tool_use", id, name, input: {} },
    input.map((partial_json) => ({ type: "input_json_delta", partial_json })),
  );
}

function block(start: object, deltas: readonly object[]) {
  return (index: number): readonly string[] => [
    named("content_block_start", { index, content_block: start }),
    ...deltas.map((delta) => named("content_block_delta", { index, delta })),
    named("content_block_stop", { index }),
  ];
}

function textDelta(text: string): object {
  return { type: "text_delta", text };
}

function named(type: string, data: object): string {
  return frame({ type, ...data }, type);
}
