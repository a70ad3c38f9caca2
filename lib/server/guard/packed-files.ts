/** Files of the page that the build has packed with brotli. They are sent from memory, without asking Next. */
import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";

import { CHUNK_POLICY } from "./reply-headers.mjs";

const TYPES: { readonly [extension: string]: string } = {
  ".css": "text/css; charset=utf-8",
  ".js": "application/javascript; charset=utf-8",
};

/** What is sent for a path: brotli. */
export type PackedFiles = ReadonlyMap<string, Buffer>;

/** The packed files of a build by the paths under which the page asks for them; none where it has not packed any. */
export function packedFiles(root: string): PackedFiles {
  const folder = path.join(/* turbopackIgnore: true */ root, ".next", "static");
  try {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return new Map(
      files
        .filter((file) => file.endsWith(".br"))
        .map((file) => [
          `/_next/static/${file.slice(0, -".br".length).split(path.sep).join("/")}`,
          readFileSync(path.join(folder, file)),
        ]),
    );
  } catch {
    // Not built, as while developing.
    return new Map();
  }
}

/**
 * Sends a packed file, and says whether it did. A first load asks for about twenty, while the page waits to paint, and
 * through Next each takes 2 ms of CPU. Whoever takes no brotli gets the file from Next.
 */
export function sendPacked(request: IncomingMessage, response: ServerResponse, packed: PackedFiles): boolean {
  // The refusal of another method is no packed file.
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  const [file = ""] = (request.url ?? "").split("?", 1);
  const bytes = packed.get(file);
  const type = TYPES[path.extname(file)];
  if (bytes === undefined || type === undefined) return false;
  response.setHeader("vary", "accept-encoding");
  if (!takesBrotli(request.headers["accept-encoding"])) return false;
  response.setHeader("content-encoding", "br");
  response.setHeader("content-type", type);
  response.setHeader("content-length", bytes.length);
  response.setHeader("content-security-policy", CHUNK_POLICY);
  // Its name is made from its content.
  response.setHeader("cache-control", "public, max-age=31536000, immutable");
  response.end(request.method === "HEAD" ? undefined : bytes);
  return true;
}

function takesBrotli(header: string | string[] | undefined): boolean {
  return /(?:^|,)\s*br\s*(?:,|$|;\s*q\s*=\s*(?!0(?:\.0*)?\s*(?:,|$)))/.test(String(header ?? ""));
}
