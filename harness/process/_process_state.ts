/**
 * What this process has only one of, as it was before a case borrowed it.
 *
 * @module
 */

import process from "node:process";
import type { EventEmitter } from "node:events";
import type { Session } from "./_session.ts";
import { type NamedObjects, Snapshot } from "./_snapshot.ts";

/** The objects that belong to the language; modules extend them as they load. */
const LANGUAGE: readonly string[] = [
  ..."Object Function Array String Number Boolean Symbol BigInt".split(" "),
  ..."Math JSON Date RegExp Promise Reflect Map Set WeakMap".split(" "),
  ..."WeakSet WeakRef Error TypeError RangeError Iterator Intl".split(" "),
  ..."ArrayBuffer Uint8Array URL EventTarget AbortSignal".split(" "),
];

function languageObjects(): NamedObjects {
  const objects = new Map<string, object>([["globalThis", globalThis]]);
  for (const name of LANGUAGE) {
    const object: unknown = Reflect.get(globalThis, name);
    if (!isObject(object)) continue;
    objects.set(name, object);
    const prototype: unknown = Reflect.get(object, "prototype");
    if (isObject(prototype)) objects.set(`${name}.prototype`, prototype);
  }
  return objects;
}

function isObject(value: unknown): value is object {
  return typeof value === "function" ||
    (typeof value === "object" && value !== null);
}

function hostObjects(): NamedObjects {
  return new Map<string, object>([
    ["console", console],
    ["performance", performance],
    ["crypto", crypto],
    ["Deno", Deno],
    ["Deno.env", Deno.env],
    ["Deno.stdin", Deno.stdin],
    ["Deno.stdout", Deno.stdout],
    ["Deno.stderr", Deno.stderr],
    ["process", process],
    ["process.stdout", process.stdout],
    ["process.stderr", process.stderr],
  ]);
}

const LANGUAGE_OBJECTS = languageObjects();

/** Properties that keep what is assigned to them behind an accessor. */
const ASSIGNED: readonly (readonly [object, readonly string[]])[] = [
  [
    globalThis,
    ["onerror", "onload", "onbeforeunload", "onunload", "onunhandledrejection"],
  ],
  [process, ["title", "platform", "stdout", "stderr"]],
];

/** The state of this process, to be put back as a whole. */
export class ProcessState {
  readonly #undo: (() => void)[];
  readonly #language: Snapshot = new Snapshot(LANGUAGE_OBJECTS);
  readonly #host: Snapshot = new Snapshot(hostObjects());

  constructor() {
    this.#undo = [
      keepEnvironment(),
      keepWorkingDirectory(),
      keepExitCodes(),
      keepArguments(),
      ...[process, process.stdout, process.stderr].map(keepListeners),
      ...ASSIGNED.flatMap(([object, keys]) =>
        keys.map((key) => keepValue(object, key))
      ),
    ];
  }

  /** Runs the load of a module, whose extensions of the language stay. */
  async keepExtensions<T>(load: () => Promise<T>): Promise<T> {
    const before = new Snapshot(LANGUAGE_OBJECTS);
    try {
      return await load();
    } finally {
      this.#language.adopt(before);
    }
  }

  /**
   * Puts everything back, once.
   *
   * @returns What could not be put back, by name.
   */
  restore(): string[] {
    const stuck = [...this.#host.restore(), ...this.#language.restore()];
    for (const undo of this.#undo.splice(0)) undo();
    return stuck;
  }
}

/** Makes the process look as if it had been started for an act. */
export function enter({ options: { argv, name } }: Session): void {
  const script = name.specifier.startsWith("file:")
    ? decodeURIComponent(new URL(name.specifier).pathname)
    : name.specifier;
  process.argv.splice(0, Infinity, Deno.execPath(), script, ...argv);
  process.exitCode = undefined;
  Deno.exitCode = 0;
}

/** The exit code of a program that ends without saying one. */
export function exitCodeNow(): number {
  return Deno.exitCode;
}

/** The environment as it is. */
export function environmentNow(): Record<string, string> {
  return Deno.env.toObject();
}

/**
 * Changes the process's own environment, so that every way to ask for it, and
 * every child that inherits it, agrees.
 */
export function setEnvironment(
  wanted: Readonly<Record<string, string>>,
): void {
  const now = Deno.env.toObject();
  for (const name of Object.keys(now)) {
    if (!Object.hasOwn(wanted, name)) Deno.env.delete(name);
  }
  for (const [name, value] of Object.entries(wanted)) {
    if (now[name] !== value) Deno.env.set(name, value);
  }
}

function keepEnvironment(): () => void {
  const before = Deno.env.toObject();
  return () => setEnvironment(before);
}

function keepWorkingDirectory(): () => void {
  try {
    const before = Deno.cwd();
    return () => Deno.chdir(before);
  } catch {
    return () => {}; // It is gone: there is nowhere to go back to.
  }
}

// `process.exitCode` is a copy of its own that also sets `Deno.exitCode`.
function keepExitCodes(): () => void {
  const codes = [process.exitCode, Deno.exitCode] as const;
  return () => [process.exitCode, Deno.exitCode] = codes;
}

// The list itself is what `import { argv } from "node:process"` gives.
function keepArguments(): () => void {
  const list = process.argv;
  const before = [...list];
  return () => void list.splice(0, Infinity, ...before);
}

function keepValue(object: object, key: string): () => void {
  const before: unknown = Reflect.get(object, key);
  return () => {
    if (Reflect.get(object, key) !== before) Reflect.set(object, key, before);
  };
}

type Listener = (...args: unknown[]) => void;

function keepListeners(emitter: EventEmitter): () => void {
  const listeners = (event: string | symbol) =>
    emitter.rawListeners(event) as Listener[];
  const before = new Map(
    emitter.eventNames().map((event) => [event, listeners(event)]),
  );
  return () => {
    for (const event of new Set([...before.keys(), ...emitter.eventNames()])) {
      const [then = [], now] = [before.get(event), listeners(event)];
      for (const added of now.filter((one) => !then.includes(one))) {
        emitter.off(event, added);
      }
      for (const gone of then.filter((one) => !now.includes(one))) {
        emitter.on(event, gone);
      }
    }
  };
}
