import { places } from "@/lib/tape/formats/found";
/** From exchanges to lanes, turns and steps: what was one conversation is one again. Pure. */
import { TAPE_LIMITS } from "@/lib/tape/tape";

import { type Follow, findFollows, type Told } from "./follows";
import type { RecordedResult } from "./request-items";

/** An exchange, read. */
export type ArrangedExchange = Told & {
  /** The server and the model, as one text. */
  readonly model: string;
  /** Equal for requests that are the same to the byte. */
  readonly request: string;
  /** Whether it failed in a way in which Vitrine and others send it again by themselves. */
  readonly isTriedAgain: boolean;
  /** When it was sent and when its answer ended, in µs; null = not known. */
  readonly during: readonly [from: number, to: number] | null;
};

/** A turn: exchanges by their places in the list. */
export type ArrangedTurn = {
  readonly lane: number;
  /** The turn before it, by its place in the list of turns. */
  readonly parent: number | null;
  /** Equal where lanes answer the same prompt. */
  readonly promptId: string;
  readonly steps: readonly ArrangedStep[];
};

export type ArrangedStep = {
  /** At least one. */
  readonly attempts: readonly number[];
  /** What a later request says that its calls got. */
  readonly results: readonly RecordedResult[];
};

export type Arranged = {
  readonly lanes: number;
  readonly turns: readonly ArrangedTurn[];
  /** What could not be told, as sentences. */
  readonly notes: readonly string[];
};

type OpenStep = { readonly attempts: number[]; results: readonly RecordedResult[] };
type OpenTurn = {
  readonly lane: number;
  readonly parent: number | null;
  readonly promptId: string;
  readonly steps: OpenStep[];
};
type OpenLane = {
  readonly settings: Set<string>;
  readonly models: Set<string>;
  /** First prompts of its conversations, and how often each was asked. */
  readonly prompts: Map<string, number>;
  last: number;
};

/**
 * A request that goes on from an answer with results is a further step, one with a prompt the next turn. Conversations
 * that begin alike are lanes; one that begins otherwise stands below the others in the lane of its model.
 */
