import { frame, type Ledger, pieces, sign, type StrictAnswer } from "./strict-dialect";

type Event = { readonly type: string; readonly [field: string]: unknown };

/** The event stream of Responses: a reasoning item, an event that nobody knows, a message, calls. */
export function writeResponses(answer: StrictAnswer, ledger: Ledger): readonly string[] {
  const { thought, calls, text, isPlain = false } = answer;
  const response = {
    id: "resp_scripted",
    object: "response",
    created_at: 1,
    status: "in_progress",
    model: "gpt-scripted",
  };
  const items = [
    thoughtItem(thought, ledger),
    ...(text === "" ? [] : [messageItem(text, ledger)]),
    ...calls.map(({ name, args }) => callItem(name, JSON.stringify(args), ledger)),
  ];
  const events: readonly Event[] = [
    { type: "response.created", response },
    ...(isPlain ? [] : [{ type: "response.telepathy.delta", wave: 1 }]),
    ...items.flatMap((item, output_index) => item.map((one) => event(one.type, one, { output_index }))),
    { type: "response.completed", response: { ...response, status: "completed", usage: USAGE } },
  ];
  return events.map((one, sequence_number) => frame(event(one.type, one, { sequence_number }), one.type));
}

const USAGE = {
  input_tokens: 40,
  input_tokens_details: { cached_tokens: 8 },
  output_tokens: 30,
  output_tokens_details: { reasoning_tokens: 10 },
  total_tokens: 70,
};

function thoughtItem(thought: string, ledger: Ledger): readonly Event[] {
  const item_id = `rs_${String(ledger.next())}`;
  const started = { id: item_id, type: "reasoning", summary: [], encrypted_content: "begun" };
  const part = { item_id, summary_index: 0 };
  return framed(
    started,
    [
      { type: "response.reasoning_summary_part.added", ...part, part: { type: "summary_text", text: "" } },
      ...pieces(thought).map((delta) => event("response.reasoning_summary_text.delta", part, { delta })),
      { type: "response.reasoning_summary_text.done", ...part, text: thought },
    ],
    { ...started, summary: [{ type: "summary_text", text: thought }], encrypted_content: sign(ledger) },
  );
}

function messageItem(text: string, ledger: Ledger): readonly Event[] {
  const item_id = `msg_${String(ledger.next())}`;
  const started = { id: item_id, type: "message", role: "assistant", status: "in_progress", content: [] };
  const part = { item_id, content_index: 0 };
  const empty = { type: "output_text", text: "", annotations: [] };
  return framed(
    started,
    [
      { type: "response.content_part.added", ...part, part: empty },
      ...pieces(text).map((delta) => event("response.output_text.delta", part, { delta })),
      { type: "response.output_text.done", ...part, text },
    ],
    { ...started, status: "completed", content: [{ ...empty, text }] },
  );
}

function callItem(name: string, input: string, ledger: Ledger): readonly Event[] {
  const item_id = `fc_${String(ledger.next())}`;
  const call_id = `call_${String(ledger.next())}`;
  ledger.calls.add(call_id);
  const started = { id: item_id, type: "function_call", status: "in_progress", call_id, name, arguments: "" };
  return framed(
    started,
    [
      ...pieces(input).map((delta) => ({ type: "response.function_call_arguments.delta", item_id, delta })),
      { type: "response.function_call_arguments.done", item_id, arguments: input },
    ],
    { ...started, status: "completed", arguments: input },
  );
}

function event(type: string, ...fields: readonly object[]): Event {
  return Object.assign({ type }, ...fields);
}

function framed(started: object, between: readonly Event[], done: object): readonly Event[] {
  return [
    { type: "response.output_item.added", item: started },
    ...between,
    { type: "response.output_item.done", item: done },
  ];
}
