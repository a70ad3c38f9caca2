/** Lint rules. The direction of imports is one table: each room names all that it may import. */

/** Rooms from low to high. `may`: folders of ours; `bans`: packages that do not belong there. */
const NO_PAGE = ["react", "react-dom", "react-dom/*", "next", "next/*", "zustand", "zustand/*", "idb"];
const PURE = [...NO_PAGE, "undici", "openai", "openai/*"];
const STREAM = ["lib/stream"];
const PROVIDERS = ["lib/stream", "lib/tools/tool", "lib/providers"];
const CONTRACT = [...PROVIDERS, "lib/contract"];
const TOOLS = ["lib/stream", "lib/tools"];
const RUN = [...CONTRACT, "lib/tools", "lib/run"];
const INSPECT = [...RUN, "lib/inspect"];
const COMPARE = [...INSPECT, "lib/compare"];
const TAPE = [...RUN, "lib/markdown", "lib/link", "lib/tape"];
const SESSION = [...TAPE, "lib/verify", "lib/session"];
const VERIFY = [...TAPE, "lib/inspect", "lib/verify"];
const CODE = [...PROVIDERS, "lib/run", "lib/code"];
const DRAWN = [...SESSION, "lib/inspect", "lib/compare", "lib/code", "components/ui", "components/markdown"];

export const ROOMS = [
  { room: "lib/stream/turn", may: ["lib/stream/turn"], bans: PURE },
  {
    room: "lib/stream/wire",
    may: ["lib/stream/turn", "lib/stream/wire", "lib/stream/figures/format-number"],
    bans: PURE,
  },
  { room: "lib/stream/figures", may: ["lib/stream/turn", "lib/stream/figures"], bans: PURE },
  { room: "lib/markdown", may: ["lib/markdown"], bans: PURE },
  { room: "lib/link", may: ["lib/link"], bans: PURE },
  { room: "lib/tools", may: TOOLS, bans: PURE },
  { room: "lib/providers", may: PROVIDERS, bans: NO_PAGE },
  ...["chat", "responses", "anthropic", "gemini"].map((dialect) => ({
    room: `lib/providers/dialects/${dialect}`,
    may: [
      ...STREAM,
      "lib/tools/tool",
      "lib/providers/provider",
      "lib/providers/rules",
      "lib/providers/dialects/shared",
      `lib/providers/dialects/${dialect}`,
    ],
    bans: NO_PAGE,
  })),
  { room: "lib/contract", may: CONTRACT, bans: PURE },
  { room: "lib/run", may: RUN, bans: PURE },
  { room: "lib/inspect", may: INSPECT, bans: PURE },
  { room: "lib/compare", may: COMPARE, bans: PURE },
  { room: "lib/tape", may: TAPE, bans: PURE },
  { room: "lib/verify", may: VERIFY, bans: PURE },
  { room: "lib/code", may: CODE, bans: PURE },
  { room: "lib/session", may: SESSION, bans: ["next", "next/*", "openai", "undici"] },
  { room: "lib/server", may: [...RUN, "lib/server", "package.json"], bans: ["react", "zustand", "idb"] },
  { room: "components/ui", may: ["components/ui"], bans: ["openai", "undici"] },
  {
    room: "components/markdown",
    may: ["lib/markdown", "components/ui", "components/markdown"],
    bans: ["openai", "undici"],
  },
  ...Object.entries({
    "json-editor": [],
    answer: ["json-editor"],
    images: [],
    lane: ["answer", "images"],
    composer: ["images"],
    tools: ["answer", "json-editor"],
    settings: [],
    servers: ["settings"],
    mcp: ["settings"],
    sessions: [],
    inspector: ["answer"],
    compare: ["answer", "inspector"],
    screen: [
      "answer",
      "images",
      "lane",
      "composer",
      "tools",
      "settings",
      "servers",
      "mcp",
      "sessions",
      "inspector",
      "compare",
    ],
    verify: ["answer", "compare", "inspector", "lane", "screen"],
  }).map(([name, others]) => ({
    room: `components/${name}`,
    may: [...DRAWN, ...[name, ...others].map((other) => `components/${other}`)],
    bans: ["openai", "undici"],
  })),
  { room: "cli", may: [...VERIFY, "lib/server", "cli"], bans: NO_PAGE },
  // Pages and what they mark "use client" stand beside each other here, and lint cannot see that mark. So only
  // the routes may import the server's code: whatever else is in `app` reaches it through a route.
  { room: "app", may: ["components", ...SESSION], bans: ["undici"] },
  { room: "app/api", may: [...RUN, "lib/server"], bans: NO_PAGE.filter((name) => !name.startsWith("next")) },
  { room: "app/sandbox", may: [...RUN, "lib/server"], bans: NO_PAGE },
  { room: "bench", may: ["bench", "e2e", "lib", "components", "scripts"], bans: [] },
  { room: "e2e", may: ["e2e", "lib", "scripts"], bans: [] },
  { room: "scripts", may: ["scripts", "e2e", "lib", "cli"], bans: [] },
];

