import type { ReactNode } from "react";

import { type AnswerScope, AnswerScopeContext } from "@/components/answer/answer-scope";
import type { SessionApp } from "@/lib/session/actions/session-app";
import { SessionProvider } from "@/lib/session/hooks/session-context";
import { laneId, turnId } from "@/lib/session/store/ids";

const SCOPE: AnswerScope = {
  turnId: turnId("turn"),
  laneId: laneId("lane"),
  readOnly: false,
  openWire: () => undefined,
};

/** What a piece of an answer has around it: a session, and the answer it belongs to. */
export function inAnswer(app: SessionApp, piece: ReactNode, scope: Partial<AnswerScope> = {}): ReactNode {
  return (
    <SessionProvider app={app}>
      <AnswerScopeContext value={{ ...SCOPE, ...scope }}>{piece}</AnswerScopeContext>
    </SessionProvider>
  );
}
