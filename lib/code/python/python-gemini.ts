import { below, type Code, NOTHING, type Value } from "@/lib/code/code";
import { readGeminiRequest } from "@/lib/code/gemini-request";
import { python } from "@/lib/code/languages";
import { LIBRARIES } from "@/lib/code/library";
import { bodyOf, keySourceOf, offeredTools, type SentRequest } from "@/lib/code/sent-request";
import type { Json } from "@/lib/stream/turn/json";
import { isList, isObject } from "@/lib/stream/turn/json-read";

import {
  PRINT_TEXT,
  PRINT_THOUGHT,
  PYTHON_RUN_PARSED,
  pythonHead,
  pythonKey,
  pythonLoop,
  pythonTools,
} from "./python-parts";

/** The request as a program in Python with Google's library; null where the library cannot send it. */
export function pythonGemini(sent: SentRequest, vitrine: string): Code | null {
  const request = readGeminiRequest(sent);
  const body = bodyOf(sent);
  if (request === null || body === null) return null;
  const { server, apiVersion, model, isStreamed, settings, others } = request;
  const contents = withBytes(request.contents);
  const tools = offeredTools(body);
  const config: Value = {
    ...settings,
    ...(tools.length === 0 ? {} : { automaticFunctionCalling: { disable: true } }),
    ...(Object.keys(others).length === 0 ? {} : { httpOptions: { extraBody: others } }),
  };
  const call = python`
    model=${model},
    contents=contents,
    ${Object.keys(config).length === 0 ? NOTHING : python`config=${config},`}`;
  return below(
    [
      python`
        ${pythonHead(LIBRARIES.geminiPython, vitrine)}
        ${contents === request.contents ? NOTHING : python`import base64`}
        import os
        ${isStreamed ? python`import sys` : NOTHING}

        from google import genai

        client = genai.Client(
            api_key=${pythonKey(keySourceOf(sent))},
            http_options={"base_url": ${server}, "api_version": ${apiVersion}},
        )`,
      pythonTools(tools),
      tools.length > 0 ? PYTHON_RUN_PARSED : NOTHING,
      below(
        [
          python`contents = ${contents}`,
          pythonLoop(tools.length > 0, isStreamed ? streamed(call) : whole(call), AFTER),
        ],
        1,
      ),
    ],
    2,
  );
}

/** The parts go back with their signatures where they were, and all results stand in the next content. */
const AFTER = python`
  calls = [part.function_call for part in parts if part.function_call]
  if not calls:
      break
  contents.append({"role": "model", "parts": parts})
  results = [
      {
          "functionResponse": {
              **({"id": call.id} if call.id else {}),
              "name": call.name,
              "response": {"result": run(call.name, call.args or {})},
          }
      }
      for call in calls
  ]
  contents.append({"role": "user", "parts": results})`;

function streamed(call: Code): Code {
  return python`
    parts = []
    for chunk in client.models.generate_content_stream(
        ${call}
    ):
        for candidate in chunk.candidates or []:
            for part in candidate.content.parts or [] if candidate.content else []:
                parts.append(part)
                if part.text and part.thought:
                    ${PRINT_THOUGHT(python`part.text`)}
                elif part.text:
                    ${PRINT_TEXT(python`part.text`)}
    print()`;
}

function whole(call: Code): Code {
  return python`
    response = client.models.generate_content(
        ${call}
    )
    parts = response.candidates[0].content.parts
    print("".join(part.text for part in parts if part.text and not part.thought))`;
}

/** The library wants bytes where the API has them in base64, in either of its alphabets. The same value where none are. */
function withBytes(value: Json): Value {
  if (isList(value)) {
    const items = value.map(withBytes);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isObject(value)) return value;
  const fields = Object.entries(value).map(([name, field]): [string, Value] => [
    name,
    typeof field === "string" && isBytes(name, value)
      ? python`base64.urlsafe_b64decode(${field.replaceAll("+", "-").replaceAll("/", "_")})`
      : withBytes(field),
  ]);
  return fields.every(([name, field]) => field === value[name]) ? value : Object.fromEntries(fields);
}

function isBytes(name: string, holder: { readonly [key: string]: Json }): boolean {
  return name === "thoughtSignature" || (name === "data" && "mimeType" in holder);
}