/** What lies at the top: folders, and the one file of ours beside them. */
const TOPS = [...new Set(ROOMS.map(({ room }) => room.split("/")[0])), "proxy"];

/** Relative paths that a room may not take: all that leave a folder, or, in the tools, those to other rooms. */
function outward(room, may) {
  const deeper =
    room.startsWith("lib/") || room.startsWith("components/") || room.startsWith("app") || room === "cli";
  if (deeper)
    return { group: ["../**", "!../**/*.mjs"], message: "Another folder is imported by its @/ path." };
  const others = TOPS.filter((top) => !may.includes(top));
  const group = others.flatMap((top) =>
    ["..", "../..", "../../.."].flatMap((up) => [`${up}/${top}`, `${up}/${top}/**`]),
  );
  return { group, message: `${room} may import ${may.join(", ")} only.` };
}

function direction({ room, may, bans }) {
  return {
    files: [`${room}/**/*.ts`, `${room}/**/*.tsx`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["@/**", ...may.flatMap((folder) => [`!@/${folder}`, `!@/${folder}/**`])],
              message: `${room} may import ${may.length === 0 ? "nothing" : may.join(", ")} only.`,
            },
            outward(room, may),
            ...(bans.length > 0 ? [{ group: bans, message: `${room} does without this package.` }] : []),
          ],
        },
      ],
    },
  };
}

export default {
  plugins: ["typescript", "unicorn", "oxc", "import", "react", "jsx-a11y", "promise"],
  categories: { correctness: "error", suspicious: "error", perf: "error" },
  ignorePatterns: [".next/**", ".vitrine/**", "node_modules/**", "test-results/**", "playwright-report/**"],
  rules: {
    "typescript/consistent-return": "off",
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/no-floating-promises": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "typescript/consistent-type-imports": "error",
    "import/no-cycle": ["error", { ignoreTypes: false }],
    "import/no-unassigned-import": "off",
    "oxc/no-barrel-file": "error",
    "unicorn/filename-case": ["error", { case: "kebabCase" }],
    "react/react-in-jsx-scope": "off",
    "react/no-danger": "error",
    "no-eval": "error",
    "no-new-func": "error",
    "no-await-in-loop": "off",
  },
  overrides: [
    ...ROOMS.map(direction),
    {
      // Tests may look anywhere, what they share nowhere above.
      files: ["**/*.test.ts", "**/*.test.tsx", "app/__fixtures__/**"],
      rules: { "no-restricted-imports": "off" },
    },
    {
      files: ["lib/**/__fixtures__/**", "components/**/__fixtures__/**"],
      rules: {
        "no-restricted-imports": [
          "error",
          { patterns: [{ group: ["@/app/**"], message: "A fixture does not know the app." }] },
        ],
      },
    },
  ],
};
