import { newSecretNames } from "@/lib/tools/formats/secret-names";
import { takeBindingSecrets } from "@/lib/tools/formats/take-secrets";
import type { HttpTemplate, ToolDefinition } from "@/lib/tools/tool";

/** Tools that send a request as curl commands, with a placeholder for each argument. Pure. */
export function writeCurl(tools: readonly ToolDefinition[]): { text: string; notes: readonly string[] } {
  const notes: string[] = [];
  const names = newSecretNames(tools);
  const commands = tools.flatMap((tool) => {
    const { binding, notes: taken } = takeBindingSecrets(tool.binding, names);
    notes.push(...taken.map((note) => `${tool.name}: ${note}`));
    if (binding.kind === "http") return [command(tool.name, binding.request)];
    notes.push(`${tool.name} is left out: it sends no request.`);
    return [];
  });
  const always = commands.length === 0 ? [] : ["A curl command holds no types, descriptions or names."];
  return { text: commands.length === 0 ? "" : `${commands.join("\n\n")}\n`, notes: [...always, ...notes] };
}

function command(name: string, { method, url, headers, body }: HttpTemplate): string {
  const lines = [
    `curl ${method === "GET" ? "" : `-X ${method} `}${quote(url)}`,
    ...headers.map((header) => `-H ${quote(`${header.name}: ${header.value}`)}`),
    ...(body === null ? [] : [`--data-raw ${quote(body)}`]),
  ];
  return `# ${name.replace(/[\r\n]/g, " ")}\n${lines.join(" \\\n  ")}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
