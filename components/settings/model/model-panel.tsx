"use client";

import { usePageActions } from "@/lib/session/hooks/use-page";
import { useActions, useLaneSetup, useSession } from "@/lib/session/hooks/use-session";
import type { LaneId, SessionSetup } from "@/lib/session/store/session";

import { ModelPicker, type ModelPickerProps } from "./model-picker";
import { useSourceInput } from "./use-source-input";

type ModelPanelProps = {
  lane: LaneId;
  /** "key": at the key of the lane's server. */
  opensAt?: ModelPickerProps["opensAt"];
  /** What the field begins with, such as a server's name. */
  query?: string;
  /** Leads to the servers: to all of them, or to a new one at an address that was typed. */
  onServers: ModelPickerProps["onServers"];
  /** The choice is for all lanes that share a model with this one. */
  keepsLink?: boolean;
  onClose: () => void;
};

/** Picks a lane's model. The choice is this lane's own, the others keep theirs; where none was chosen yet, it is for all. */
export function ModelPanel(props: ModelPanelProps) {
  const { lane, opensAt = "list", keepsLink = false, query = "", onServers, onClose } = props;
  const setup = useLaneSetup(lane);
  const session = useSession();
  const known = useSourceInput();
  const actions = useActions();
  const page = usePageActions();
  return (
    <ModelPicker
      opensAt={opensAt}
      query={query}
      title={titleOf(session, lane, keepsLink)}
      {...known}
      value={setup}
      onLoadModels={page.loadModels}
      onPick={(provider, endpoint, model) => {
        const isShared = keepsLink || session.shared.model === "";
        if (session.lanes.length > 1 && !isShared) actions.setLinked(lane, "model", false);
        actions.changeSetup(lane, { provider, endpoint, model });
        onClose();
      }}
      onSetKey={actions.setKey}
      onSetAddress={actions.setAddressSecrets}
      onMoveEndpoint={actions.moveEndpoint}
      onServers={onServers}
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
