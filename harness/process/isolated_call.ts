/**
 * The other side of a call in a process of its own: what that process does.
 *
 * It is started by {@linkcode callIsolated}, and of no use to anybody else.
 *
 * @module
 */

import { denoHost } from "../../host/deno_host.ts";
import type { Host } from "../../host/host.ts";
import { CaseError } from "../case_error.ts";
import type { Call } from "./call.ts";
import { callInProcess } from "./in_process.ts";

export type { Call, CallInput, FunctionName, OnPrint } from "./call.ts";

/** What a process is asked to call, as JSON has it. */
export interface CallRequest extends Omit<Call, "stdin" | "onPrint"> {
  /** What it reads from standard input, in base 64. */
  readonly stdin: string;
  /** The file to write the answer to. */
  readonly answer: string;
}

/** What became of the call; what it printed is on the process's own streams. */
export type CallAnswer =
  | { readonly exitCode: number }
  | { readonly failure: string };

/**
 * Makes the call and answers; for a process that does nothing else.
 *
 * @param request What to call.
 * @param host The machine. Default: this one.
 *
 * @example Usage
 * ```ts
 * import { answerCall } from "./isolated_call.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const main = () => console.log("hello");
 * const host = new MemoryHost({ modules: { tool: { main } } });
 * await answerCall({
 *   specifier: "tool",
 *   attr: ["main"],
 *   argv: [],
 *   env: {},
 *   stdin: "",
 *   tmpDir: "/tmp",
 *   timeoutMs: 5000,
 *   answer: "/tmp/answer.json",
 * }, host);
 * assertEquals(host.stdoutText, "hello\n");
 * const answer = new TextDecoder().decode(host.readFile("/tmp/answer.json"));
 * assertEquals(answer, '{"exitCode":0}');
 * ```
 */
export async function answerCall(
  request: CallRequest,
  host: Pick<Host, "importModule" | "write" | "writeFile"> = denoHost(),
): Promise<void> {
  const { answer: file, ...call } = request;
  const answer = await makeCall({
    ...call,
    stdin: Uint8Array.fromBase64(request.stdin),
    onPrint: (stream, bytes) => host.write(stream, bytes),
  }, host);
  host.writeFile(file, new TextEncoder().encode(JSON.stringify(answer)));
}

async function makeCall(
  call: Call,
  host: Pick<Host, "importModule">,
): Promise<CallAnswer> {
  try {
    const { exitCode } = await callInProcess(call, host);
    return { exitCode };
  } catch (error) {
    if (error instanceof CaseError) return { failure: error.message };
    throw error;
  }
}
