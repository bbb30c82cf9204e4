/**
 * Many jobs at once, results in order.
 *
 * @module
 */

import { isPromised } from "./_promised.ts";
import { setTimeout } from "./_timers.ts";

/** Something to do. */
export interface Job<T> {
  /** Whether it must not run beside another exclusive job. */
  readonly exclusive: boolean;
  /**
   * Does it.
   *
   * @returns What came of it; a promise of that if it waits for something.
   */
  run(): T | Promise<T>;
}

/** How {@linkcode runInOrder} goes about it. */
export interface ScheduleOptions<T> {
  /** How many jobs may run side by side, at least 1. */
  readonly limit: number;
  /**
   * Takes each result, in the order of the jobs. If it throws, no further
   * job is started.
   */
  readonly emit: (result: T) => void;
  /** Told why, once, if the work ends early; started jobs may still run. */
  readonly onStop?: (reason: unknown) => void;
  /** Ends the work: no further job is started, no further result is given. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs jobs side by side and gives out their results in the order of the jobs,
 * each as soon as all before it are done.
 *
 * Jobs are started in order, but for exclusive ones: while one of them runs,
 * the next job that is not exclusive goes first. Every started job has settled
 * when the promise does.
 *
 * @param jobs What to do.
 * @param options How to go about it.
 * @returns A promise that is fulfilled when every result has been given out.
 * @throws What a job or `emit` threw, or the signal's reason.
 *
 * @example Usage
 * ```ts
 * import { runInOrder } from "./schedule.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const job = (name: string, ms: number) => ({
 *   exclusive: false,
 *   run: () => new Promise<string>((done) => setTimeout(() => done(name), ms)),
 * });
 * const results: string[] = [];
 * await runInOrder([job("slow", 5), job("fast", 0)], {
 *   limit: 2,
 *   emit: (name) => results.push(name),
 * });
 * assertEquals(results, ["slow", "fast"]);
 * ```
 */
export async function runInOrder<T>(
  jobs: readonly Job<T>[],
  options: ScheduleOptions<T>,
): Promise<void> {
  const schedule = new Schedule(jobs, options);
  const workers = Array.from(
    { length: Math.min(options.limit, jobs.length) },
    () => schedule.work(),
  );
  await Promise.all(workers);
  schedule.finish();
}

// Cases that never wait would otherwise keep signals and timers waiting.
const TURN_MS = 50;

class Schedule<T> {
  readonly #jobs: readonly Job<T>[];
  readonly #options: ScheduleOptions<T>;
  readonly #waiting: { shared: number[]; exclusive: number[] };
  readonly #done = new Map<number, { readonly result: T }>();
  #exclusiveRuns = false;
  #next = 0;
  #stop: { readonly reason: unknown } | undefined;
  #turn = performance.now();
  readonly #onAbort = () => this.#end(this.#options.signal?.reason);

  constructor(jobs: readonly Job<T>[], options: ScheduleOptions<T>) {
    this.#jobs = jobs;
    this.#options = options;
    const indexes = jobs.map((_, index) => index).reverse();
    this.#waiting = {
      shared: indexes.filter((index) => jobs[index]?.exclusive === false),
      exclusive: indexes.filter((index) => jobs[index]?.exclusive === true),
    };
    const { signal } = options;
    if (signal?.aborted) this.#end(signal.reason);
    signal?.addEventListener("abort", this.#onAbort);
  }

  /** One of the lines that take jobs until none is left for it. */
  async work(): Promise<void> {
    for (;;) {
      if (this.#isDue()) await this.#breathe();
      const index = this.#stop === undefined ? this.#take() : undefined;
      const job = index === undefined ? undefined : this.#jobs[index];
      if (index === undefined || job === undefined) return;
      try {
        const ended = job.run();
        // What waits for nothing needs no turn of its own.
        const result = isPromised(ended) ? await ended : ended;
        if (job.exclusive) this.#exclusiveRuns = false;
        this.#settle(index, result);
      } catch (error) {
        this.#end(error);
      }
    }
  }

  /** Ends the work; what stopped it early is thrown. */
  finish(): void {
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    if (this.#stop !== undefined) throw this.#stop.reason;
  }

  #take(): number | undefined {
    const { shared, exclusive } = this.#waiting;
    const first = shared.at(-1) ?? Infinity;
    const other = this.#exclusiveRuns ? Infinity : exclusive.at(-1) ?? Infinity;
    if (first <= other) return shared.pop();
    this.#exclusiveRuns = true;
    return exclusive.pop();
  }

  #settle(index: number, result: T): void {
    this.#done.set(index, { result });
    while (this.#stop === undefined) {
      const next = this.#done.get(this.#next);
      if (next === undefined) return;
      this.#done.delete(this.#next++);
      this.#options.emit(next.result);
    }
  }

  #end(reason: unknown): void {
    if (this.#stop !== undefined) return;
    this.#stop = { reason };
    this.#options.onStop?.(reason);
  }

  #isDue(): boolean {
    return performance.now() - this.#turn >= TURN_MS;
  }

  async #breathe(): Promise<void> {
    this.#turn = performance.now();
    await new Promise((done) => setTimeout(done, 0));
  }
}
