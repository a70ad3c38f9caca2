/** Tools that several cases share. */
import type { CaseAnswers, CaseTool } from "@/lib/verify/case";

import { like, writeTool } from "./build-case";

/** The weather at a place; without an answer the turn ends at the call. */
export function weatherTool(answers?: CaseAnswers | string): CaseTool {
  return writeTool({
    name: "weather",
    description: "Returns the current weather at a place.",
    properties: { location: { type: "string", description: "A city, such as Madrid" } },
    ...(answers === undefined ? {} : { answers }),
  });
}

/** The currency of one amount changed into another. */
export function currencyTool(answers?: CaseAnswers | string): CaseTool {
  return writeTool({
    name: "convert_currency",
    description: "Converts an amount of money at today's rate.",
    properties: {
      amount: { type: "number" },
      from: { type: "string", description: "Three-letter code of the currency, such as CHF" },
      to: { type: "string", description: "Three-letter code of the currency" },
    },
    ...(answers === undefined ? {} : { answers }),
  });
}

/** Finds files by what they are about. */
export const SEARCH_FILES: CaseTool = writeTool({
  name: "search_files",
  description: "Finds files whose name or text fits a query.",
  properties: { query: { type: "string" } },
});

/** A city, alone or with its region and country behind it. */
export function city(...names: readonly string[]) {
  return like(`^\\s*(?:${names.join("|")})(?:\\s*[,(].*)?\\s*$`);
}
