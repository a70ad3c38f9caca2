/** Models and a prompt as a link that a person can write: `/?lane=llamacpp/gpt-oss-20b&lane=groq/moonshotai/kimi-k2&prompt=…`. */
import { findProvider } from "@/lib/providers/registry";
import { emptySetup, type FoundModel, firstSession } from "@/lib/session/store/first-session";
import { MAX_LANES } from "@/lib/session/store/lanes";
import type { Lane, LaneId, Session, SessionId } from "@/lib/session/store/session";

export type Link = { readonly lanes: readonly string[]; readonly prompt: string | null };

/** Begins the part of the page's address that holds a whole setup (`lib/session/link`). */
export const LINK_MARK = "#link=";

/** Whether the part of an address behind `#` is a link's. */
export function isLinkHash(hash: string): boolean {
  return hash.startsWith(LINK_MARK);
}

/** The comparison that a query string asks for, or null when it asks for none. Lanes over the limit are left out. */
export function readLink(search: string): Link | null {
  const query = new URLSearchParams(search);
  const lanes = query.getAll("lane").slice(0, MAX_LANES);
  const prompt = query.get("prompt");
  return lanes.length === 0 && prompt === null ? null : { lanes, prompt };
}

/** The session that a link opens, never run by itself. `notices` says of which lanes the model could not be had. */
export function sessionOfLink(
  link: Link,
  made: {
    readonly id: SessionId;
    readonly lane: () => LaneId;
    /** epoch ms */
    readonly now: number;
    readonly found: FoundModel | null;
  },
): { readonly session: Session; readonly notices: ReadonlyMap<LaneId, string> } {
  const { id, now, found } = made;
  const first = firstSession({ id, now, found, lanes: [made.lane(), made.lane()] });
  const draft = link.prompt ?? "";
  if (link.lanes.length === 0) return { session: { ...first, draft }, notices: new Map() };
  const notices = new Map<LaneId, string>();
  const lanes = link.lanes.map((text): Lane => {
    const asked = readLane(text);
    const lane = made.lane();
    if (!asked.ok) notices.set(lane, asked.why);
    const choice = asked.ok ? asked.choice : { provider: emptySetup(null).provider, model: "" };
    return { id: lane, own: { ...choice, endpoint: null, dialect: null }, leaf: null, width: 1 };
  });
  const session = { ...first, name: "Linked comparison", lanes, shared: emptySetup(found), draft };
  return { session, notices };
}

type AskedLane =
  | { readonly ok: true; readonly choice: FoundModel }
  | { readonly ok: false; readonly why: string };

/** Model ids hold slashes themselves, so the first one parts provider from model. */
function readLane(text: string): AskedLane {
  const slash = text.indexOf("/");
  const provider = text.slice(0, Math.max(slash, 0));
  const model = text.slice(slash + 1);
  if (provider === "" || model === "") {
    return { ok: false, why: `The link asks for "${text}", which is not provider/model. Choose a model.` };
  }
  const known = findProvider(provider);
  if (known === null || known.addedOnly === true) {
    const why = `The link asks for "${text}", but Vitrine knows no provider "${provider}". Choose a model.`;
    return { ok: false, why };
  }
  return { ok: true, choice: { provider, model } };
}
