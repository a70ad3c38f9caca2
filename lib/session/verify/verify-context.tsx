"use client";

import { createContext, type ReactNode, useContext } from "react";
import { useStore } from "zustand";

import type { VerifyActions, VerifyApp } from "./verify-app";
import type { VerifyState } from "./verify-state";

const VerifyContext = createContext<VerifyApp | null>(null);

/** Gives the components inside it what verifies. A page has one; a test brings its own. */
export function VerifyProvider({ app, children }: { app: VerifyApp; children: ReactNode }) {
  return <VerifyContext value={app}>{children}</VerifyContext>;
}

/** What `pick` reads from the state of verifying. Renders again only when that has changed. */
export function useVerify<T>(pick: (state: VerifyState) => T): T {
  return useStore(useProvided().store, pick);
}

/** Everything a person can do with runs. Always the same object. */
export function useVerifyActions(): VerifyActions {
  return useProvided().actions;
}

function useProvided(): VerifyApp {
  const app = useContext(VerifyContext);
  if (app === null) throw new Error("This component needs a VerifyProvider around it.");
  return app;
}
