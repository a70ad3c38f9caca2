/** What happens to a session's lists of tools and endpoints, as pure functions. */
import type { LaneSetup, ToolDefinition } from "@/lib/providers/provider";

import type { Endpoint, Session } from "./session";

/** Adds a tool, or replaces the one with the same id in its place. */
export function saveTool(session: Session, tool: ToolDefinition): Session {
  const known = session.tools.some((other) => other.id === tool.id);
  const tools = known
    ? session.tools.map((other) => (other.id === tool.id ? tool : other))
    : [...session.tools, tool];
  return { ...session, tools };
}

/** Removes a tool and turns it off everywhere. */
export function removeTool(session: Session, id: string): Session {
  if (!session.tools.some((tool) => tool.id === id)) return session;
  return {
    ...session,
    tools: session.tools.filter((tool) => tool.id !== id),
    shared: { ...session.shared, ...withoutTool(session.shared, id) },
    lanes: session.lanes.map((lane) => ({ ...lane, own: { ...lane.own, ...withoutTool(lane.own, id) } })),
  };
}

/** Adds a person's own server, or replaces the one at the same address. */
export function addEndpoint(session: Session, endpoint: Endpoint): Session {
  const others = session.endpoints.filter((other) => other.baseUrl !== endpoint.baseUrl);
  return { ...session, endpoints: [...others, endpoint] };
}

/** Removes a person's own server. Lanes that use it keep its address and go on working. */
export function removeEndpoint(session: Session, baseUrl: string): Session {
  const endpoints = session.endpoints.filter((endpoint) => endpoint.baseUrl !== baseUrl);
  return endpoints.length === session.endpoints.length ? session : { ...session, endpoints };
}

function withoutTool(setup: Partial<LaneSetup>, id: string): Pick<Partial<LaneSetup>, "tools"> {
  return setup.tools?.includes(id) ? { tools: setup.tools.filter((tool) => tool !== id) } : {};
}
