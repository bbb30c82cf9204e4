/**
 * Calls in a process of their own: functions of modules that share nothing with
 * other calls, and that can be stopped whatever they do.
 *
 * The other process is another run of the runtime, with the configuration of
 * this one. There the function is called just as it would be
 * called here.
 *
 * @module
 */

import {
  type CommandEnd,
  type Host,
  HostError,
  type MarkedProcesses,
} from "../../host/host.ts";
import { quoted } from "../../text/printable.ts";
import { type FileHost, readRegularFile } from "../_read_file.ts";
import { CaseError } from "../case_error.ts";
import { watchCommand, type WatchedEnd } from "./_watch.ts";
import type { Call } from "./call.ts";
import type { CallAnswer, CallRequest } from "./isolated_call.ts";
import { type Outcome, showPrinted } from "./outcome.ts";
import { WORKSPACE_VARIABLE } from "./workspace.ts";

/** The part of a host that isolated calls need. */
export type IsolatingHost =
  & FileHost
  & Pick<
    Host,
    | "cwd"
    | "environment"
    | "makeTempDirectory"
    | "remove"
    | "runtimeCommand"
    | "start"
  >;

/** What a call in a process of its own is given besides. */
export interface IsolatedCall extends Omit<Call, "onPrint"> {
  /** The working directory. Default: this process's. */
  readonly cwd?: string;
  /** What it starts, to be killed with it. */
  readonly processes?: MarkedProcesses;
  /** The environment of the runtime. Default: this process's. */
  readonly runtimeEnv?: Readonly<Record<string, string>>;
}

/** The other process does not look at the time: this one does. */
const NO_TIMEOUT_MS = 2 ** 31 - 1;
const ANSWER = "answer.json";

/**
 * Calls a function of a module in a process of its own, and waits for its end.
 * Calls run side by side.
 *
 * @param call The function and what it is given.
 * @param host The machine.
 * @returns Its exit code and everything it printed.
 * @throws {CaseError} `runtime` if the function is missing, throws, returns
 * something that is no exit code, takes too long (it is killed), prints too
 * much, or ends its process; and if there is no runtime to start.
 *
 * @example A loop without an end
 * ```ts
 * import { callIsolated } from "./isolated.ts";
 * import { denoHost } from "../../host/deno_host.ts";
 * import { assertRejects } from "@std/assert";
 *
 * const code = "export function main() { console.log(1); for (;;); }";
 * const call = {
 *   specifier: `data:application/javascript,${encodeURIComponent(code)}`,
 *   attr: ["main"],
 *   argv: [],
 *   env: {},
 *   stdin: new Uint8Array(),
 *   tmpDir: "/tmp",
 *   timeoutMs: 600,
 * };
 * await assertRejects(() => callIsolated(call, denoHost()), Error,
 *   "ran into the timeout: it took longer than 0.6 s");
 * ```
 */
export async function callIsolated(
  call: IsolatedCall,
  host: IsolatingHost,
): Promise<Outcome> {
  const runtime = attempt(call, () => host.runtimeCommand());
  if (runtime === undefined) throw failure(call, NO_RUNTIME);
  const folder = attempt(call, () => host.makeTempDirectory("spec-call-"));
  try {
    const answer = `${folder}/${ANSWER}`;
    const command = attempt(call, () =>
      host.start({
        argv: runtime,
        env: { ...call.runtimeEnv ?? host.environment(), ...marks(call) },
        searchPath: "",
        stdin: new TextEncoder().encode(program(call, answer)),
        cwd: call.cwd ?? host.cwd(),
      }));
    const { timeoutMs, processes } = call;
    const limits = { timeoutMs, graceMs: 0 };
    const end = await watchCommand(
      command,
      processes === undefined ? limits : { ...limits, processes },
    );
    return outcomeOf(call, end, readAnswer(answer, host));
  } finally {
    host.remove(folder);
  }
}

const NO_RUNTIME =
  "cannot be called in a process of its own: this program was compiled, and has no deno to start; isolate nothing, or run it with deno";

// By these the process is found if it has to be killed. The rest of the
// environment is the runtime's; the function gets its own.
function marks({ env }: IsolatedCall): Record<string, string> {
  const value = env[WORKSPACE_VARIABLE];
  return value === undefined ? {} : { [WORKSPACE_VARIABLE]: value };
}

/** The module of the other process. */
function program(call: IsolatedCall, answer: string): string {
  const { specifier, attr, argv, env, tmpDir, stdinIsTerminal = false } = call;
  const request: CallRequest = {
    ...{ specifier, attr, argv, env, tmpDir, stdinIsTerminal, answer },
    stdin: call.stdin.toBase64(),
    timeoutMs: NO_TIMEOUT_MS,
  };
  return `const { exit } = Deno;
const { answerCall } = await import(${
    JSON.stringify(moduleOf(import.meta.url))
  });
await answerCall(${JSON.stringify(request)});
exit(0);
`;
}

/**
 * Names the module with the other side. Of a package in a registry it is an
 * export: its files have no other names there.
 *
 * @param url Where this module is.
 */
export function moduleOf(url: string): string {
  const { protocol, pathname } = new URL(url);
  const [, name, version] = /^\/(@[^/]+\/[^/]+)\/([^/]+)\//.exec(pathname) ??
    [];
  return /^https?:$/.test(protocol) && name !== undefined
    ? `jsr:${name}@${version}/isolated-call`
    : new URL("./isolated_call.ts", url).href;
}

function readAnswer(
  path: string,
  host: FileHost,
): CallAnswer | undefined {
  // Nothing, or half of it: the process was ended before it was done.
  const file = readRegularFile(path, host);
  if (!file.ok) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(file.bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function outcomeOf(
  call: IsolatedCall,
  end: WatchedEnd,
  answer: CallAnswer | undefined,
): Outcome {
  const { printed } = end;
  switch (end.kind) {
    case "timeout":
      throw failure(
        call,
        `ran into the timeout: it took longer than ${call.timeoutMs / 1000} s`,
        end,
      );
    case "overflow":
      throw failure(call, `printed more than ${end.max} bytes`, end);
    case "exit":
      if (answer === undefined) {
        throw failure(call, `ended its process ${howOf(end.end)}`, end);
      }
      if ("exitCode" in answer) return { ...answer, ...printed };
      throw new CaseError("runtime", answer.failure);
  }
}

function howOf(end: CommandEnd): string {
  return end.kind === "exit"
    ? `with exit code ${end.code}, past the calls that do that for a case`
    : `by signal ${end.number}`;
}

function attempt<T>(call: IsolatedCall, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    if (!(cause instanceof HostError)) throw cause;
    const text = `cannot be called in a process of its own: ${cause.message}${
      cause.code === "EACCES" ? "; run the spec command with -A" : ""
    }`;
    throw failure(call, text, undefined, cause);
  }
}

function failure(
  { specifier, attr }: IsolatedCall,
  text: string,
  end?: WatchedEnd,
  cause?: unknown,
): CaseError {
  const shown = quoted(`${specifier}:${attr.join(".")}`);
  const printed = end === undefined ? "" : showPrinted(end.printed);
  return new CaseError("runtime", `${shown} ${text}${printed}`, { cause });
}
