/**
 * Calls: a function of a module that runs in this process as if it had one of
 * its own.
 *
 * For the length of a call these lead to the case instead of the machine: the
 * methods of `console`; the methods and streams of `Deno.stdin`, `Deno.stdout`
 * and `Deno.stderr`; `process.stdin`, and `write` of `process.stdout` and
 * `process.stderr`; the environment, for `Deno.env` and `process.env` alike;
 * `Deno.exit`, `process.exit`, `Deno.exitCode` and `process.exitCode`. The
 * working directory is put back. What a module prints while it is loaded is
 * thrown away, because a module is loaded once for all cases.
 *
 * Not captured by this version: `Deno.args` and `process.argv`; descriptors
 * written to directly (`node:fs`, a child that inherits its streams); methods
 * that a module loaded before the first call has kept for itself
 * (`const { exit } = Deno`); signals; and work that is left behind, with what
 * it prints after the end. While a call has changed the working directory,
 * whatever runs beside it sees the change. A loop that never yields cannot be
 * stopped by the timeout. Such a program is better run as a command.
 *
 * @module
 */

import process from "node:process";
import { Readable } from "node:stream";
import type { Host } from "../../host/host.ts";
import { consoleMethods } from "./_console.ts";
import { Patches } from "./_patches.ts";
import { type Call, Session } from "./_session.ts";
import type { Sink } from "./_sink.ts";
import type { Outcome } from "./outcome.ts";

export type { FunctionName } from "./_function.ts";
export type { Call, CallIo, CallReader, CallWriter } from "./_session.ts";

let turn: Promise<unknown> = Promise.resolve();
let current:
  | { readonly session: Session; readonly patches: Patches }
  | undefined;

/**
 * Calls a function of a module and waits for its end. Calls run one at a time.
 *
 * @param call The function and what it is given.
 * @param host The machine.
 * @returns Its exit code and everything it printed.
 * @throws {CaseError} `runtime` if the function is missing, throws, returns
 * something that is no exit code, takes too long or prints too much.
 *
 * @example Usage
 * ```ts
 * import { callInProcess } from "./in_process.ts";
 * import { decodeOutput } from "./outcome.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const main = (argv: string[]) => {
 *   console.log("hello", ...argv);
 *   return 3;
 * };
 * const outcome = await callInProcess(
 *   {
 *     specifier: "tool",
 *     attr: ["main"],
 *     argv: ["you"],
 *     env: {},
 *     stdin: new Uint8Array(),
 *     tmpDir: "/tmp",
 *     timeoutMs: 5000,
 *   },
 *   new MemoryHost({ modules: { tool: { main } } }),
 * );
 * assertEquals(outcome.exitCode, 3);
 * assertEquals(decodeOutput(outcome.stdout), "hello you\n");
 * ```
 */
export function callInProcess(
  call: Call,
  host: Pick<Host, "importModule">,
): Promise<Outcome> {
  const outcome = turn.then(() => callNow(call, host));
  turn = outcome.catch(() => {});
  return outcome;
}

/**
 * Gives up on the call that is running and puts everything back at once: for
 * whoever handles an interrupt. Until then `exit` ends the call, not the
 * process.
 *
 * @example Usage
 * ```ts
 * import { callInProcess, stopAllCalls } from "./in_process.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertRejects } from "@std/assert";
 *
 * const main = () => new Promise(() => stopAllCalls());
 * const call = {
 *   specifier: "tool",
 *   attr: ["main"],
 *   argv: [],
 *   env: {},
 *   stdin: new Uint8Array(),
 *   tmpDir: "/tmp",
 *   timeoutMs: 5000,
 * };
 * const host = new MemoryHost({ modules: { tool: { main } } });
 * await assertRejects(() => callInProcess(call, host), Error, "interrupted");
 * ```
 */
export function stopAllCalls(): void {
  current?.patches.restore();
  current?.session.interrupt();
}

async function callNow(
  call: Call,
  host: Pick<Host, "importModule">,
): Promise<Outcome> {
  const session = new Session(call);
  const patches = new Patches();
  const stopWatching = watchForStrayErrors(session);
  current = { session, patches };
  try {
    redirect(session, patches);
    return await session.run(host, exitCode);
  } finally {
    current = undefined;
    patches.restore();
    // A promise that was rejected by the end itself is reported after it.
    await new Promise((go) => setTimeout(go));
    stopWatching();
  }
}

