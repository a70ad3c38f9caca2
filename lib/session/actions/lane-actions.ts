import type { StoreApi } from "zustand/vanilla";

import { type AddressSecrets, queryNames } from "@/lib/providers/base-url";
import { interruptRecord } from "@/lib/session/run/interrupt-turn";
import type { TurnRunner } from "@/lib/session/run/turn-runner";
import type { PersonLists } from "@/lib/session/storage/person-lists";
import type { AppState } from "@/lib/session/store/app-state";
import type { NewIds } from "@/lib/session/store/ids";
import type { Keys } from "@/lib/session/store/keys";
import * as lanes from "@/lib/session/store/lanes";
import { browserErrorText, type Notify } from "@/lib/session/store/notices";
import { endpointsAtHand, withCopies } from "@/lib/session/store/person";
import type { AddressParts, SessionActions, TurnId, TurnRecord } from "@/lib/session/store/session";
import { copyBranch } from "@/lib/session/store/turn-tree";

import type { ClosedTurns } from "./closed-turns";
import type { Editor } from "./editor";
import { withMovedEndpoint, withoutEndpoint, withoutTool } from "./setup-lists";

type LaneActions = Pick<
  SessionActions,
  | "addLane"
  | "cloneLane"
  | "closeLane"
  | "restoreLane"
  | "moveLane"
  | "setWidths"
  | "changeSetup"
  | "setLinked"
  | "linkTo"
  | "setSequential"
  | "setDraft"
  | "saveTool"
  | "removeTool"
  | "saveToolSet"
  | "removeToolSet"
  | "addEndpoint"
  | "removeEndpoint"
  | "moveEndpoint"
  | "changeEndpoint"
  | "setAddressSecrets"
  | "setKey"
>;