export function arrange(exchanges: readonly ArrangedExchange[]): Arranged {
  const follows = findFollows(exchanges);
  const followed = new Set(follows.map((follow) => follow?.after ?? null));
  const turns: OpenTurn[] = [];
  const lanes: OpenLane[] = [];
  const stepOf = new Map<number, { readonly turn: number; readonly step: number }>();
  const failed = new Map<string, number>();
  const promptIds = openPromptIds();
  const unsure = openUnsure();

  const begin = (index: number, turn: Omit<OpenTurn, "steps">): void => {
    turns.push({ ...turn, steps: [{ attempts: [index], results: [] }] });
    stepOf.set(index, { turn: turns.length - 1, step: 0 });
    const lane = lanes[turn.lane];
    if (lane !== undefined) lane.last = turns.length - 1;
  };

  /** A request that failed before any answer and is sent once more is another attempt of its step. */
  const tryAgain = (index: number, { request, during }: ArrangedExchange): boolean => {
    const before = failed.get(request);
    const place = before === undefined ? undefined : stepOf.get(before);
    if (before === undefined || place === undefined || followed.has(before)) return false;
    const earlier = exchanges[before]?.during ?? null;
    // Lanes that ask the same do so at once.
    if (earlier !== null && during !== null && during[0] < earlier[1]) return false;
    turns[place.turn]?.steps[place.step]?.attempts.push(index);
    stepOf.set(index, place);
    failed.delete(request);
    return true;
  };

  const goOn = (index: number, { after, how, results, skips }: Follow, said: string): boolean => {
    const place = stepOf.get(after);
    const turn = place === undefined ? undefined : turns[place.turn];
    const step = place === undefined ? undefined : turn?.steps[place.step];
    if (place === undefined || turn === undefined || step === undefined) return false;
    const isLast = place.step === turn.steps.length - 1;
    if (skips) unsure.add("skips", index);
    if (step.results.length === 0) step.results = results;
    if (how === "turn") {
      const { lane, promptId } = turn;
      begin(index, { lane, parent: place.turn, promptId: promptIds.of(`${promptId} ${said}`) });
    } else if (isLast) {
      turn.steps.push({ attempts: [index], results: [] });
      stepOf.set(index, { turn: place.turn, step: place.step + 1 });
    } else {
      unsure.add("again", index);
      begin(index, { lane: turn.lane, parent: turn.parent, promptId: turn.promptId });
    }
    return true;
  };

  /** The lane of a conversation that begins here. */
  const laneFor = ({ settings, model }: ArrangedExchange, prompt: string, index: number): number => {
    const has = (lane: OpenLane) => lane.prompts.has(prompt);
    const isShared = prompt !== "" && lanes.some(has);
    const free = (fits: (lane: OpenLane) => boolean) => lanes.findIndex((lane) => !has(lane) && fits(lane));
    const known = [
      free((lane) => lane.settings.has(settings)),
      free((lane) => lane.models.has(model)),
      isShared ? -1 : Math.min(0, lanes.length - 1),
    ].find((lane) => lane >= 0);
    if (known !== undefined) {
      if (!isShared) unsure.add("apart", index);
      return known;
    }
    if (lanes.some((lane) => has(lane) && lane.settings.has(settings))) unsure.add("equal", index);
    if (lanes.length < TAPE_LIMITS.lanes) {
      lanes.push({ settings: new Set(), models: new Set(), prompts: new Map(), last: -1 });
      return lanes.length - 1;
    }
    unsure.add("many", index);
    const counts = lanes.map((lane) => lane.prompts.get(prompt) ?? 0);
    return counts.indexOf(Math.min(...counts));
  };

  for (const [index, exchange] of exchanges.entries()) {
    const follow = follows[index] ?? null;
    const said = exchange.keys;
    const isPlaced = tryAgain(index, exchange) || (follow !== null && goOn(index, follow, said.at(-1) ?? ""));
    if (!isPlaced) {
      const prompt = said.length === 0 ? "" : JSON.stringify(said);
      const number = laneFor(exchange, prompt, index);
      const lane = lanes[number];
      const count = lane?.prompts.get(prompt) ?? 0;
      const parent = lane === undefined || lane.last < 0 ? null : lane.last;
      lane?.settings.add(exchange.settings);
      lane?.models.add(exchange.model);
      if (prompt !== "") lane?.prompts.set(prompt, count + 1);
      const asked = prompt === "" ? `exchange ${index}` : `${count} ${prompt}`;
      begin(index, { lane: number, parent, promptId: promptIds.of(asked) });
    }
    if (exchange.isTriedAgain) failed.set(exchange.request, index);
  }
  return { lanes: lanes.length, turns, notes: unsure.notes() };
}

/** One id for each thing that was asked. */
function openPromptIds(): { readonly of: (asked: string) => string } {
  const ids = new Map<string, string>();
  return {
    of: (asked) => {
      const id = ids.get(asked) ?? `prompt-${ids.size + 1}`;
      ids.set(asked, id);
      return id;
    },
  };
}

type Unsure = "skips" | "again" | "apart" | "equal" | "many";

const WORDS: Readonly<Record<Unsure, (where: string, isOne: boolean) => string>> = {
  skips: (where, isOne) =>
    `Answers that stand in the ${isOne ? "request" : "requests"} of ${where} were not recorded: their steps are missing.`,
  again: (where, isOne) =>
    `${capital(where)} ${isOne ? "goes" : "go"} on from calls that an earlier exchange went on from too: a branch without the steps before it.`,
  apart: (where, isOne) =>
    `No earlier exchange was found that ${where} ${isOne ? "goes on from: it stands" : "go on from: they stand"} below the others as ${isOne ? "another conversation" : "other conversations"}.`,
  equal: (where, isOne) =>
    `${capital(where)} ${isOne ? "asks" : "ask"} what an earlier one asked with the same settings. The file doesn't tell lanes from repeats: ${isOne ? "it is shown as a lane" : "they are shown as lanes"}.`,
  many: (where, isOne) =>
    `There are at most ${TAPE_LIMITS.lanes} lanes: ${where} would be more and ${isOne ? "stands" : "stand"} below the others.`,
};

function openUnsure(): {
  readonly add: (what: Unsure, index: number) => void;
  readonly notes: () => readonly string[];
} {
  const found: Record<Unsure, number[]> = { skips: [], again: [], apart: [], equal: [], many: [] };
  return {
    add: (what, index) => void found[what].push(index + 1),
    notes: () =>
      (["skips", "again", "apart", "equal", "many"] as const).flatMap((what) => {
        const at = found[what];
        return at.length === 0 ? [] : [WORDS[what](places(["exchange", "exchanges"], at), at.length === 1)];
      }),
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
