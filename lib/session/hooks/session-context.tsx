"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useStore } from "zustand";

import type { SessionApp } from "@/lib/session/actions/session-app";
import type { AppState } from "@/lib/session/store/app-state";
import { differingSettings } from "@/lib/session/store/lanes";
import { endpointsAtHand, toolsAtHand } from "@/lib/session/store/person";
import { bestOfRows, sharedServers } from "@/lib/session/store/row-marks";
import type { Session, SessionSetup } from "@/lib/session/store/session";
import { rowsOf } from "@/lib/session/store/turn-tree";

import { lastOf } from "./last-of";

type Provided = { readonly app: SessionApp; readonly select: Selectors };

const SessionContext = createContext<Provided | null>(null);

/** Gives the components inside it their session. A page has one; a test brings its own. */
export function SessionProvider({ app, children }: { app: SessionApp; children: ReactNode }) {
  const value = useMemo(() => ({ app, select: createSelectors() }), [app]);
  return <SessionContext value={value}>{children}</SessionContext>;
}

/** The app around a component. Always the same object. */
export function useSessionApp(): SessionApp {
  return useProvided().app;
}

/** What `pick` reads from the app's state. Renders again only when that has changed. */
export function useAppState<T>(pick: (state: AppState, select: Selectors) => T): T {
  const { app, select } = useProvided();
  return useStore(app.store, (state) => pick(state, select));
}

/** What many components derive from the state, computed once per change for all of them. */
export type Selectors = ReturnType<typeof createSelectors>;

function createSelectors() {
  return {
    rows: lastOf(rowsOf),
    tools: lastOf(toolsAtHand),
    endpoints: lastOf(endpointsAtHand),
    setup: lastOf(setupOf),
    differing: lastOf(differingSettings),
    best: lastOf(bestOfRows),
    shared: lastOf(sharedServers),
  };
}

function setupOf({ draft: _draft, draftImages: _images, updatedAt: _at, ...setup }: Session): SessionSetup {
  return setup;
}

function useProvided(): Provided {
  const provided = useContext(SessionContext);
  if (provided === null) throw new Error("This component needs a SessionProvider around it.");
  return provided;
}
