/**
 * Calls: functions of modules that run in this process as if it were their
 * own.
 *
 * A case borrows the process. Until it gives it back these lead to what the
 * case calls instead of to the machine: the methods of `console`; the methods
 * and streams of `Deno.stdin`, `Deno.stdout` and `Deno.stderr`; `Deno.args`
 * and `process.argv`; `process.stdin`, and `write` and `end` of
 * `process.stdout` and `process.stderr`; `prompt`, `confirm` and `alert`; the
 * environment, for `Deno.env` and `process.env` alike; `Deno.exit`,
 * `process.exit`, `Deno.exitCode` and `process.exitCode`. What a module prints
 * while it is loaded is thrown away, because a module is loaded once for all
 * cases.
 *
 * Afterwards all of it is as it was, and so are the globals, the objects of
 * the language, the working directory, and the listeners of `globalThis`,
 * `process` and signals. Timers of `globalThis` that still run are cleared.
 *
 * What cannot be had in one process: the state of a module outlives the case,
 * and so does what its load adds to the language; descriptors written to
 * directly (`node:fs`, a child that inherits its streams) and workers lead to
 * the machine; of named imports only those of `node:process` follow; a server,
 * a watcher or a timer of `node:timers` that is left behind goes on; the working
 * directory is that of the whole process; and a loop that never yields cannot
 * be stopped.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { quoted } from "../../text/printable.ts";
import { CaseError } from "../case_error.ts";
import { Loan, type ProcessLoan } from "./_loan.ts";
import { guest } from "./_owner.ts";
import type { Call } from "./call.ts";
import type { Outcome } from "./outcome.ts";

export type { HookInput, LoadedFunction, ProcessLoan } from "./_loan.ts";
export type * from "./call.ts";

// A program may itself be one that calls functions: its calls do not wait for
// the end of the one they are part of.
const turns: WeakMap<object, Promise<unknown>> = new WeakMap();
const NOBODY = {};
const loans: Loan[] = [];

/**
 * Lends this process to a case, and takes it back whatever happens. There is
 * one loan at a time, the next waits; but one that is asked for by a program
 * that is called here is part of that call.
 *
 * @param env The environment of the case.
 * @param host The machine.
 * @param use What to do with the process.
 * @returns What that returned.
 * @throws {CaseError} `runtime` if something cannot be put back as it was.
 * @throws What `use` threw.
 *
 * @example What a hook replaces is there for the program, and gone afterwards
 * ```ts
 * import { borrowProcess } from "./in_process.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals, assertNotEquals } from "@std/assert";
 *
 * const hooks = { freeze: () => void (Date.now = () => 7) };
 * const tool = { main: () => Date.now() };
 * const host = new MemoryHost({ modules: { hooks, tool } });
 * const input = { argv: [], env: {}, stdin: new Uint8Array(), tmpDir: "/tmp" };
 * const outcome = await borrowProcess({}, host, async (process) => {
 *   const program = await process.load({ specifier: "tool", attr: ["main"] }, 500);
 *   const hook = await process.load({ specifier: "hooks", attr: ["freeze"] }, 500);
 *   await process.hook(hook, {}, { env: {}, timeoutMs: 500 });
 *   return await process.call(program, { ...input, timeoutMs: 500 });
 * });
 * assertEquals(outcome.exitCode, 7);
 * assertNotEquals(Date.now(), 7);
 * ```
 */
export function borrowProcess<T>(
  env: Readonly<Record<string, string>>,
  host: Pick<Host, "importModule">,
  use: (process: ProcessLoan) => Promise<T>,
): Promise<T> {
  const caller = guest() ?? NOBODY;
  const turn = turns.get(caller) ?? Promise.resolve();
  const result = turn.then(() => lend(env, host, use));
  turns.set(caller, result.catch(() => {}));
  return result;
}

async function lend<T>(
  env: Readonly<Record<string, string>>,
  host: Pick<Host, "importModule">,
  use: (process: ProcessLoan) => Promise<T>,
): Promise<T> {
  const loan = new Loan(env, host);
  loans.push(loan);
  try {
    const result = await use(loan);
    const [stuck] = loan.end();
    if (stuck === undefined) return result;
    throw new CaseError(
      "runtime",
      `Cannot put back ${quoted(stuck)}: the case has made it permanent`,
    );
  } finally {
    loans.splice(loans.indexOf(loan), 1);
    loan.end();
    await loan.settle();
  }
}

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
  return borrowProcess(call.env, host, async (process) => {
    const { specifier, attr, timeoutMs } = call;
    const program = await process.load({ specifier, attr }, timeoutMs);
    return await process.call(program, call);
  });
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
  for (const loan of loans.toReversed()) loan.interrupt();
}
