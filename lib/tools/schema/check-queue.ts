import type { Json, JsonObject } from "@/lib/stream/turn/json";

import type { ArgumentsCheck } from "./check-arguments";
import type { CheckReply, CheckRequest } from "./check-messages";

/** The outcome of a check: its verdict, a timeout, or that no worker is available. */
export type LateCheck = ArgumentsCheck | "too-long" | "unavailable";

/** The parts of a worker that a check needs. */
export type CheckWorker = {
  readonly post: (request: CheckRequest) => void;
  readonly terminate: () => void;
};

/** Starts a worker that reports its messages and, once, a failure; null if workers are unavailable. */
export type StartWorker = (onReply: (reply: CheckReply) => void, onFailure: () => void) => CheckWorker | null;

type Job = CheckRequest & { readonly done: (check: LateCheck) => void };

/**
 * Runs checks in a worker, one after another. One that has not ended `deadlineMs` after it began is given up together
 * with its worker, as nothing else stops a regular expression; the next gets a new one.
 */
export class CheckQueue {
  #start: StartWorker;
  #deadlineMs: number;
  #jobs: Job[] = [];
  #worker: CheckWorker | null = null;
  #isReady = false;
  #running: { readonly job: Job; readonly timer: ReturnType<typeof setTimeout> } | null = null;
  #lastId = 0;

  constructor(start: StartWorker, deadlineMs: number) {
    this.#start = start;
    this.#deadlineMs = deadlineMs;
  }

  /** Checks arguments against a schema asynchronously. */
  check(parameters: JsonObject, input: Json): Promise<LateCheck> {
    return new Promise((done) => {
      this.#lastId += 1;
      this.#jobs.push({ id: this.#lastId, parameters, input, done });
      this.#next();
    });
  }

  #next(): void {
    if (this.#running !== null || this.#jobs.length === 0) return;
    this.#worker ??= this.#start(
      (reply) => this.#hear(reply),
      () => this.#fail(),
    );
    if (this.#worker === null) this.#fail();
    // The deadline starts when the worker is ready, because loading it is not the pattern's fault.
    if (!this.#isReady) return;
    const job = this.#jobs.shift();
    if (job === undefined) return;
    const timer = setTimeout(() => this.#giveUp(), this.#deadlineMs);
    this.#running = { job, timer };
    this.#worker?.post({ id: job.id, parameters: job.parameters, input: job.input });
  }

  #hear(reply: CheckReply): void {
    if (reply.type === "ready") this.#isReady = true;
    else if (reply.id === this.#running?.job.id) this.#finish(reply.check);
    this.#next();
  }

  #giveUp(): void {
    this.#drop();
    this.#finish("too-long");
    this.#next();
  }

  #fail(): void {
    this.#drop();
    this.#finish("unavailable");
    for (const job of this.#jobs.splice(0)) job.done("unavailable");
  }

  #drop(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#isReady = false;
  }

  #finish(check: LateCheck): void {
    if (this.#running === null) return;
    clearTimeout(this.#running.timer);
    this.#running.job.done(check);
    this.#running = null;
  }
}
