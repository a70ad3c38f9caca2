import type { JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { ToolDefinition } from "@/lib/tools/tool";

import { anchorsOf } from "./check-schema";
import type { ToolProblem } from "./check-schema";
import { followChain } from "./follow-reference";
import { pointerTo } from "./json-pointer";
import { walkSchema } from "./walk-schema";

const STRICTEST = /^[\w-]{1,64}$/;
const GEMINI = /^[A-Za-z_][\w.:-]{0,63}$/;

/** What some providers reject in a tool and others accept. Each message names who rejects it. */
export function warnTool({ name, parameters }: ToolDefinition): readonly ToolProblem[] {
  return [...warnName(name), ...warnParameters(parameters, "/parameters")];
}

/** What some providers refuse in the schema of a tool's arguments; `path` is where it stands. */
export function warnParameters(parameters: JsonObject, path: string): readonly ToolProblem[] {
  return [...warnRoot(parameters, path), ...warnNodes(parameters, path)];
}

function warnName(name: string): ToolProblem[] {
  const messages = [
    ...(STRICTEST.test(name)
      ? []
      : ["OpenAI and Anthropic reject this name. They allow 1 to 64 letters, digits, _ and -."]),
    ...(GEMINI.test(name)
      ? []
      : [
          "Gemini rejects this name. It allows up to 64 letters, digits and _ . : -, starting with a letter or _.",
        ]),
  ];
  return messages.map((message) => ({ path: "/name", message }));
}

function warnRoot(parameters: JsonObject, path: string): ToolProblem[] {
  if (parameters["type"] === "object") return [];
  const message = 'OpenAI and Anthropic refuse parameters that do not themselves say "type": "object".';
  return [{ path, message }];
}

function warnNodes(parameters: JsonObject, from: string): ToolProblem[] {
  const anchors = anchorsOf(parameters);
  const found: ToolProblem[] = [];
  for (const { path, value } of walkSchema(parameters, from)) {
    if (!isObject(value)) continue;
    found.push(...warnDraft4(value, path));
    if (followChain(parameters, value, anchors).kind === "end") continue;
    const message = "These references form a circle. llama.cpp rejects them, and arguments can't be checked.";
    found.push({ path: pointerTo(path, "$ref"), message });
  }
  return found;
}

function warnDraft4(schema: JsonObject, path: string): ToolProblem[] {
  return ["exclusiveMinimum", "exclusiveMaximum"]
    .filter((keyword) => typeof schema[keyword] === "boolean")
    .map((keyword) => ({
      path: pointerTo(path, keyword),
      message: `${keyword} can be true or false only in draft 4 of JSON Schema. Anthropic rejects it; since draft 6 it is a number.`,
    }));
}
