/** What all programs in Python have in common. */
import { below, type Code, nameOf, NOTHING, remark, type Value } from "@/lib/code/code";
import { python } from "@/lib/code/languages";
import { LIBRARIES, type Library } from "@/lib/code/library";
import {
  functionNames,
  type KeySource,
  keySourceOf,
  type OfferedTool,
  type SentRequest,
  type SplitAddress,
} from "@/lib/code/sent-request";

/** The first lines: what the program needs. */
export function pythonHead({ name, version, least }: Library, vitrine: string): Code {
  return python`
    # ${remark(`Written by Vitrine ${vitrine} for Python ${least} or newer and ${name} ${version}:`)}
    # ${remark(`pip install ${name}==${version}`)}`;
}

/** The key, from the environment. Every library wants one, so a server without keys gets a word in its place. */
export function pythonKey(key: KeySource | null): Code {
  if (key === null) return python`${"none"}`;
  if (key.isOptional) return python`os.environ.get(${key.variable}, ${"none"})`;
  return python`os.environ[${key.variable}]`;
}

/** The first lines of a program with OpenAI's library: what it needs, what it imports, and its client. */
export function pythonOpenAi(
  sent: SentRequest,
  address: SplitAddress,
  { hasTools, isStreamed, vitrine }: { hasTools: boolean; isStreamed: boolean; vitrine: string },
): Code {
  return python`
    ${pythonHead(LIBRARIES.openaiPython, vitrine)}
    ${hasTools ? python`import json` : NOTHING}
    import os
    ${isStreamed ? python`import sys` : NOTHING}

    from openai import OpenAI

    client = OpenAI(
        base_url=${address.base},
        api_key=${pythonKey(keySourceOf(sent))},
        ${unlessEmpty("default_query", address.query)}
    )`;
}

/** Arguments by name, one on a line. */
export function pythonArguments(fields: Readonly<Record<string, Value>>): Code {
  return below(Object.entries(fields).map(([name, value]) => python`${nameOf(name)}=${value},`));
}

/** An argument that is left out where there is nothing to give. */
export function unlessEmpty(name: string, fields: { readonly [key: string]: Value }): Code {
  return Object.keys(fields).length === 0 ? NOTHING : pythonArguments({ [name]: fields });
}

/** A function for each tool, to be filled in, and the one that runs a call; nothing without tools. */
export function pythonTools(tools: readonly OfferedTool[]): Code {
  if (tools.length === 0) return NOTHING;
  const names = functionNames(tools, (words) => `run_${words.join("_").toLowerCase()}`);
  const nameFor = ({ name }: OfferedTool): Code => nameOf(names.get(name) ?? "run_tool");
  const functions = tools.map(
    (tool) => python`
      def ${nameFor(tool)}(arguments: dict) -> str:
          ${tool.description === "" ? NOTHING : python`${tool.description}`}
          raise NotImplementedError(${`Your code for ${tool.name} goes here.`})`,
  );
  const table = python`
    functions = {
        ${below(tools.map((tool) => python`${tool.name}: ${nameFor(tool)},`))}
    }`;
  return below([...functions, table], 2);
}

/** Runs a call whose arguments are JSON text. A call that cannot be run is answered with the reason. */
export const PYTHON_RUN = python`
  def run(name: str, arguments: str) -> str:
      if name not in functions:
          return f"Error: there is no tool named {name}."
      try:
          parsed = json.loads(arguments or "{}")
      except ValueError as error:
          return f"Error: the arguments are not valid JSON: {error}"
      return functions[name](parsed)`;

/** Runs a call whose arguments the library has parsed. */
export const PYTHON_RUN_PARSED = python`
  def run(name: str, arguments: dict) -> str:
      if name not in functions:
          return f"Error: there is no tool named {name}."
      return functions[name](arguments)`;

/** The body of the program: once, or as often as the model calls tools. */
export function pythonLoop(hasTools: boolean, once: Code, after: Code): Code {
  if (!hasTools) return once;
  return python`
    # The model may call tools in this many steps.
    for _ in range(${STEPS}):
        ${once}
        ${after}`;
}

const STEPS = 10;

/** Prints a piece of the answer. */
export const PRINT_TEXT = (piece: Code): Code => python`print(${piece}, end="", flush=True)`;
/** Prints a piece of the reasoning, apart from the answer. */
export const PRINT_THOUGHT = (piece: Code): Code =>
  python`print(${piece}, end="", file=sys.stderr, flush=True)`;
