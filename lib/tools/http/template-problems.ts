/** What is wrong with each field of a request's template, while it is written. Pure. */
import type { HttpTemplate } from "@/lib/tools/tool";

import { isOptional, placeholdersIn, secretOf } from "./placeholders";
import { headerNameProblem, readTemplate } from "./render-request";

/** A field's problem in words; null = none. */
export type TemplateProblems = {
  readonly url: string | null;
  /** One for each header, in their order. */
  readonly headers: readonly { readonly name: string | null; readonly value: string | null }[];
  readonly body: string | null;
};

/** `names`: the arguments that the tool's schema has; a field that uses another one says so. */
export function templateProblems(request: HttpTemplate, names: readonly string[]): TemplateProblems {
  const { url, headers, body, method } = request;
  const address = readTemplate(request);
  return {
    // Nothing is wrong with a field that nobody has typed into yet.
    url: url === "" ? null : address.ok ? unknownArguments(url, names) : address.message,
    headers: headers.map(({ name, value }) => ({
      name: name === "" && value === "" ? null : headerNameProblem(name),
      value: unknownArguments(value, names),
    })),
    body:
      body !== null && method === "GET"
        ? "A GET request has no body. Use POST, or remove the body."
        : unknownArguments(body ?? "", names),
  };
}

function unknownArguments(text: string, names: readonly string[]): string | null {
  const unknown = placeholdersIn(text)
    .filter((name) => secretOf(name) === null)
    .map((name) => (isOptional(name) ? name.slice(0, -1) : name))
    .find((name) => !names.includes(name) && !names.includes(name.split(".")[0] ?? ""));
  return unknown === undefined ? null : `The tool's schema has no argument "${unknown}".`;
}
