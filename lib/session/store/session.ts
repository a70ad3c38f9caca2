/** What is saved and named: a setup of lanes and the turns they made. Text that is still streaming lives in `live-turns.ts`. */
import type { QuestionAnswer } from "@/lib/contract/tool-run";
import type { AddressSecrets } from "@/lib/providers/base-url";
import type { LaneSetup } from "@/lib/providers/provider";
import type { CallEdit, TimedEvent, ToolResult } from "@/lib/stream/turn/event";
import type { Turn } from "@/lib/stream/turn/turn";
import type { McpServerRef, ToolBinding, ToolDefinition } from "@/lib/tools/tool";
import type { ToolSet } from "@/lib/tools/tool-set";

export type SessionId = string & { readonly __brand: "SessionId" };
export type LaneId = string & { readonly __brand: "LaneId" };
export type TurnId = string & { readonly __brand: "TurnId" };
export type PromptId = string & { readonly __brand: "PromptId" };
export type ImageId = string & { readonly __brand: "ImageId" };

export type Session = {
  readonly id: SessionId;
  readonly name: string;
  /** epoch ms */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly lanes: readonly Lane[];
  /** Settings of every lane that does not have its own. */
  readonly shared: LaneSetup;
  /** Copies of the tools that its lanes use or used. While the person has a tool, the person's counts (`person.ts`). */
  readonly tools: readonly ToolDefinition[];
  /** Copies of the servers that its lanes use or used, in the same way. Keys are never here. */
  readonly endpoints: readonly Endpoint[];
  /** Lanes that share one server run one after another. */
  readonly sequential: boolean;
  /** What is typed in the composer and has not been sent. */
  readonly draft: string;
  readonly draftImages: readonly DraftImage[];
};

/** A session without what is being written, and when. */
export type SessionSetup = Omit<Session, "draft" | "draftImages" | "updatedAt">;

/** The image formats that every dialect's providers read. */
export type ImageType = "image/png" | "image/jpeg" | "image/webp" | "image/gif";

