/** What happens to a session when the person takes a tool or a server away. Pure. */
import type { LaneSetup } from "@/lib/providers/provider";
import type { Endpoint, Session } from "@/lib/session/store/session";

/** Forgets the session's copy of a tool and turns it off everywhere. */
export function withoutTool(session: Session, id: string): Session {
  return {
    ...session,
    tools: session.tools.filter((tool) => tool.id !== id),
    shared: { ...session.shared, ...turnedOff(session.shared, id) },
    lanes: session.lanes.map((lane) => ({ ...lane, own: { ...lane.own, ...turnedOff(lane.own, id) } })),
  };
}

/** Forgets the session's copy of a server. Lanes that use it keep its address and go on working. */
export function withoutEndpoint(session: Session, baseUrl: string): Session {
  const endpoints = session.endpoints.filter((endpoint) => endpoint.baseUrl !== baseUrl);
  return endpoints.length === session.endpoints.length ? session : { ...session, endpoints };
}

/** Follows a server to its new address and API style. */
export function withMovedEndpoint(session: Session, from: string, to: Endpoint): Session {
  const moved = <S extends Partial<LaneSetup>>(setup: S): S =>
    setup.endpoint === from ? { ...setup, endpoint: to.baseUrl, provider: to.provider } : setup;
  return {
    ...session,
    shared: moved(session.shared),
    lanes: session.lanes.map((lane) => ({ ...lane, own: moved(lane.own) })),
    endpoints: session.endpoints.filter((endpoint) => endpoint.baseUrl !== from),
  };
}

function turnedOff(setup: Partial<LaneSetup>, id: string): Pick<Partial<LaneSetup>, "tools"> {
  return setup.tools?.includes(id) ? { tools: setup.tools.filter((tool) => tool !== id) } : {};
}