/** Actions on lanes, settings, tools and endpoints. */
export function laneActions(ports: {
  readonly store: StoreApi<AppState>;
  readonly editor: Editor;
  readonly runner: TurnRunner;
  readonly ids: NewIds;
  readonly keys: Keys;
  readonly lists: PersonLists;
  readonly closedTurns: ClosedTurns;
  readonly notify: Notify;
  /** A turn as it is now, its streaming text included. */
  readonly readTurn: (id: TurnId) => TurnRecord | null;
}): LaneActions {
  const { store, editor, runner, ids, keys, lists, closedTurns, notify, readTurn } = ports;
  /** Only the runner drives running turns. A copy gets the output so far and does not run. */
  const withCurrent = (turns: AppState["turns"]): AppState["turns"] => {
    const current = new Map(turns);
    for (const id of store.getState().live.keys()) {
      const record = readTurn(id);
      if (record) current.set(id, interruptRecord(record, "copied"));
    }
    return current;
  };
  /** The session's copies of what the person has just changed. */
  const copyAgain = () => editor.change((session) => withCopies(session, store.getState().person), "quiet");
  const endpointAt = (baseUrl: string) => {
    const { person, session } = store.getState();
    return endpointsAtHand(person.endpoints, session.endpoints).find((other) => other.baseUrl === baseUrl);
  };
  const changeEndpoint: SessionActions["changeEndpoint"] = (baseUrl, to, secrets) => {
    const from = endpointAt(baseUrl);
    if (!from) return;
    if (from.baseUrl !== to.baseUrl || from.provider !== to.provider) keys.move(from, to);
    const asks = secrets && partsOf(secrets);
    if (asks && secrets) keys.setAddress(to.provider, to.baseUrl, secrets);
    lists.addEndpoint(asks ? { ...to, asks } : to);
    if (from.baseUrl !== to.baseUrl) lists.removeEndpoint(from.baseUrl);
    editor.change((current) => withMovedEndpoint(current, baseUrl, to));
    copyAgain();
  };
  const putBack = (last: lanes.ClosedLane) => {
    const before = store.getState().session;
    editor.change((session) => lanes.restoreLane(session, last));
    if (store.getState().session === before) return;
    store.setState(({ undo }) => ({
      undo: { ...undo, closed: undo.closed.filter((closed) => closed !== last) },
    }));
  };
  return {
    addLane: () => editor.change((session) => lanes.addLane(session, ids.lane())),
    cloneLane: (id) => {
      const { session, turns } = store.getState();
      const lane = lanes.laneOf(session, id);
      if (!lane || !editor.isOwner()) return;
      const copy = ids.lane();
      const branch = copyBranch(withCurrent(turns), lane, copy, ids.turn);
      const after = lanes.insertLaneAfter(session, id, { ...lane, id: copy, leaf: branch.leaf });
      if (after === session) return;
      editor.addTurns(branch.copies);
      editor.change(() => after);
    },
    closeLane: (id) => {
      if (!editor.isOwner()) return;
      const { session, closed } = lanes.closeLane(store.getState().session, id);
      if (!closed) return;
      runner.stop((_turn, lane) => lane === id);
      editor.change(() => session);
      store.setState(({ undo }) => ({ undo: { ...undo, closed: [closed, ...undo.closed] } }));
      void closedTurns.release(id);
    },
    restoreLane: () => {
      const [last] = store.getState().undo.closed;
      if (!last || !editor.isOwner()) return;
      if (closedTurns.has(last.lane)) {
        putBack(last);
        return;
      }
      closedTurns.bringBack(last.lane.id).then(
        () => putBack(last),
        (error: unknown) => notify("error", `The lane could not be brought back. ${browserErrorText(error)}`),
      );
    },
    moveLane: (id, by) => editor.change((session) => lanes.moveLane(session, id, by)),
    setWidths: (widths) => editor.change((session) => lanes.setWidths(session, widths), "quiet"),
    changeSetup: (id, patch) => editor.change((session) => lanes.changeSetup(session, id, patch)),
    setLinked: (id, key, linked) => editor.change((session) => lanes.setLinked(session, id, key, linked)),
    linkTo: (id, key, source) => editor.change((session) => lanes.linkTo(session, id, key, source)),
    setSequential: (sequential) => editor.change((session) => ({ ...session, sequential })),
    setDraft: (draft) => {
      const isLoading = store.getState().boot === "loading";
      if (isLoading) store.setState(({ session }) => ({ session: { ...session, draft } }));
      else editor.change((session) => ({ ...session, draft }), "quiet");
    },
    saveTool: (tool) => {
      lists.saveTool(tool);
      copyAgain();
    },
    removeTool: (id) => {
      lists.removeTool(id);
      editor.change((session) => withoutTool(session, id));
    },
    saveToolSet: (set) => {
      const { person, session } = store.getState();
      const own = new Set(person.tools.map(({ id }) => id));
      // A set is the person's in every session: so are its tools from now on.
      for (const tool of session.tools)
        if (set.tools.includes(tool.id) && !own.has(tool.id)) lists.saveTool(tool);
      lists.saveToolSet(set);
    },
    removeToolSet: lists.removeToolSet,
    addEndpoint: (endpoint, key, secrets) => {
      if (key !== null) keys.set(endpoint.provider, endpoint.baseUrl, key);
      if (secrets) keys.setAddress(endpoint.provider, endpoint.baseUrl, secrets);
      const asks = secrets && partsOf(secrets);
      lists.addEndpoint(asks ? { ...endpoint, asks } : endpoint);
      copyAgain();
    },
    removeEndpoint: (baseUrl) => {
      const endpoint = endpointAt(baseUrl);
      if (endpoint === undefined) return () => undefined;
      const putKeyBack = keys.forget(endpoint.provider, baseUrl);
      lists.removeEndpoint(baseUrl);
      editor.change((current) => withoutEndpoint(current, baseUrl));
      return () => {
        putKeyBack();
        lists.addEndpoint(endpoint);
        copyAgain();
      };
    },
    moveEndpoint: (from, to) => {
      const endpoint = endpointAt(from);
      if (endpoint) changeEndpoint(from, { ...endpoint, baseUrl: to });
    },
    changeEndpoint,
    setAddressSecrets: ({ provider, baseUrl }, secrets) => keys.setAddress(provider, baseUrl, secrets),
    setKey: keys.set,
  };
}

/** The names of what was cut out of an address; null when nothing was. */
function partsOf({ login, query }: AddressSecrets): AddressParts | null {
  return login === null && query === "" ? null : { login: login !== null, query: queryNames(query) };
}
