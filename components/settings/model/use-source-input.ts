"use client";

import { useMemo } from "react";

import { useKeysHeld, useModelLists, useServers } from "@/lib/session/hooks/use-servers";
import { useEndpoints, useOwnEndpoints } from "@/lib/session/hooks/use-session";

import type { SourceInput } from "./model-source";

/** All that is known of the servers, as `modelSources` reads it. */
export function useSourceInput(): SourceInput {
  const reply = useServers();
  const endpoints = useEndpoints();
  const ownEndpoints = useOwnEndpoints();
  const lists = useModelLists();
  const keysHeld = useKeysHeld();
  return useMemo(
    () => ({ reply, endpoints, ownEndpoints, lists, keysHeld }),
    [reply, endpoints, ownEndpoints, lists, keysHeld],
  );
}
