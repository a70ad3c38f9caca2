/** What all programs in TypeScript have in common. */
import { below, type Code, nameOf, NOTHING, remark, type Value } from "@/lib/code/code";
import { typescript } from "@/lib/code/languages";
import { LIBRARIES, type Library } from "@/lib/code/library";
import {
  functionNames,
  type KeySource,
  keySourceOf,
  type OfferedTool,
  type SentRequest,
  type SplitAddress,
} from "@/lib/code/sent-request";

/** The first lines: what the program needs, one library or several. */
export function typescriptHead(library: Library, vitrine: string, beside: readonly Library[] = []): Code {
  const all = [library, ...beside];
  const named = all.map(({ name, version }) => `${name} ${version}`).join(", ");
  const wanted = all.map(({ name, version }) => `${name}@${version}`).join(" ");
  return typescript`
    // ${remark(`Written by Vitrine ${vitrine} for Node ${library.least} or newer and ${named}:`)}
    // ${remark(`npm install ${wanted}`)}`;
}

/** Reads the key from the environment into `apiKey`. Every library wants one, so a server without keys gets a word in its place. */
export function typescriptKey(key: KeySource | null): Code {
  if (key === null) return typescript`const apiKey = ${"none"};`;
  if (key.isOptional) return typescript`const apiKey = process.env[${key.variable}] ?? ${"none"};`;
  // Without a check, a library would look for the key of its own maker and send that.
  return typescript`
    const apiKey = process.env[${key.variable}];
    if (apiKey === undefined) throw new Error(${`${key.variable} is not set.`});`;
}

/** The first parts of a program with OpenAI's library: what it needs, and its client. */
export function typescriptOpenAi(sent: SentRequest, address: SplitAddress, vitrine: string): readonly Code[] {
  return [
    typescript`
      ${typescriptHead(LIBRARIES.openaiNode, vitrine)}
      import OpenAI from "openai";`,
    typescript`
      ${typescriptKey(keySourceOf(sent))}
      const client = new OpenAI({
        baseURL: ${address.base},
        apiKey,
        ${unlessEmpty("defaultQuery", address.query)}
      });`,
  ];
}

/** An option that is left out where there is nothing to give. */
export function unlessEmpty(name: string, value: { readonly [key: string]: Value }): Code {
  return Object.keys(value).length === 0 ? NOTHING : typescript`${nameOf(name)}: ${value},`;
}

/** A function for each tool, to be filled in, and the table of them; nothing without tools. */
export function typescriptTools(tools: readonly OfferedTool[]): Code {
  if (tools.length === 0) return NOTHING;
  const { functions, nameFor } = typescriptFunctions(tools);
  return below(
    [
      functions,
      typescript`
        const functions = new Map<string, (args: Arguments) => Promise<string>>([
          ${below(tools.map((tool) => typescript`[${tool.name}, ${nameFor(tool)}],`))}
        ]);`,
    ],
    1,
  );
}

/** A function for each tool, to be filled in, and what each is called. */
export function typescriptFunctions(tools: readonly OfferedTool[]): {
  readonly functions: Code;
  readonly nameFor: (tool: OfferedTool) => Code;
} {
  const names = functionNames(tools, (words) => `run${words.map(capitalized).join("")}`);
  const nameFor = ({ name }: OfferedTool): Code => nameOf(names.get(name) ?? "runTool");
  const functions = tools.map(
    (tool) => typescript`
      async function ${nameFor(tool)}(args: Arguments): Promise<string> {
        throw new Error(${`Your code for ${tool.name} goes here.`});
      }`,
  );
  return {
    functions: below([typescript`type Arguments = { [name: string]: unknown };`, ...functions], 1),
    nameFor,
  };
}

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Runs a call whose arguments are JSON text. A call that cannot be run is answered with the reason. */
export const TYPESCRIPT_RUN = typescript`
  async function run(name: string, text: string): Promise<string> {
    const call = functions.get(name);
    if (call === undefined) return "Error: there is no tool named " + name + ".";
    let args: Arguments;
    try {
      args = JSON.parse(text || "{}");
    } catch (error) {
      return "Error: the arguments are not valid JSON: " + String(error);
    }
    return call(args);
  }`;

/** Runs a call whose arguments the library has parsed. */
export const TYPESCRIPT_RUN_PARSED = typescript`
  async function run(name: string, args: Arguments): Promise<string> {
    const call = functions.get(name);
    if (call === undefined) return "Error: there is no tool named " + name + ".";
    return call(args);
  }`;

/** The body of the program: once, or as often as the model calls tools. */
export function typescriptLoop(hasTools: boolean, once: Code, after: Code): Code {
  if (!hasTools) return once;
  return typescript`
    // The model may call tools in this many steps.
    for (let step = 0; step < ${STEPS}; step += 1) {
      ${once}
      ${after}
    }`;
}

/** Steps in which the model may call tools. */
export const STEPS = 10;
