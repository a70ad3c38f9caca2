import type { z } from "zod";

/** The first complaint about a body that does not have its shape, with the path to it. */
export function firstProblem(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? "invalid" : `${issue.path.map(String).join(".")}: ${issue.message}`;
}
