"use client";

import { useMemo } from "react";

import { usePageActions } from "@/lib/session/hooks/use-page";
import { useHeldKeys, useModelLists, useServers } from "@/lib/session/hooks/use-servers";
import {
  useActions,
  useEndpoints,
  useLaneSetup,
  useOwnEndpoints,
  useSession,
} from "@/lib/session/hooks/use-session";
import type { LaneId, SessionSetup } from "@/lib/session/store/session";

import { ModelPicker, type ModelPickerProps } from "./model-picker";
import { type ModelList, sourceKey } from "./model-source";

type ModelPanelProps = {
  lane: LaneId;
  /** "key": at the key of the lane's server; "keys": at all that take one; "endpoint": at a new server. */
  opensAt?: ModelPickerProps["opensAt"];
  /** The choice is for all lanes that share a model with this one. */
  keepsLink?: boolean;
  onClose: () => void;
};

/** Picks a lane's model. The choice is this lane's own, the others keep theirs; where none was chosen yet, it is for all. */
export function ModelPanel({ lane, opensAt = "list", keepsLink = false, onClose }: ModelPanelProps) {
  const setup = useLaneSetup(lane);
  const session = useSession();
  const endpoints = useEndpoints();
  const own = useOwnEndpoints();
  const lists = useModelLists();
  const held = useHeldKeys();
  const actions = useActions();
  const page = usePageActions();
  const models = useMemo(
    () =>
      Object.fromEntries(
        lists.map(({ provider, endpoint, list }): [string, ModelList] => [
          sourceKey(provider, endpoint),
          list.state === "failed" ? { state: "failed", message: list.error.message } : list,
        ]),
      ),
    [lists],
  );
  const keysHeld = useMemo(
    () => new Set(held.map(({ provider, endpoint }) => sourceKey(provider, endpoint))),
    [held],
  );
  return (
    <ModelPicker
      opensAt={opensAt}
      title={titleOf(session, lane, keepsLink)}
      reply={useServers()}
      endpoints={endpoints}
      value={setup}
      models={models}
      keysHeld={keysHeld}
      onLoadModels={page.loadModels}
      onPick={(provider, endpoint, model) => {
        const isShared = keepsLink || session.shared.model === "";
        if (session.lanes.length > 1 && !isShared) actions.setLinked(lane, "model", false);
        actions.changeSetup(lane, { provider, endpoint, model });
        onClose();
      }}
      onSetKey={actions.setKey}
      ownEndpoints={own}
      onSetAddress={actions.setAddressSecrets}
      onMoveEndpoint={actions.moveEndpoint}
      onAddEndpoint={actions.addEndpoint}
      onRemoveEndpoint={actions.removeEndpoint}
      onInstallDemo={page.installDemo}
      onClose={onClose}
    />
  );
}

/** Which lanes a choice will change. */
function titleOf({ lanes, shared }: SessionSetup, lane: LaneId, keepsLink: boolean): string {
  if (lanes.length < 2) return "Model";
  if (keepsLink) return "Model of all linked lanes";
  if (shared.model === "") return "Model of all lanes";
  return `Model of lane ${lanes.findIndex(({ id }) => id === lane) + 1}`;
}
