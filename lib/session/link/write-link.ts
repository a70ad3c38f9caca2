import { packText } from "@/lib/link/packed-text";
import { readBaseUrl } from "@/lib/providers/base-url";
import type { LaneSetup } from "@/lib/providers/provider";
import { LINK_MARK } from "@/lib/session/actions/link";
import { emptySetup, GIVEN_NAMES } from "@/lib/session/store/first-session";
import { SETTING_KEYS } from "@/lib/session/store/lanes";
import { toolIdsOf, withToolIds } from "@/lib/session/store/person";
import type { Endpoint, Session } from "@/lib/session/store/session";
import type { ToolDefinition } from "@/lib/tools/tool";

import {
  LARGEST_TOOL,
  type LeftOut,
  leftOutWords,
  type LinkContent,
  type LinkSetup,
  LONG_LINK,
  LONGEST_LINK,
  LONGEST_PROMPT,
} from "./link-content";

export type WrittenLink =
  /** `said`: what a person should know of it. */
  | { readonly ok: true; readonly url: string; readonly message: string }
  | { readonly ok: false; readonly why: string };

type Linked = {
  readonly session: Pick<Session, "name" | "lanes" | "shared" | "sequential">;
  /** The tools and servers that its lanes can use. */
  readonly tools: readonly ToolDefinition[];
  readonly endpoints: readonly Endpoint[];
  readonly prompt: string;
  /** Images of the prompt. */
  readonly images: number;
};

/** The link that opens this setup with this prompt at a site. It holds no key and no secret of an address. */
export async function writeLink(linked: Linked, origin: string): Promise<WrittenLink> {
  const content = linkContentOf(linked);
  const url = `${origin}/${LINK_MARK}${await packText(JSON.stringify(content))}`;
  const length = url.length.toLocaleString("en");
  if (url.length > LONGEST_LINK) {
    const largest = largestParts(content);
    return {
      ok: false,
      why: `The link would have ${length} characters, and ${LONGEST_LINK.toLocaleString("en")} is the limit. Largest parts: ${largest.join(", ")}. Shorten or remove one, or export the comparison as a file.`,
    };
  }
  const left = content.left === undefined ? [] : leftOutWords(content.left);
  return {
    ok: true,
    url,
    message: [
      "Link copied. It carries the setup and the prompt, not answers or keys.",
      ...(left.length > 0 ? [`Not in it: ${left.join("; ")}.`] : []),
      ...(url.length > LONG_LINK
        ? [
            `It has ${length} characters; chat programs cut links longer than ${LONG_LINK.toLocaleString("en")}.`,
          ]
        : []),
    ].join(" "),
  };
}

/** What a link of this comparison carries. */
export function linkContentOf({ session, tools, endpoints, prompt, images }: Linked): LinkContent {
  const setups = [session.shared, ...session.lanes.map((lane) => lane.own)];
  const usedTools = new Set(setups.flatMap(toolIdsOf));
  const usedUrls = new Set(setups.map((setup) => setup.endpoint ?? null));
  const used = tools.filter(({ id }) => usedTools.has(id));
  const small = used.filter((tool) => JSON.stringify(tool).length <= LARGEST_TOOL);
  const left: LeftOut = {
    tools: used.filter((tool) => !small.includes(tool)).map(({ name }) => name),
    images,
    prompt: prompt.length > LONGEST_PROMPT,
  };
  const indexes = new Map(small.map(({ id }, index) => [id, String(index)]));
  const write = (setup: Partial<LaneSetup>) => writeSetup(setup, indexes, left);
  const sharedDefaults: LaneSetup = emptySetup(null);
  const servers = endpoints.filter(({ baseUrl }) => usedUrls.has(baseUrl)).map(withoutSecrets);
  return {
    ...(GIVEN_NAMES.includes(session.name) ? {} : { name: session.name.slice(0, 500) }),
    lanes: session.lanes.map(({ own, width }) => ({
      own: write(own),
      ...(width === 1 ? {} : { width }),
    })),
    shared: withoutDefaults(write(session.shared), sharedDefaults),
    ...(small.length > 0 ? { tools: small.map(({ id: _id, approval: _approval, ...tool }) => tool) } : {}),
    ...(servers.length > 0 ? { endpoints: servers } : {}),
    ...(session.sequential ? { sequential: true } : {}),
    ...(prompt === "" || left.prompt ? {} : { prompt }),
    ...(left.tools.length > 0 || left.images > 0 || left.prompt ? { left } : {}),
  };
}

/** The settings with indexes in the link's list in place of tools' ids. A choice of a tool that is left out goes with it. */
function writeSetup(
  setup: Partial<LaneSetup>,
  indexes: ReadonlyMap<string, string>,
  left: LeftOut,
): LinkSetup {
  const { tools, toolChoice, endpoint, bindings } = setup;
  return {
    ...setup,
    ...(tools === undefined ? {} : { tools: tools.flatMap((id) => indexes.get(id) ?? []) }),
    ...(bindings === undefined ? {} : { bindings: withToolIds(bindings, (id) => indexes.get(id) ?? null) }),
    ...(toolChoice?.kind === "named" && left.tools.includes(toolChoice.name)
      ? { toolChoice: { kind: "auto" as const } }
      : {}),
    ...(typeof endpoint === "string" ? { endpoint: publicAddress(endpoint) } : {}),
  };
}

function withoutDefaults(setup: LinkSetup, defaults: LaneSetup): LinkSetup {
  const kept: LinkSetup = {};
  for (const key of SETTING_KEYS) {
    if (key in setup && JSON.stringify(setup[key]) !== JSON.stringify(defaults[key])) {
      Object.assign(kept, { [key]: setup[key] });
    }
  }
  return kept;
}

function withoutSecrets({ name, baseUrl, provider, asks }: Endpoint): Endpoint {
  return { name, baseUrl: publicAddress(baseUrl), provider, ...(asks === undefined ? {} : { asks }) };
}

/** An address without what is kept like a key. Addresses are saved so; this holds it once more where they leave. */
function publicAddress(address: string): string {
  const read = readBaseUrl(address);
  return read.ok ? read.baseUrl : address;
}

const NAMED_PARTS = 3;

/** The largest parts of a link in words, largest first. */
function largestParts({ prompt, shared, lanes, tools }: LinkContent): readonly string[] {
  const parts = [
    { what: "the prompt", size: prompt?.length ?? 0 },
    ...[{ own: shared, of: "" }, ...lanes.map(({ own }, at) => ({ own, of: ` of lane ${at + 1}` }))].flatMap(
      ({ own, of }) => [
        { what: `the system prompt${of}`, size: own.system?.length ?? 0 },
        { what: `the answer schema${of}`, size: own.responseSchema ? sizeOf(own.responseSchema) : 0 },
        { what: `the samplers${of}`, size: own.samplers ? sizeOf(own.samplers) : 0 },
      ],
    ),
    ...(tools ?? []).map((tool) => ({ what: `the tool “${tool.name}”`, size: sizeOf(tool) })),
  ];
  return parts
    .filter(({ size }) => size > 0)
    .toSorted((a, b) => b.size - a.size)
    .slice(0, NAMED_PARTS)
    .map(({ what, size }) => `${what} (${size.toLocaleString("en")} characters)`);
}

function sizeOf(value: object): number {
  return JSON.stringify(value).length;
}
