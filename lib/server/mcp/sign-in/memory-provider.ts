/** What an MCP client remembers of a sign-in (OAuth 2.1): in this process's memory, and nowhere else. */
import { randomBytes } from "node:crypto";

import type {
  OAuthClientProvider,
  OAuthDiscoveryState,
  StoredOAuthClientInformation,
  StoredOAuthTokens,
} from "@modelcontextprotocol/client";

import { McpRefusal } from "@/lib/server/mcp/refusal";
import { isLoopback } from "@/lib/server/upstream/address";

/** A client that the authorization server knows already. */
export type KnownClient = {
  readonly clientId: string;
  readonly clientSecret: string | null;
  /** The only authorization server that is shown them, whichever one the MCP server names. */
  readonly issuer: string;
};

export type MemoryProvider = {
  readonly provider: OAuthClientProvider;
  /** Where a person has to agree, since the last time this was asked for; null = nowhere. */
  readonly takeAsked: () => { readonly url: string; readonly state: string } | null;
  /** Whether there is a token to send. */
  readonly hasToken: () => boolean;
  /** Ends a sign-in with what was found out when it began. At any other time it is found out anew: it may have changed. */
  readonly finish: (end: (provider: OAuthClientProvider) => Promise<void>) => Promise<void>;
  /** Never shown in anything that comes back. */
  readonly secrets: () => readonly string[];
};

/** Remembers one sign-in. Clients and tokens are kept by the issuer that gave them. */
export function createMemoryProvider(redirectUrl: string, known: KnownClient | null): MemoryProvider {
  const clients = new Map<string, StoredOAuthClientInformation>();
  const tokens = new Map<string, StoredOAuthTokens>();
  let latest: StoredOAuthTokens | undefined;
  let discovery: OAuthDiscoveryState | undefined;
  let isFinishing = false;
  let verifier = "";
  let state = "";
  let asked: { readonly url: string; readonly state: string } | null = null;
  const provider: OAuthClientProvider = {
    redirectUrl,
    clientMetadata: {
      client_name: "Vitrine",
      redirect_uris: [redirectUrl],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
    },
    state: () => (state = randomBytes(16).toString("hex")),
    clientInformation: (context) =>
      known === null ? clients.get(context?.issuer ?? "") : asInformation(known),
    // A client that is known registers nowhere: its secret is for the one issuer.
    ...(known === null
      ? {
          saveClientInformation: (information, context) =>
            void clients.set(context?.issuer ?? "", information),
        }
      : {}),
    tokens: (context) => (context === undefined ? latest : tokens.get(context.issuer)),
    saveTokens: (saved, context) => {
      latest = saved;
      tokens.set(context?.issuer ?? "", saved);
    },
    redirectToAuthorization: (url) => {
      asked = { url: checkedPage(url), state };
    },
    saveCodeVerifier: (saved) => {
      verifier = saved;
    },
    codeVerifier: () => verifier,
    saveDiscoveryState: (saved) => {
      discovery = saved;
    },
    discoveryState: () => (isFinishing ? discovery : undefined),
    invalidateCredentials: (scope) => {
      if (scope === "all" || scope === "client") clients.clear();
      if (scope === "all" || scope === "tokens") {
        tokens.clear();
        latest = undefined;
      }
      if (scope === "all" || scope === "discovery") discovery = undefined;
    },
  };
  return {
    provider,
    takeAsked: () => {
      const taken = asked;
      asked = null;
      return taken;
    },
    hasToken: () => latest !== undefined,
    finish: async (end) => {
      isFinishing = true;
      try {
        await end(provider);
      } finally {
        isFinishing = false;
      }
    },
    secrets: () => {
      const given = [...clients.values()].map((client) => client.client_secret);
      const all = [...tokens.values()].flatMap(({ access_token: access, refresh_token: refresh }) => [
        access,
        refresh,
      ]);
      return [...all, ...given, known?.clientSecret, verifier].flatMap((secret) => secret || []);
    },
  };
}

function asInformation({ clientId, clientSecret, issuer }: KnownClient): StoredOAuthClientInformation {
  return {
    issuer,
    client_id: clientId,
    ...(clientSecret === null ? {} : { client_secret: clientSecret }),
  };
}

/** A person opens it by a click, and types a password there. */
function checkedPage(url: URL): string {
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) return url.href;
  throw new McpRefusal(
    `The page for signing in is at ${url.protocol}//${url.host}. Only https is opened, and http on this machine.`,
  );
}
