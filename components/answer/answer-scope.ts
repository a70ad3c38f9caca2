"use client";

import { createContext, useContext } from "react";

import type { LaneId, TurnId } from "@/lib/session/store/session";
import type { WaitingCall } from "@/lib/session/store/waiting-calls";

/** What stays the same for one answer, for whatever draws a piece of it. */
export type AnswerScope = {
  readonly turnId: TurnId;
  readonly laneId: LaneId;
  /** Another tab owns the session: nothing here can be changed. */
  readonly readOnly: boolean;
  /** Opens the inspector at a step of this answer. */
  readonly openInspector: (stepId: string) => void;
};

export const AnswerScopeContext = createContext<AnswerScope | null>(null);

/** The answer that a component draws a piece of. */
export function useAnswerScope(): AnswerScope {
  const scope = useContext(AnswerScopeContext);
  if (scope === null) throw new Error("A piece of an answer needs an AnswerScopeContext around it.");
  return scope;
}

/** Whether the calls of a step take results: "passed-over" once the lane has gone on without them. */
export type Answering = "open" | "passed-over" | "closed";

/** The same for the calls of the step that a component draws a piece of. */
export const AnsweringContext = createContext<Answering>("closed");

/** Ends of the rows' time axes in ms, in the order of the rows. */
export const RowScalesContext = createContext<readonly number[]>([]);

/** ms that a full strip stands for before anything is known. */
export const FIRST_SCALE_MS = 1_000;

/** ms that a full strip stands for, one for all lanes of the row that an answer stands in. */
export const ScaleContext = createContext(FIRST_SCALE_MS);

/** How the screen opens the inspector at a step. */
export const OpenInspectorContext = createContext<(turn: TurnId, stepId: string) => void>(() => undefined);

/** How the screen opens the comparison of this answer with another. */
export const CompareContext = createContext<(turn: TurnId) => void>(() => undefined);

/** How the screen offers the formats in which an answer is saved. */
export const ExportTurnContext = createContext<(turn: TurnId) => void>(() => undefined);

/** How the screen leads to verifying. null where nothing is verified from, such as in a test of one part. */
export type VerifyLink = {
  /** Plans a run of this lane, or of all. */
  readonly onVerify: (lane: LaneId | null) => void;
  /** Makes a case of this answer. */
  readonly onSaveCase: (turn: TurnId) => void;
};

export const VerifyLinkContext = createContext<VerifyLink | null>(null);

/** Thoughts stay open once the answer begins. */
export const KeptThoughtsContext = createContext(false);

/** The calls that wait for a result in the row that an answer stands in, its own and those of other lanes. */
export const WaitingCallsContext = createContext<readonly WaitingCall[]>([]);
