import { below, type Code, NOTHING } from "@/lib/code/code";
import { CHAT_FIELDS } from "@/lib/code/known-fields";
import { python } from "@/lib/code/languages";
import { bodyOf, offeredTools, type SentRequest, splitAddress, splitFields } from "@/lib/code/sent-request";
import type { ChatQuirks } from "@/lib/providers/provider";

import {
  PRINT_TEXT,
  PRINT_THOUGHT,
  PYTHON_RUN,
  pythonArguments,
  pythonLoop,
  pythonOpenAi,
  pythonTools,
  unlessEmpty,
} from "./python-parts";

/** The request as a program in Python with OpenAI's library; null where the library cannot send it. */
export function pythonChat(sent: SentRequest, quirks: ChatQuirks, vitrine: string): Code | null {
  const body = bodyOf(sent);
  const address = splitAddress(sent.url, /\/chat\/completions$/);
  if (body === null || address === null || !("messages" in body && "model" in body)) return null;
  const { messages, ...rest } = body;
  const { named, others } = splitFields(rest, CHAT_FIELDS);
  const tools = offeredTools(body);
  const hasTools = tools.length > 0;
  const isStreamed = body["stream"] === true;
  const create = python`
    client.chat.completions.create(
        messages=messages,
        ${pythonArguments(named)}
        ${unlessEmpty("extra_body", others)}
    )`;
  const answer = isStreamed ? streamed(create, hasTools, quirks) : whole(create);
  return below(
    [
      pythonOpenAi(sent, address, { hasTools, isStreamed, vitrine }),
      pythonTools(tools),
      hasTools ? PYTHON_RUN : NOTHING,
      below([python`messages = ${messages ?? []}`, NOTHING, pythonLoop(hasTools, answer, AFTER)], 1),
    ],
    2,
  );
}

/** The answer goes back as the model gave it, with one result for each of its calls. */
const AFTER = python`
  if not message.get("tool_calls"):
      break
  messages.append(message)
  for call in message["tool_calls"]:
      result = run(call["function"]["name"], call["function"]["arguments"])
      messages.append({"role": "tool", "tool_call_id": call["id"], "content": result})`;

function streamed(create: Code, hasTools: boolean, { reasoningEcho, echoEmptyReasoning }: ChatQuirks): Code {
  const read = python`
    thought = getattr(delta, "reasoning_content", None) or getattr(delta, "reasoning", None)
    if thought:
        ${PRINT_THOUGHT(python`thought`)}
    if delta.content:
        ${PRINT_TEXT(python`delta.content`)}`;
  if (!hasTools) {
    return python`
      for chunk in ${create}:
          for choice in chunk.choices or []:
              delta = choice.delta
              ${read}
      print()`;
  }
  const field = reasoningEcho === "reasoning_details" ? "reasoning" : reasoningEcho;
  const echo =
    field === null
      ? NOTHING
      : python`
          ${echoEmptyReasoning === true ? python`if thoughts or calls:` : python`if thoughts:`}
              message[${field}] = thoughts`;
  const details = reasoningEcho === "reasoning_details";
  return python`
    text = ""
    ${field === null ? NOTHING : python`thoughts = ""`}
    calls = {}
    ${details ? python`details = []` : NOTHING}
    for chunk in ${create}:
        for choice in chunk.choices or []:
            delta = choice.delta
            ${read}
            text += delta.content or ""
            ${field === null ? NOTHING : python`thoughts += thought or ""`}
            ${details ? python`details += getattr(delta, "reasoning_details", None) or []` : NOTHING}
            for piece in delta.tool_calls or []:
                # What the library has no name for, such as a signature, goes back too.
                call = calls.setdefault(piece.index, {"id": "", "type": "function", **(piece.model_extra or {})})
                call["id"] = piece.id or call["id"]
                function = call.setdefault("function", {"name": "", "arguments": ""})
                if piece.function:
                    function["name"] += piece.function.name or ""
                    function["arguments"] += piece.function.arguments or ""
    print()
    message = {"role": "assistant", "content": text or None}
    ${echo}
    ${
      details
        ? python`
            if details:
                message["reasoning_details"] = details`
        : NOTHING
    }
    if calls:
        message["tool_calls"] = list(calls.values())`;
}

function whole(create: Code): Code {
  return python`
    completion = ${create}
    message = completion.choices[0].message.to_dict()
    print(message.get("content") or "")`;
}
