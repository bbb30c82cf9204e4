/**
 * Calls for the tests of calls.
 *
 * @module
 */

import { denoHost } from "../../host/deno_host.ts";
import { MemoryHost } from "../../host/memory_host.ts";
import { type Call, callInProcess, type CallIo } from "./in_process.ts";
import { decodeOutput } from "./outcome.ts";

/** A program that is a function. */
export type Main = (argv: string[], io: CallIo) => unknown;

/** What a call is given, unless a test says otherwise. */
export function request(change: Partial<Call> = {}): Call {
  return {
    specifier: "tool",
    attr: ["main"],
    argv: [],
    env: {},
    stdin: new Uint8Array(),
    tmpDir: "/tmp/case",
    timeoutMs: 5000,
    ...change,
  };
}

/** Calls a function as the program of a case. */
export async function call(main: Main, change: Partial<Call> = {}) {
  const host = new MemoryHost({ modules: { tool: { main } } });
  const outcome = await callInProcess(request(change), host);
  return {
    code: outcome.exitCode,
    stdout: decodeOutput(outcome.stdout),
    stderr: decodeOutput(outcome.stderr),
  };
}

/** Text as bytes. */
export function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Waits. */
export function sleep(ms: number): Promise<unknown> {
  return new Promise((go) => setTimeout(go, ms));
}

/** Makes a module, and says what a call of it prints and ends with. */
export async function callFile(
  source: string,
  calls: readonly Partial<Call>[],
) {
  const path = Deno.makeTempFileSync({ suffix: ".ts" });
  Deno.writeTextFileSync(path, source);
  const outcomes = [];
  for (const change of calls) {
    const specifier = `file://${path}`;
    const outcome = callInProcess(
      request({ specifier, ...change }),
      denoHost(),
    );
    const { exitCode, stdout } = await outcome;
    outcomes.push([exitCode, decodeOutput(stdout)]);
  }
  Deno.removeSync(path);
  return outcomes;
}
