"use client";

import { useMemo } from "react";

import { answerList, type ListedAnswer } from "./answer-list";
import { useAppState } from "./session-context";

/** Every answer of the open comparison, those on other branches too. */
export function useAnswerList(): readonly ListedAnswer[] {
  const lanes = useAppState(({ session }) => session.lanes);
  const turns = useAppState((state) => state.turns);
  return useMemo(() => answerList(lanes, turns), [lanes, turns]);
}

/** Whether there are two answers, so that they can be compared. */
export function useHasOtherAnswers(): boolean {
  return useAppState(({ turns }) => turns.size > 1);
}
