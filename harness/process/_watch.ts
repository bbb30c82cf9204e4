/**
 * A started command, watched until it is gone.
 *
 * Both streams are drained to their end before anything is judged. Nothing the
 * program started survives it: what is still in its process group is killed, and
 * what has left the group but has its mark (see `MarkedProcesses`).
 *
 * @module
 */

import {
  type CommandEnd,
  HostError,
  type MarkedProcesses,
  type RunningCommand,
} from "../../host/host.ts";
import { clearTimeout, setTimeout } from "../_timers.ts";
import { Drain } from "./_drain.ts";
import { MAX_OUTPUT_BYTES, type Printed } from "./outcome.ts";

/** How long a command may take and how much it may print. */
export interface CommandLimits {
  /** Milliseconds until it is stopped. */
  readonly timeoutMs: number;
  /** Bytes it may print on one stream. Default {@linkcode MAX_OUTPUT_BYTES}. */
  readonly maxOutputBytes?: number;
  /** What it starts, to be killed with it, in whatever group that is. */
  readonly processes?: MarkedProcesses;
  /** Milliseconds it has to end after an interrupt. Default 1000; 0: it is killed at once. */
  readonly graceMs?: number;
}

/** How watching a command ended. */
export type WatchedEnd =
  & {
    /** What it printed, as far as it came. */
    readonly printed: Printed;
  }
  & (
    | { readonly kind: "exit"; readonly end: CommandEnd }
    | {
      readonly kind: "timeout";
      /** Whether an interrupt was enough to end it. */
      readonly gaveIn: boolean;
    }
    | {
      readonly kind: "overflow";
      /** Which stream it printed too much on. */
      readonly stream: string;
      /** How many bytes it may print there. */
      readonly max: number;
    }
  );

/** Between the interrupt and the kill. */
const GRACE_MS = 1000;
/** For what a command left behind to close the streams by itself. */
const LINGER_MS = 250;
/** For streams to end once everybody is dead. */
const DRAIN_MS = 1000;

const live: Set<Watch> = new Set();

/**
 * Watches a command until it, and all that it started, is gone.
 *
 * @param command The command, just started.
 * @param limits When to stop it.
 * @returns How it ended.
 */
export async function watchCommand(
  command: RunningCommand,
  limits: CommandLimits,
): Promise<WatchedEnd> {
  const watch = new Watch(command, limits);
  live.add(watch);
  try {
    return await watch.run();
  } finally {
    await watch.close();
    live.delete(watch);
  }
}

/** Kills every command that is being watched. */
export function killAllWatched(): void {
  for (const watch of live) watch.kill();
}

class Watch {
  readonly #command: RunningCommand;
  readonly #limits: CommandLimits;
  readonly #drains: readonly [Drain, Drain];
  #isSettled = false;

  constructor(command: RunningCommand, limits: CommandLimits) {
    const max = limits.maxOutputBytes ?? MAX_OUTPUT_BYTES;
    this.#command = command;
    this.#limits = limits;
    this.#drains = [
      new Drain("stdout", command.stdout, max),
      new Drain("stderr", command.stderr, max),
    ];
  }

  async run(): Promise<WatchedEnd> {
    const ended = await within<CommandEnd | true>(this.#limits.timeoutMs, [
      this.#command.end,
      ...this.#drains.map((drain) => drain.overflow),
    ]);
    if (ended === undefined) {
      const gaveIn = await this.#stop();
      await this.#settle();
      return { kind: "timeout", gaveIn, printed: this.#printed() };
    }
    await this.#settle();
    const printed = this.#printed();
    const full = this.#drains.find((drain) => drain.isFull);
    return full === undefined
      ? { kind: "exit", end: await this.#command.end, printed }
      : { kind: "overflow", stream: full.name, max: full.max, printed };
  }

  /** Kills whoever is left. Parents last: they lead to who has no mark. */
  kill(): void {
    this.#limits.processes?.killAll();
    this.#signal("SIGKILL");
  }

  async close(): Promise<void> {
    if (!this.#isSettled) this.kill();
    await within(DRAIN_MS, [this.#command.end]);
    await Promise.all(this.#drains.map((drain) => drain.cancel()));
  }

  #printed(): Printed {
    const [stdout, stderr] = this.#drains;
    return { stdout: stdout.bytes(), stderr: stderr.bytes() };
  }

  /** Interrupts the group, and kills it if its leader does not give in. */
  async #stop(): Promise<boolean> {
    const { graceMs = GRACE_MS } = this.#limits;
    if (graceMs > 0) {
      this.#signal("SIGINT");
      const ended = await within(graceMs, [this.#command.end]);
      if (ended !== undefined) return true;
    }
    this.kill();
    await within(DRAIN_MS, [this.#command.end]);
    return false;
  }

  /**
   * Waits for both streams to end. The leader is gone; who else holds them open
   * is given a moment, then killed, then left alone if it cannot be found.
   */
  async #settle(): Promise<void> {
    const drained = Promise.all(this.#drains.map((drain) => drain.done));
    await within(LINGER_MS, [drained]);
    this.kill();
    this.#isSettled = true;
    await within(DRAIN_MS, [drained]);
  }

  // A process that has become someone else's cannot be signalled; the streams
  // are let go of all the same.
  #signal(signal: "SIGINT" | "SIGKILL"): void {
    try {
      this.#command.signalGroup(signal);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
    }
  }
}

// Longer delays would wrap around and fire at once.
const MAX_DELAY_MS = 2 ** 31 - 1;

/** The first of some promises, or nothing when the time is up before. */
async function within<T>(
  milliseconds: number,
  promises: readonly Promise<T>[],
): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const delay = Math.min(milliseconds, MAX_DELAY_MS);
  const timer = setTimeout(() => resolve(undefined), delay);
  try {
    return await Promise.race([...promises, late]);
  } finally {
    clearTimeout(timer);
  }
}
