import { below, type Code, NOTHING } from "@/lib/code/code";
import { MESSAGES_FIELDS } from "@/lib/code/known-fields";
import { python } from "@/lib/code/languages";
import { LIBRARIES } from "@/lib/code/library";
import {
  bodyOf,
  keySourceOf,
  offeredTools,
  type SentRequest,
  splitAddress,
  splitFields,
} from "@/lib/code/sent-request";
import type { Json } from "@/lib/stream/turn/json";

import {
  PRINT_TEXT,
  PRINT_THOUGHT,
  PYTHON_RUN_PARSED,
  pythonArguments,
  pythonHead,
  pythonKey,
  pythonLoop,
  pythonTools,
  unlessEmpty,
} from "./python-parts";

/** The request as a program in Python with Anthropic's library; null where the library cannot send it. */
export function pythonMessages(sent: SentRequest, vitrine: string): Code | null {
  const body = bodyOf(sent);
  const address = splitAddress(sent.url, /\/v1\/messages$/);
  if (body === null || address === null || !("messages" in body && "model" in body)) return null;
  const { messages, stream, ...rest } = body;
  const { named, others } = splitFields(rest, MESSAGES_FIELDS);
  const tools = offeredTools(body);
  const isStreamed = stream === true;
  // The library wants this field, some servers do not.
  const limit = "max_tokens" in named ? NOTHING : python`max_tokens=omit,`;
  const given = python`
    messages=messages,
    ${limit}
    ${pythonArguments(named)}
    ${unlessEmpty("extra_body", others)}`;
  const imported = limit === NOTHING ? python`Anthropic` : python`Anthropic, omit`;
  return below(
    [
      python`
        ${pythonHead(LIBRARIES.anthropicPython, vitrine)}
        import os
        ${isStreamed ? python`import sys` : NOTHING}

        from anthropic import ${imported}

        client = Anthropic(
            base_url=${address.base},
            api_key=${pythonKey(keySourceOf(sent))},
            ${unlessEmpty("default_query", address.query)}
        )`,
      pythonTools(tools),
      tools.length > 0 ? PYTHON_RUN_PARSED : NOTHING,
      below(
        [
          python`messages = ${messages ?? []}`,
          pythonLoop(tools.length > 0, isStreamed ? streamed(given) : whole(given, stream), AFTER),
        ],
        1,
      ),
    ],
    2,
  );
}

/** The answer goes back with its signed thoughts, and all results stand in the next message. */
const AFTER = python`
  calls = [block for block in message.content if block.type == "tool_use"]
  if not calls:
      break
  messages.append({"role": "assistant", "content": message.content})
  results = [
      {"type": "tool_result", "tool_use_id": call.id, "content": run(call.name, call.input)}
      for call in calls
  ]
  messages.append({"role": "user", "content": results})`;

function streamed(given: Code): Code {
  return python`
    with client.messages.stream(
        ${given}
    ) as stream:
        for event in stream:
            if event.type == "text":
                ${PRINT_TEXT(python`event.text`)}
            elif event.type == "thinking":
                ${PRINT_THOUGHT(python`event.thinking`)}
        message = stream.get_final_message()
    print()`;
}

function whole(given: Code, stream: Json | undefined): Code {
  return python`
    message = client.messages.create(
        ${given}
        ${stream === undefined ? NOTHING : python`stream=${stream},`}
    )
    print("".join(block.text for block in message.content if block.type == "text"))`;
}
