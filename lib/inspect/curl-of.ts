import type { AttemptRecord } from "@/lib/run/record";

/** The request as a curl command for a POSIX shell. Keys are never recorded, so a hosted provider's has to be added. */
export function curlOf({ url, request }: Pick<AttemptRecord, "url" | "request">): string {
  return `curl -N ${quoted(url)} \\\n  -H 'content-type: application/json' \\\n  -d ${quoted(request)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
