import { readFileSync } from "node:fs";

import { CHUNK_POLICY, EVERYWHERE, NO_CONTENT_POLICY } from "./lib/server/guard/reply-headers.mjs";
import { setProjectRoot } from "./lib/server/project-root.mjs";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

// Next reads this file where it lies whenever it starts, and bundles all others.
setProjectRoot(import.meta.dirname);

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  // Written into the page: lib/session/page/version.ts.
  env: { VITRINE_VERSION: version },
  reactStrictMode: true,
  images: { unoptimized: true },
  // Bundled, a broken status line from an upstream holds the whole server up for a minute: Node 20 reads the one
  // long line that undici becomes, to quote the check that failed.
  // The MCP client starts processes, which a bundle has no use for.
  serverExternalPackages: ["undici", "@modelcontextprotocol/client"],
  // Replies are compressed but for relayed answers: those say `no-transform`, and each of their events is sent at once.
  // Scripts and styles come packed from the build, which is smaller still.
  compress: true,
  headers: async () => [
    { source: "/:path*", headers: EVERYWHERE },
    { source: "/api/:path*", headers: [{ key: "Content-Security-Policy", value: NO_CONTENT_POLICY }] },
    { source: "/_next/static/:path*", headers: [{ key: "Content-Security-Policy", value: CHUNK_POLICY }] },
  ],
};
