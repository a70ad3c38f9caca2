import { below, type Code, NOTHING } from "@/lib/code/code";
import { RESPONSES_FIELDS } from "@/lib/code/known-fields";
import { python } from "@/lib/code/languages";
import { bodyOf, offeredTools, type SentRequest, splitAddress, splitFields } from "@/lib/code/sent-request";

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
export function pythonResponses(sent: SentRequest, vitrine: string): Code | null {
  const body = bodyOf(sent);
  const address = splitAddress(sent.url, /\/responses$/);
  if (body === null || address === null || !("input" in body)) return null;
  const { input, ...rest } = body;
  const { named, others } = splitFields(rest, RESPONSES_FIELDS);
  const tools = offeredTools(body);
  const hasTools = tools.length > 0;
  const isStreamed = body["stream"] === true;
  const create = python`
    client.responses.create(
        input=items,
        ${pythonArguments(named)}
        ${unlessEmpty("extra_body", others)}
    )`;
  return below(
    [
      pythonOpenAi(sent, address, { hasTools, isStreamed, vitrine }),
      pythonTools(tools),
      hasTools ? PYTHON_RUN : NOTHING,
      below(
        [
          python`items = ${input ?? []}`,
          pythonLoop(hasTools, isStreamed ? streamed(create) : whole(create), AFTER),
        ],
        1,
      ),
    ],
    2,
  );
}

/** The items go back as the server sent them, with one output for each of the calls among them. */
const AFTER = python`
  calls = [item for item in output if item["type"] == "function_call"]
  if not calls:
      break
  items += output
  for call in calls:
      result = run(call["name"], call["arguments"])
      items.append({"type": "function_call_output", "call_id": call["call_id"], "output": result})`;

function streamed(create: Code): Code {
  return python`
    output = []
    for event in ${create}:
        if event.type == "response.output_text.delta":
            ${PRINT_TEXT(python`event.delta`)}
        elif event.type in ("response.reasoning_text.delta", "response.reasoning_summary_text.delta"):
            ${PRINT_THOUGHT(python`event.delta`)}
        elif event.type == "response.output_item.done":
            output.append(event.item.to_dict())
    print()`;
}

function whole(create: Code): Code {
  return python`
    response = ${create}
    output = [item.to_dict() for item in response.output]
    print(response.output_text)`;
}
