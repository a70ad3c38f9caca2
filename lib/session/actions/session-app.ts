import type { StoreApi } from "zustand/vanilla";

import type { LaneSetup } from "@/lib/providers/provider";
import type { Described } from "@/lib/run/describe/describe-tool";
import type { AttemptRecord } from "@/lib/run/record";
import type { WrittenLink } from "@/lib/session/link/write-link";
import type { DescribeRequest } from "@/lib/session/run/describe-in-lane";
import type { PageSender } from "@/lib/session/run/page-sender";
import type { ApiResult } from "@/lib/session/servers/api-client";
import type { McpClient } from "@/lib/session/servers/mcp-client";
import type { PromptTokens, RenderedPrompt, SentRequest } from "@/lib/session/servers/render-prompt";
import type { ToolPrices } from "@/lib/session/servers/tool-price";
import type { AppState } from "@/lib/session/store/app-state";
import type { LiveTurns } from "@/lib/session/store/live-turns";
import type { Notify } from "@/lib/session/store/notices";
import type { ImageBytes, ImageId, SessionActions, SessionId, TurnId } from "@/lib/session/store/session";
import type { ToolHosts } from "@/lib/tools/run-binding";
import type { ToolDefinition } from "@/lib/tools/tool";

import type { PageAddress } from "./link-reader";
import type { RecordingActions } from "./recording-actions";

/** The running page without its components: state, streaming turns and everything a person can do. */
export type SessionApp = {
  readonly store: StoreApi<AppState>;
  readonly live: LiveTurns;
  readonly actions: SessionActions;
  readonly recordings: RecordingActions;
  readonly page: PageActions;
  /** What tools need from this page. */
  readonly hosts: ToolHosts;
  /** Sends requests that belong to no comparison. */
  readonly sender: PageSender;
  /** Reads the saved sessions and begins to watch servers. Returns what ends it. Called once, in the browser. */
  readonly start: (address: PageAddress) => () => void;
};

/** One call about MCP servers. */
export type AskMcp = <Value>(
  ask: (client: McpClient) => Promise<ApiResult<Value>>,
) => Promise<ApiResult<Value>>;

/** What a person can do beside the session itself. Safe to call at any time. */
export type PageActions = {
  /** Puts a notice on screen. */
  readonly notify: Notify;
  readonly dismissNotice: (id: string) => void;
  /** Says yes or no to `AppState.question`. */
  readonly answerQuestion: (isAllowed: boolean) => void;
  /** Asks the app's server now what exists; it also does so by itself. */
  readonly refreshServers: () => void;
  /** Fetches a server's model list into `servers.models`; a list that is there stays until `again`. */
  readonly loadModels: (provider: string, endpoint: string | null, again?: boolean) => void;
  /** Asks an MCP server, with code that is fetched first. Never rejects: code that can't be fetched is a failure too. */
  readonly askMcp: AskMcp;
  /** Names of the secrets that the server's configuration lists for tools; empty where they can't be had. */
  readonly secretNames: () => Promise<readonly string[]>;
  /** Installs and starts the tiny demo model, or starts it again after a failure. */
  readonly installDemo: () => void;
  /**
   * The attempts of a turn's steps, oldest first: from memory, otherwise from the saved session. The one that runs is
   * there as far as it was received. A notice says where saved ones cannot be read, unless it is "quietly".
   */
  readonly recordsOf: (turn: TurnId, how?: "quietly") => Promise<readonly AttemptRecord[]>;
  /** A recorded request exactly as it was sent, the bytes of its images put back. */
  readonly sentRequest: (record: AttemptRecord) => Promise<string>;
  /** What a llama.cpp server's template makes of a request. Rejects where its code cannot be fetched. */
  readonly renderPrompt: (request: SentRequest) => Promise<RenderedPrompt>;
  /** The same with the ids of the prompt's tokens. Rejects where its code cannot be fetched. */
  readonly promptTokens: (request: SentRequest) => Promise<PromptTokens>;
  /**
   * What tools cost in a prompt of a lane. llama.cpp counts only while nothing runs (`isIdle`), a provider's counter only
   * where a person wants it to (`asksCounter`). null once `signal` aborts.
   */
  readonly priceTools: (
    setup: LaneSetup,
    tools: readonly ToolDefinition[],
    when: { readonly isIdle: boolean; readonly asksCounter: boolean },
    signal: AbortSignal,
  ) => Promise<ToolPrices | null>;
  /** The tool that a lane's model makes of a description. Nothing is saved. Never rejects. */
  readonly describeTool: (request: DescribeRequest) => Promise<Described>;
  /** The bytes of an image; null when they are not there. */
  readonly readImage: (id: ImageId) => Promise<ImageBytes | null>;
  /** The lossless bundle of a session that is saved, as a file name and its text. */
  readonly exportFileName: (id: SessionId) => string;
  /** A link to this site that opens the open comparison's setup and prompt. Rejects where its code cannot be fetched. */
  readonly shareLink: (origin: string) => Promise<WrittenLink>;
};
