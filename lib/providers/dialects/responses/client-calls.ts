import type { CallForm } from "@/lib/stream/turn/event";

/** A kind of call that waits for a result from here. */
export type ClientCall = {
  /** The type of its item on the wire. */
  readonly type: string;
  /** The type of the item that takes its result back. */
  readonly output: string;
  /** The field that holds what is asked. */
  readonly input: "arguments" | "input" | "action" | "operation";
  readonly form: CallForm;
  /** What it is called where the item has no name. */
  readonly name: string | null;
};

const FUNCTION: ClientCall = {
  type: "function_call",
  output: "function_call_output",
  input: "arguments",
  form: "json",
  name: null,
};

/** https://platform.openai.com/docs/api-reference/responses/create, "input": calls and their outputs. */
const KINDS: readonly ClientCall[] = [
  FUNCTION,
  { type: "custom_tool_call", output: "custom_tool_call_output", input: "input", form: "text", name: null },
  {
    type: "local_shell_call",
    output: "local_shell_call_output",
    input: "action",
    form: "json",
    name: "local_shell",
  },
  {
    type: "apply_patch_call",
    output: "apply_patch_call_output",
    input: "operation",
    form: "json",
    name: "apply_patch",
  },
];

const CLIENT_CALLS: ReadonlyMap<string, ClientCall> = new Map(KINDS.map((call) => [call.type, call]));

export function isClientCall(type: string): boolean {
  return CLIENT_CALLS.has(type);
}

/** How a call of this type is read and answered; as a function where the type is not known. */
export function clientCall(type: string | null): ClientCall {
  return CLIENT_CALLS.get(type ?? "") ?? FUNCTION;
}
