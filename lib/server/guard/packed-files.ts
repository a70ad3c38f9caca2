/** Files of the page that the build has packed with brotli, which Next does not do by itself. */
import { readdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";

const TYPES: { readonly [extension: string]: string } = {
  ".css": "text/css; charset=utf-8",
  ".js": "application/javascript; charset=utf-8",
};

/** The paths under which Next serves the packed files of a build; none where it has not packed any. */
export function packedFiles(root: string): ReadonlySet<string> {
  const folder = path.join(/* turbopackIgnore: true */ root, ".next", "static");
  try {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const packed = files.filter((file) => file.endsWith(".br"));
    return new Set(packed.map((file) => `/_next/static/${file.split(path.sep).join("/")}`));
  } catch {
    // Not built, as while developing.
    return new Set();
  }
}

/** Has Next send the packed file instead of the plain one, to a client that can unpack it. */
export function preferPacked(
  request: IncomingMessage,
  response: ServerResponse,
  packed: ReadonlySet<string>,
): void {
  // The refusal of another method is no packed file.
  if (request.method !== "GET" && request.method !== "HEAD") return;
  const [file = ""] = (request.url ?? "").split("?", 1);
  const type = TYPES[path.extname(file)];
  if (type === undefined || !packed.has(`${file}.br`)) return;
  response.setHeader("vary", "accept-encoding");
  if (!takesBrotli(request.headers["accept-encoding"])) return;
  request.url = `${file}.br`;
  response.setHeader("content-encoding", "br");
  response.setHeader("content-type", type);
}

function takesBrotli(header: string | string[] | undefined): boolean {
  return /(?:^|,)\s*br\s*(?:,|$|;\s*q\s*=\s*(?!0(?:\.0*)?\s*(?:,|$)))/.test(String(header ?? ""));
}