function redirect(session: Session, patches: Patches): void {
  redirectConsole(session, patches);
  redirectInput(session, patches);
  redirectOutput(Deno.stdout, session.stdout, patches);
  redirectOutput(Deno.stderr, session.stderr, patches);
  redirectNodeOutput(process.stdout, session.stdout, patches);
  redirectNodeOutput(process.stderr, session.stderr, patches);
  redirectEnvironment(session, patches);
  redirectExit(session, patches);
}

function redirectConsole(session: Session, patches: Patches): void {
  const methods = consoleMethods({
    out: (text) => void session.stdout.write(text),
    err: (text) => void session.stderr.write(text),
    inspect: (value, options) => Deno.inspect(value, options),
  });
  for (const [name, method] of methods) patches.method(console, name, method);
}

function redirectInput(session: Session, patches: Patches): void {
  const readSync = (into: Uint8Array): number | null => {
    const taken = session.read(into.length);
    into.set(taken);
    return taken.length === 0 && into.length > 0 ? null : taken.length;
  };
  const rest = () => [session.read()].filter((bytes) => bytes.length > 0);
  const { stdin } = Deno;
  patches.method(stdin, "readSync", readSync);
  const read = (into: Uint8Array) => Promise.resolve(readSync(into));
  patches.method(stdin, "read", read);
  patches.getter(stdin, "readable", () => ReadableStream.from(rest()));
  patches.method(stdin, "isTerminal", () => false);
  let stream: Readable | undefined;
  patches.getter(process, "stdin", () => stream ??= Readable.from(rest()));
}

function redirectOutput(
  output: typeof Deno.stdout,
  sink: Sink,
  patches: Patches,
): void {
  const write = (data: Uint8Array) => Promise.resolve(sink.write(data));
  const writable = () =>
    new WritableStream<Uint8Array>({ write: (data) => void sink.write(data) });
  patches.method(output, "writeSync", (data: Uint8Array) => sink.write(data));
  patches.method(output, "write", write);
  patches.getter(output, "writable", writable);
  patches.method(output, "isTerminal", () => false);
}

function redirectNodeOutput(
  stream: object,
  sink: Sink,
  patches: Patches,
): void {
  const write = (data: string | Uint8Array, ...rest: readonly unknown[]) => {
    sink.write(data);
    const done = rest.at(-1);
    if (typeof done === "function") queueMicrotask(() => done());
    return true;
  };
  patches.method(stream, "write", write);
  patches.value(stream, "isTTY", undefined);
}

// The process's own environment changes, so that every way to ask for it, and
// every child that inherits it, agrees.
function redirectEnvironment(session: Session, patches: Patches): void {
  const before = Deno.env.toObject();
  const cwd = Deno.cwd();
  patches.later(() => {
    setEnvironment(before);
    Deno.chdir(cwd);
  });
  setEnvironment(session.call.env);
}

function setEnvironment(wanted: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(Deno.env.toObject())) {
    if (!Object.hasOwn(wanted, name)) Deno.env.delete(name);
  }
  for (const [name, value] of Object.entries(wanted)) {
    if (Deno.env.get(name) !== value) Deno.env.set(name, value);
  }
}

function exitCode(): number {
  return Deno.exitCode;
}

// `process.exitCode` is a copy of its own that also sets `Deno.exitCode`.
function redirectExit(session: Session, patches: Patches): void {
  const codes = [process.exitCode, Deno.exitCode] as const;
  patches.later(() => [process.exitCode, Deno.exitCode] = codes);
  process.exitCode = undefined;
  Deno.exitCode = 0;
  const exit = (code?: unknown) => session.exit(code ?? exitCode());
  patches.method(Deno, "exit", exit);
  patches.method(process, "exit", exit);
  patches.method(process, "reallyExit", exit);
}

// What is thrown in a timer, or in a promise nobody waits for, would otherwise
// end this process.
function watchForStrayErrors(session: Session): () => void {
  const onError = (event: ErrorEvent) => {
    event.preventDefault();
    session.fail(event.error);
  };
  const onRejection = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    session.fail(event.reason);
  };
  globalThis.addEventListener("error", onError);
  globalThis.addEventListener("unhandledrejection", onRejection);
  return () => {
    globalThis.removeEventListener("error", onError);
    globalThis.removeEventListener("unhandledrejection", onRejection);
  };
}
