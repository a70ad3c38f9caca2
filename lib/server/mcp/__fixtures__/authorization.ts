/** An MCP server that wants a sign-in, and the authorization server that it names. */
import { createHash, randomUUID } from "node:crypto";
import type http from "node:http";

import { type Stub, startStub } from "@/lib/server/__fixtures__/stub";
import type { McpServerRef } from "@/lib/tools/tool";

import { startRawServer } from "./raw-server";

export type Authorization = {
  readonly ref: McpServerRef;
  readonly authorization: Stub;
  readonly server: Stub;
  /** The grants of requests for tokens so far. */
  readonly grants: () => readonly string[];
  /** Makes every token given so far one that the server no longer accepts. */
  readonly expire: () => void;
  readonly close: () => Promise<void>;
};

export type AuthorizationOptions = {
  /** On top of what the authorization server says of itself. */
  readonly metadata?: (origin: string) => object;
  /** The authorization server that the MCP server names; its own by default. */
  readonly names?: string;
};

/** Both on free ports. A person agrees by opening the authorization page. */
export async function startAuthorization({
  metadata,
  names,
}: AuthorizationOptions = {}): Promise<Authorization> {
  const codes = new Map<string, URLSearchParams>();
  const accepted = new Set<string>();
  const grants: string[] = [];
  let given = 0;

  const token = (form: URLSearchParams): object | null => {
    grants.push(form.get("grant_type") ?? "");
    if (form.get("grant_type") === "authorization_code") {
      const asked = codes.get(form.get("code") ?? "");
      const challenge = createHash("sha256")
        .update(form.get("code_verifier") ?? "")
        .digest("base64url");
      if (asked === undefined || asked.get("code_challenge") !== challenge) return null;
      if (asked.get("redirect_uri") !== form.get("redirect_uri")) return null;
      codes.delete(form.get("code") ?? "");
    } else if (form.get("refresh_token") !== `refresh-canary-${String(given)}`) return null;
    given += 1;
    accepted.add(`access-canary-${String(given)}`);
    return {
      access_token: `access-canary-${String(given)}`,
      refresh_token: `refresh-canary-${String(given)}`,
      token_type: "Bearer",
      expires_in: 3600,
    };
  };

  const authorization: Stub = await startStub((response, { path, body }) => {
    const url = new URL(path, authorization.origin);
    if (url.pathname.startsWith("/.well-known/"))
      return json(response, { ...usual(authorization.origin), ...metadata?.(authorization.origin) });
    if (url.pathname === "/register")
      return json(response, { ...JSON.parse(body), client_id: "vitrine-client" }, 201);
    if (url.pathname === "/authorize") {
      const code = randomUUID();
      codes.set(code, url.searchParams);
      const back = new URL(url.searchParams.get("redirect_uri") ?? "");
      back.search = new URLSearchParams({
        code,
        state: url.searchParams.get("state") ?? "",
        iss: authorization.origin,
      }).toString();
      return response.writeHead(302, { location: back.href }).end();
    }
    const tokens = url.pathname === "/token" ? token(new URLSearchParams(body)) : null;
    return tokens === null ? json(response, { error: "invalid_grant" }, 400) : json(response, tokens);
  });

  const server = await startRawServer(({ authorization: header, method }) => {
    if (accepted.has(header?.replace("Bearer ", "") ?? ""))
      return method === "tools/call"
        ? { result: { content: [{ type: "text", text: `You sent ${header ?? ""}` }] } }
        : null;
    return (response) =>
      void response
        .writeHead(401, { "www-authenticate": `Bearer resource_metadata="${resource.origin}/resource"` })
        .end();
  });
  const resource = await startStub((response) =>
    json(response, {
      resource: server.ref.from === "person" ? server.ref.url : "",
      authorization_servers: [names ?? authorization.origin],
    }),
  );
  return {
    ref: server.ref,
    authorization,
    server,
    grants: () => grants,
    expire: () => accepted.clear(),
    close: async () => {
      await Promise.all([authorization.close(), server.close(), resource.close()]);
    },
  };
}

function usual(origin: string): object {
  return {
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    registration_endpoint: `${origin}/register`,
    response_types_supported: ["code"],
    code_challenge_methods_supported: ["S256"],
    authorization_response_iss_parameter_supported: true,
  };
}

function json(response: http.ServerResponse, value: object, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}
