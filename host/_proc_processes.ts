/**
 * Processes found through `/proc`, by their environment and their parents.
 *
 * A process can leave its group and its parents; its environment stays what it
 * was started with. Looking at every process of the machine takes longer than
 * a small program runs, so what has been started since the last look is looked
 * at first: process numbers are given out in turn.
 *
 * @module
 */

import { HostError, type MarkedProcesses, type ProcessMark } from "./host.ts";
import { bind } from "./libc.ts";

/** So long that the numbers may have come round since the last look. */
const LAP_MS = 500;
/** So many numbers are looked at one by one; for more all processes are listed. */
const FEW = 64;
/** How often new ones are looked for while those that are known are stopped. */
const MAX_ROUNDS = 20;
/** How often a process without an environment is looked at. */
const MAX_ATTEMPTS = 20;
/** Nobody changes it: to wait on it is to wait for the time to pass. */
const CELL = new Int32Array(new SharedArrayBuffer(4));
/** How long the killed have until they are gone. */
const DEATH_MS = 500;

// A case may put another clock in its place.
const now = performance.now.bind(performance);

/** One process, told from a later one with the same number by its start. */
interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly start: string;
  readonly isDead: boolean;
}

/** Finds and kills the processes with a mark. */
export class ProcProcesses implements MarkedProcesses {
  readonly #entry: string;
  /** Up to this number there is none that has the mark. */
  #seen: number | undefined;
  #seenAt = now();

  /**
   * Begins to keep an eye on them.
   *
   * @param mark What tells them from others.
   */
  constructor({ variable, value }: ProcessMark) {
    this.#entry = `\0${variable}=${value}\0`;
    this.#seen = lastPid();
  }

  /** Kills all that there are, with all that descends from them. */
  killAll(): number {
    let count = 0;
    for (let round = 0; round < MAX_ROUNDS && this.#isAnyNew(); round++) {
      const family = this.#freeze();
      for (const process of family.values()) signal(process, "SIGKILL");
      waitForDeath([...family.values()]);
      count += family.size;
    }
    return count;
  }

  // A process may start another one and be gone before it is looked at: so
  // until nothing has been started meanwhile.
  #isAnyNew(): boolean {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const last = lastPid();
      if (last === undefined || last === this.#seen) return false;
      const start = now();
      const pids = this.#since(last, start);
      if (pids.some((pid) => this.#hasMark(pid))) return true;
      this.#seen = last;
      this.#seenAt = start;
    }
    return false;
  }

  #since(last: number, at: number): readonly number[] {
    const from = this.#seen ?? last;
    const isSure = last >= from && at - this.#seenAt < LAP_MS;
    if (!isSure) return allPids();
    if (last - from > FEW) return allPids().filter((pid) => pid > from);
    return Array.from({ length: last - from }, (_, index) => from + index + 1);
  }

  #hasMark(pid: number): boolean {
    if (pid === Deno.pid || !mayBeThere(pid)) return false;
    return `\0${readEnvironment(pid)}`.includes(this.#entry);
  }

  /** Stops all that have the mark and their descendants, until no more appear. */
  #freeze(): ReadonlyMap<string, Process> {
    const family = new Map<string, Process>();
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const fresh = this.#findFamily(family);
      if (fresh.length === 0) break;
      for (const process of fresh) {
        if (signal(process, "SIGSTOP")) family.set(keyOf(process), process);
      }
    }
    return family;
  }

  #findFamily(known: ReadonlyMap<string, Process>): readonly Process[] {
    const all = allPids().flatMap((pid) => readProcess(pid) ?? [])
      .filter(({ pid, isDead }) => pid !== Deno.pid && !isDead);
    const members = new Set(
      all.filter((process) =>
        known.has(keyOf(process)) || this.#hasMark(process.pid)
      ).map(({ pid }) => pid),
    );
    for (let size = -1; size < members.size;) {
      size = members.size;
      for (const { pid, parent } of all) {
        if (members.has(parent)) members.add(pid);
      }
    }
    return all.filter((process) =>
      members.has(process.pid) && !known.has(keyOf(process))
    );
  }
}

function keyOf({ pid, start }: Process): string {
  return `${pid} ${start}`;
}

/** The process number given out last; undefined if it is not told. */
function lastPid(): number | undefined {
  const last = Number(read("/proc/loadavg").trim().split(" ").at(-1));
  return last > 0 && isOwnProc() ? last : undefined;
}

let ownProc: boolean | undefined;

// In a `/proc` of other processes than can be signalled numbers mean others.
function isOwnProc(): boolean {
  return ownProc ??= readProcess("self")?.pid === Deno.pid;
}

let mayBeThere = (pid: number): boolean => {
  mayBeThere = signalProbe();
  return mayBeThere(pid);
};

// Ten times as fast as not finding it in `/proc`.
function signalProbe(): (pid: number) => boolean {
  try {
    const { kill } = bind({
      kill: { parameters: ["i32", "i32"], result: "i32" },
    });
    return (pid) => kill(pid, 0) === 0;
  } catch (error) {
    if (error instanceof HostError) return () => true;
    throw error;
  }
}

function allPids(): readonly number[] {
  return Array.from(Deno.readDirSync("/proc"), ({ name }) => Number(name))
    .filter((pid) => pid > 0);
}

function readProcess(pid: number | "self"): Process | undefined {
  return parseStat(read(`/proc/${pid}/stat`));
}

/**
 * Reads a line of `/proc/PID/stat`. The name in it may hold anything.
 *
 * Source: proc_pid_stat(5).
 *
 * @param line The line.
 * @returns The process; undefined if there is none.
 */
export function parseStat(line: string): Process | undefined {
  const [pid = ""] = line.split(" ", 1);
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const [state = "", parent = ""] = fields;
  const start = fields[19];
  if (start === undefined) return undefined;
  const isDead = state === "Z" || state === "X";
  return { pid: Number(pid), parent: Number(parent), start, isDead };
}

/** What a file of `/proc` says; nothing if it is gone or not ours to read. */
function read(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}

/**
 * A process in the middle of an execve has no environment for a moment. One
 * that has a program and no environment is looked at again, a few times: some
 * have none for good. What belongs to the kernel has no program.
 */
function readEnvironment(pid: number): string {
  const path = `/proc/${pid}/environ`;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const text = read(path);
    if (text !== "" || !hasProgram(pid)) return text;
    Atomics.wait(CELL, 0, 0, 1);
  }
  return "";
}

function hasProgram(pid: number): boolean {
  try {
    Deno.readLinkSync(`/proc/${pid}/exe`);
    return true;
  } catch {
    return false;
  }
}

function isAlive(process: Process): boolean {
  const found = readProcess(process.pid);
  return found !== undefined && !found.isDead && found.start === process.start;
}

/** Signals a process, unless its number is another one's by now. */
function signal(process: Process, name: "SIGSTOP" | "SIGKILL"): boolean {
  if (!isAlive(process)) return false;
  try {
    Deno.kill(process.pid, name);
    return true;
  } catch {
    return false; // Gone this moment, or another user's.
  }
}

function waitForDeath(processes: readonly Process[]): void {
  const end = now() + DEATH_MS;
  while (now() < end && processes.some(isAlive)) Atomics.wait(CELL, 0, 0, 1);
}