/** An image of a prompt. Its bytes are stored separately, once, however many lanes and branches use it. */
export type ImageRef = {
  readonly id: ImageId;
  /** The file's name, for people. */
  readonly name: string;
  readonly mediaType: ImageType;
  /** px, turned as the file says. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
};

/** An image in the composer: what was attached, and what will be sent (the same, or a smaller copy). */
export type DraftImage = { readonly original: ImageRef; readonly sent: ImageRef };

export type ImageBytes = Uint8Array<ArrayBuffer>;

/** An image that has no id yet. */
export type NewImage = Omit<ImageRef, "id" | "bytes"> & { readonly bytes: ImageBytes };

/** The bytes behind an `ImageRef`. */
export type StoredImage = { readonly id: ImageId; readonly bytes: ImageBytes };

/** A person's own server. Its address holds no secret. */
export type Endpoint = {
  readonly name: string;
  readonly baseUrl: string;
  readonly provider: string;
  /** What was removed from the address as typed and must be entered again after a reload. Absent = nothing. */
  readonly asks?: AddressParts | undefined;
};

/** An MCP server that a person added. Its address and headers hold no secret. */
export type McpServer = Extract<McpServerRef, { readonly from: "person" }>;

/** Names of secret parts, never their values. */
export type AddressParts = { readonly login: boolean; readonly query: readonly string[] };

export type SettingKey = keyof LaneSetup;

export type Lane = {
  readonly id: LaneId;
  /** Settings whose link is broken: this lane's own values. All others come from `Session.shared`. */
  readonly own: Partial<LaneSetup>;
  /** The last turn of the branch on screen; null before the first prompt. */
  readonly leaf: TurnId | null;
  /** Share of the width, relative to the other lanes; 1 by default. */
  readonly width: number;
};

/**
 * One prompt in one lane. Turns form a tree per lane: a retry is a sibling with the same `promptId`, an
 * edited prompt a sibling with a new one. The same `promptId` in several lanes makes one row on screen.
 */
export type TurnRecord = {
  readonly id: TurnId;
  readonly sessionId: SessionId;
  readonly laneId: LaneId;
  readonly promptId: PromptId;
  readonly parentId: TurnId | null;
  readonly prompt: string;
  readonly images: readonly ImageRef[];
  /** epoch ms; the zero of all times in `turn`. */
  readonly createdAt: number;
  /** The lane's effective setup when the turn was sent. */
  readonly setup: LaneSetup;
  /** Another lane streamed from the same server at the same time, which affected its timings. */
  readonly sharedServer: boolean;
  /** What was changed in or left out of the request, as text for a person (see `WrittenRequest.notes`). */
  readonly notes: readonly string[];
  readonly turn: Turn;
  /**
   * What the run itself did, in order: everything of the turn's events that is not read from an answer's bytes. With
   * the records of its attempts it gives the turn again. Empty in a turn that was saved before it was kept.
   */
  readonly events: readonly TimedEvent[];
};

/** One call of one turn. */
export type CallRef = { readonly turnId: TurnId; readonly stepId: string; readonly partId: string };

/** What a list shows of a session. */
export type SessionSummary = {
  readonly id: SessionId;
  readonly name: string;
  /** epoch ms */
  readonly updatedAt: number;
  readonly createdAt: number;
  readonly lanes: number;
  /** Ids of the models that its lanes are set to, each once, in their order. */
  readonly models: readonly string[];
};

/** The part of a session that is exported. */
export type ExportScope =
  | { readonly of: "comparison" }
  | { readonly of: "lane"; readonly lane: LaneId }
  | { readonly of: "turn"; readonly turn: TurnId };

export type ExportFormat = "tape" | "go-vcr" | "har" | "sse" | "messages" | "markdown" | "html" | "otlp";

/** A file to save. */
export type ExportedFile = {
  readonly name: string;
  /** Its media type. */
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
  /** What the format cannot hold, one sentence each. */
  readonly losses: readonly string[];
};

export type SaveState =
  | { readonly state: "saved" }
  | { readonly state: "saving" }
  /** The store is full or broken: everything stays on screen and can be exported. */
  | { readonly state: "not-saved"; readonly message: string };

/** What a turn was asked. */
export type Asked = Pick<TurnRecord, "promptId" | "prompt" | "images">;

/** One row on screen: the turns that stand at the same place on the lanes' current branches. */
export type Row = {
  /** What all its lanes were asked; null where they hold different branches of the prompt. */
  readonly asked: Asked | null;
  /** When the place was first asked something, epoch ms. */
  readonly createdAt: number;
  readonly turns: ReadonlyMap<LaneId, TurnRecord>;
};

/** Where a prompt goes: to every lane, or to one. */
export type SendTarget = "all" | LaneId;

/** The outcome of sending a prompt. `why` is text for a person. */
export type SendOutcome =
  /** `lanes` took it; `busy` were still answering and did not. What was sent has left the draft. */
  | { readonly state: "sent"; readonly lanes: readonly LaneId[]; readonly busy: readonly LaneId[] }
  /** It is sent when the first server answers. Until then it stays in the draft, and Stop cancels it. */
  | { readonly state: "waiting" }
  /** No lane accepted it, and the draft is unchanged. */
  | { readonly state: "refused"; readonly why: string };

/** What a person can do. Every action is safe to call at any time; one that cannot act does nothing. */
export type SessionActions = {
  readonly newSession: () => void;
  readonly openSession: (id: SessionId) => Promise<void>;
  /** Takes the open session over from the tab that has it; that tab stops and saves it first, and can still read it. */
  readonly useHere: () => void;
  readonly renameSession: (id: SessionId, name: string) => void;
  /** Opens a copy. A notice explains where there is none. */
  readonly duplicateSession: (id: SessionId) => Promise<void>;
  /**
   * Removes it from the list; `undoDelete` brings it back until the page is left or another is deleted. Resolves to
   * whether it is deleted; where not, a notice explains.
   */
  readonly deleteSession: (id: SessionId) => Promise<boolean>;
  readonly undoDelete: () => Promise<void>;
  /** The lossless bundle as JSON text; a notice names what it lacks. Null when there is none, which a notice explains. */
  readonly exportSession: (id: SessionId) => Promise<string | null>;
  /** Writes a session or a part of it in a format; null when there is none, which a notice explains. */
  readonly exportAs: (
    id: SessionId,
    scope: ExportScope,
    format: ExportFormat,
  ) => Promise<ExportedFile | null>;
  /** All or nothing; a reason in a person's words when refused. Never rejects. */
  readonly importSession: (
    file: Blob | string,
  ) => Promise<
    { readonly ok: true; readonly id: SessionId } | { readonly ok: false; readonly reason: string }
  >;

  readonly addLane: () => void;
  readonly cloneLane: (lane: LaneId) => void;
  /** Stops it first. Its turns are kept until the session is left, so that `restoreLane` can bring it back. */
  readonly closeLane: (lane: LaneId) => void;
  readonly restoreLane: () => void;
  /** By this many lanes to the right, or to the left where it is below 0. */
  readonly moveLane: (lane: LaneId, by: number) => void;
  readonly setWidths: (widths: readonly number[]) => void;

  /** Sets fields for one lane: a linked field changes all lanes, an unlinked one this lane only. */
  readonly changeSetup: (lane: LaneId, patch: Partial<LaneSetup>) => void;
  /** Breaks the link of a field for this lane (it keeps its value), or restores it. */
  readonly setLinked: (lane: LaneId, key: SettingKey, linked: boolean) => void;
  /** Gives this lane the value that `source` shows, and its link; with the lane itself, its value goes to all. */
  readonly linkTo: (lane: LaneId, key: SettingKey, source: LaneId) => void;
  readonly setSequential: (sequential: boolean) => void;
  readonly setDraft: (draft: string) => void;
  /** Adds an image to the draft; false where it has as many as it can. */
  readonly attachImage: (image: NewImage) => boolean;
  /** Sends another size of a draft's image; "original" goes back to what was attached. */
  readonly resizeImage: (original: ImageId, size: NewImage | "original") => void;
  readonly detachImage: (original: ImageId) => void;

  readonly saveTool: (tool: ToolDefinition) => void;
  readonly removeTool: (id: string) => void;
  /** Adds a set of tools or changes the one with its id. Tools that only this session still has become the person's. */
  readonly saveToolSet: (set: ToolSet) => void;
  /** Its tools stay as they are, and on where they are on. */
  readonly removeToolSet: (id: string) => void;

  /** `secrets` are what was cut out of its address; they and the key are kept in this tab's memory only. */
  readonly addEndpoint: (endpoint: Endpoint, key: string | null, secrets?: AddressSecrets) => void;
  /** Gives a server another address, also in the lanes that use it. */
  readonly moveEndpoint: (from: string, to: string) => void;
  /** Gives the server at `baseUrl` another name, address or API style, also in the lanes that use it. */
  readonly changeEndpoint: (baseUrl: string, to: Endpoint, secrets?: AddressSecrets) => void;
  /** Kept in this tab's memory only. */
  readonly setAddressSecrets: (endpoint: Endpoint, secrets: AddressSecrets) => void;
  /** Returns what brings it back, with its key. */
  readonly removeEndpoint: (baseUrl: string) => () => void;
  /** Adds an MCP server. `from` is the address at which it was until now: the person's tools follow it; null = a new one. */
  readonly saveMcpServer: (server: McpServer, from: string | null) => void;
  /** Forgets it and its token; its tools stay. Returns what brings both back. */
  readonly removeMcpServer: (url: string) => () => void;
  /** Kept in this tab's memory only. `null` forgets it. */
  readonly setKey: (provider: string, endpoint: string | null, key: string | null) => void;

  /**
   * Sends to the idle lanes among all or the named ones; every other lane shows why it was skipped. A second send
   * replaces one that is waiting.
   */
  readonly send: (prompt: string, to: "all" | readonly LaneId[], images?: readonly ImageRef[]) => SendOutcome;
  readonly stop: (lane: LaneId) => void;
  readonly stopAll: () => void;
  /** A new branch with the same prompt. */
  readonly retry: (turn: TurnId) => void;
  /** A new branch that keeps the steps before this one, with their results, and asks it again. */
  readonly retryFrom: (turn: TurnId, stepId: string) => void;
  /** A new branch with another prompt, in every lane of that row. Without `images` it keeps those it had. */
  readonly editPrompt: (promptId: PromptId, prompt: string, images?: readonly ImageRef[]) => void;
  readonly showSibling: (turn: TurnId, by: -1 | 1) => void;
  /** The text before a lone closing think tag, in this part of an answer, is a thought from now on. */
  readonly readThought: (turn: TurnId, stepId: string, partId: string) => void;
  /** Gives a call its result; when every call of the step has one, the lane goes on by itself. */
  readonly answerCall: (call: CallRef, result: ToolResult) => void;
  /** Answers what a running tool asked. */
  readonly answerQuestion: (question: string, answer: QuestionAnswer) => Promise<void>;
  /** Changes the arguments that a call runs with; null = back to the model's own. */
  readonly editCall: (call: CallRef, edit: CallEdit | null) => void;
  /** Runs a call's tool where its binding runs; resolves when it has ended. */
  readonly runCall: (call: CallRef) => Promise<void>;
  /** Lets a tool run by itself in this tab as long as it and its server's definition stay what they are, and runs the call. */
  readonly allowTool: (call: CallRef, tool: ToolDefinition, binding: ToolBinding) => Promise<void>;
  /** Goes on where a lane stopped by itself: its waiting calls run, up to the limit of calls. */
  readonly goOn: (turn: TurnId) => void;
  /** Shows a turn whose calls were passed over on a new branch, where they wait for their results again. */
  readonly answerAgain: (turn: TurnId) => void;
  /** Asks the server to end the thinking phase (llama.cpp). */
  readonly endThinking: (turn: TurnId) => Promise<void>;
};
