import { findProvider } from "@/lib/providers/registry";
import type { AppState } from "@/lib/session/store/app-state";
import { isOwnServer } from "@/lib/session/store/consent";
import { emptySetup } from "@/lib/session/store/first-session";
import type { NewIds } from "@/lib/session/store/ids";
import { effectiveSetup } from "@/lib/session/store/lanes";
import { joinTools, type Person, withToolIds, withToolNames } from "@/lib/session/store/person";
import type { LaneId, Session } from "@/lib/session/store/session";

import { leftOutWords, type LinkContent, type LinkSetup } from "./link-content";

export type LinkedSession = {
  readonly session: Session;
  /** Why a lane is not what the link asked for, or what to know of it. */
  readonly notices: ReadonlyMap<LaneId, string>;
  /** What a person should know at once. */
  readonly message: string;
};

/**
 * The session that a link's content opens: new, never run by itself. Its tools and servers stay its own; where the
 * person has an equal tool, that one is used.
 */
export function linkedSession(
  content: LinkContent,
  made: {
    readonly ids: Pick<NewIds, "session" | "lane" | "step">;
    /** epoch ms */
    readonly now: number;
    readonly person: Person;
    readonly servers: Pick<AppState["servers"], "reply">;
    /** What it was opened from; a link unless told otherwise. */
    readonly from?: "link" | "recording";
  },
): LinkedSession {
  const { ids, now, person, from = "link" } = made;
  const tools = (content.tools ?? []).map((tool) => Object.assign({ id: ids.step(), approval: null }, tool));
  const idAt = (index: string) => tools[Number(index)]?.id ?? null;
  const open = (setup: LinkSetup): LinkSetup => ({
    ...setup,
    ...(setup.tools === undefined ? {} : { tools: setup.tools.flatMap((index) => idAt(index) ?? []) }),
    ...(setup.bindings === undefined ? {} : { bindings: withToolIds(setup.bindings, idAt) }),
  });
  const asked: Session = {
    id: ids.session(),
    name: content.name ?? "Linked comparison",
    createdAt: now,
    updatedAt: now,
    lanes: content.lanes.map(({ own, width = 1 }) => ({ id: ids.lane(), own: open(own), leaf: null, width })),
    shared: { ...emptySetup(null), ...open(content.shared) },
    tools,
    endpoints: content.endpoints ?? [],
    sequential: content.sequential ?? false,
    draft: content.prompt ?? "",
    draftImages: [],
  };
  const { renamed } = joinTools(person, tools, ids.step);
  const { session } = withToolNames(asked, [], renamed);
  const notices = new Map<LaneId, string>();
  for (const { id } of asked.lanes) {
    const { provider, model, endpoint } = effectiveSetup(asked, id);
    if (!isKnown({ provider, endpoint })) {
      notices.set(
        id,
        `The ${from} asks for "${provider}/${model}", but Vitrine knows no provider "${provider}". Choose a model.`,
      );
    } else if (!isOwnServer(endpoint, made)) {
      notices.set(
        id,
        `The ${from} names the server ${endpoint}, which is not one of yours. Vitrine asks you before it sends anything there.`,
      );
    }
  }
  const left = content.left === undefined ? [] : leftOutWords(content.left);
  return {
    session: {
      ...session,
      shared: { ...session.shared, ...withoutUnknown(session.shared, asked) },
      lanes: session.lanes.map(({ id, own, leaf, width }) => ({
        id,
        own: { ...own, ...withoutUnknown(own, asked) },
        leaf,
        width,
      })),
    },
    notices,
    message: [
      "Opened from a link. Nothing runs until you press Run.",
      ...(left.length > 0 ? [`Not in the link: ${left.join("; ")}.`] : []),
    ].join(" "),
  };
}

function isKnown({ provider, endpoint }: { readonly provider: string; readonly endpoint: string | null }) {
  const known = findProvider(provider);
  return known !== null && (known.addedOnly !== true || endpoint !== null);
}

/** No model in place of one that Vitrine cannot ask for. */
function withoutUnknown(setup: LinkSetup, { shared }: Pick<Session, "shared">): LinkSetup {
  if (setup.provider === undefined) return {};
  const endpoint = setup.endpoint === undefined ? shared.endpoint : setup.endpoint;
  if (isKnown({ provider: setup.provider, endpoint })) return {};
  return { provider: emptySetup(null).provider, endpoint: null, dialect: null, model: "" };
}
