import type { JsonObject } from "@/lib/stream/turn/json";
import type { ToolDefinition } from "@/lib/tools/tool";

/** A tool as a vendor's request or MCP's list has it. Pure. */
export type WriteTool = (tool: ToolDefinition) => JsonObject;

/** OpenAI's chat completions. */
export const chatTool: WriteTool = ({ name, description, parameters, strict }) => ({
  type: "function",
  function: { name, ...described(description), parameters, ...(strict === null ? {} : { strict }) },
});

/** OpenAI's Responses, where strict is on unless it is off. */
export const responsesTool: WriteTool = ({ name, description, parameters, strict }) => ({
  type: "function",
  name,
  ...described(description),
  parameters,
  strict: strict ?? false,
});

export const anthropicTool: WriteTool = ({ name, description, parameters, strict }) => ({
  name,
  ...described(description),
  input_schema: parameters,
  ...(strict === null ? {} : { strict }),
});

export const geminiTool: WriteTool = ({ name, description, parameters }) => ({
  name,
  ...described(description),
  parametersJsonSchema: parameters,
});

export const mcpTool: WriteTool = ({ name, description, parameters }) => ({
  name,
  ...described(description),
  inputSchema: parameters,
});

/** The schema of the arguments alone, with the tool's name for its title. */
export const schemaOnly: WriteTool = ({ name, description, parameters }) => {
  const { title: _title, description: _description, ...rest } = parameters;
  return { title: name, ...described(description), ...rest };
};

function described(description: string): JsonObject {
  return description === "" ? {} : { description };
}

/** A tool of Bedrock's Converse. */
export const bedrockTool: WriteTool = ({ name, description, parameters }) => ({
  toolSpec: { name, ...described(description), inputSchema: { json: parameters } },
});
