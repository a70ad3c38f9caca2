"use client";

import { useMemo } from "react";

import { useHeldKeys, useModelLists, useServers } from "@/lib/session/hooks/use-servers";
import { useEndpoints, useOwnEndpoints } from "@/lib/session/hooks/use-session";

import { type ModelList, type SourceInput, sourceKey } from "./model-source";

/** All that is known of the servers, as `modelSources` reads it. */
export function useSourceInput(): SourceInput {
  const reply = useServers();
  const endpoints = useEndpoints();
  const ownEndpoints = useOwnEndpoints();
  const known = useModelLists();
  const held = useHeldKeys();
  const lists = useMemo(
    () =>
      Object.fromEntries(
        known.map(({ provider, endpoint, list }): [string, ModelList] => [
          sourceKey(provider, endpoint),
          list.state === "failed"
            ? { state: "failed", message: list.error.message, code: list.error.code }
            : list,
        ]),
      ),
    [known],
  );
  const keysHeld = useMemo(
    () => new Set(held.map(({ provider, endpoint }) => sourceKey(provider, endpoint))),
    [held],
  );
  return useMemo(
    () => ({ reply, endpoints, ownEndpoints, lists, keysHeld }),
    [reply, endpoints, ownEndpoints, lists, keysHeld],
  );
}
