import type { Json } from "@/lib/stream/turn/json";
import { writeJson } from "@/lib/stream/turn/json-read";

import { below, type Code, nameOf, NOTHING } from "./code";
import { jsonLines, shell } from "./languages";
import { keySourceOf, type SentRequest } from "./sent-request";

/**
 * The request as a curl command for a POSIX shell, whose body is the JSON that was sent. It stands on its own lines,
 * because a shell limits the length of an argument, and an image is longer. null where the body is not JSON.
 */
export function curl(sent: SentRequest): Code | null {
  const body = readable(sent.request);
  if (body === null) return null;
  const key = keySourceOf(sent);
  const keyHeader = key === null ? NOTHING : authHeader(sent, key.variable);
  return shell`
    ${key?.isOptional === true ? shell`# If the server needs a key, add ${keyHeader}` : NOTHING}
    curl -N ${sent.url} \\
      -H 'content-type: application/json' \\
      ${key?.isOptional === false ? shell`${keyHeader} \\` : NOTHING}
      ${below(extraHeaders(sent))}
      --data-binary @- <<'JSON'
    ${jsonLines`${body}`}
    JSON`;
}

function authHeader({ provider }: SentRequest, variable: string): Code {
  const name = nameOf(variable);
  const auth = provider?.auth ?? { kind: "bearer" };
  if (auth.kind === "bearer") return shell`-H "Authorization: Bearer $${name}"`;
  return shell`-H ${`${auth.name}: `}"$${name}"`;
}

function extraHeaders({ provider }: SentRequest): readonly Code[] {
  return Object.entries(provider?.headers ?? {}).map(([name, value]) => shell`-H ${`${name}: ${value}`} \\`);
}

/** The text on several lines where that changes nothing, or as it is; null for what is not JSON. */
function readable(text: string): string | null {
  try {
    const value: Json = JSON.parse(text);
    return writeJson(value) === text ? JSON.stringify(value, null, 2) : text;
  } catch {
    // Not JSON, or nested too deep to be written.
    return null;
  }
}
