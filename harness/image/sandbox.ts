/**
 * The sandbox: the entrypoint of a tree at its real paths, without an engine.
 *
 * @module
 */

import { type Host, HostError } from "../../host/host.ts";
import { CaseError } from "../case_error.ts";
import script from "./sandbox.sh" with { type: "text" };
import type { Tree } from "./tree.ts";

/** How the sandbox gets its namespaces. */
export type SandboxMode =
  /** User namespaces: for everybody who may make them. */
  | "user"
  /** A mount namespace: for root where user namespaces are refused. */
  | "root";

/** The part of the machine that a sandbox is made with. */
export type SandboxHost = Pick<
  Host,
  | "env"
  | "makeDirectory"
  | "makeTempDirectory"
  | "remove"
  | "start"
  | "userIds"
  | "writeFile"
>;

/** A prepared sandbox. It holds a directory until it is disposed of. */
export interface Sandbox extends Disposable {
  /** How it gets its namespaces. */
  readonly mode: SandboxMode;
  /** The command that starts the tree's entrypoint in it. */
  readonly command: readonly string[];
  /** The variables that command reads. */
  readonly environment: Readonly<Record<string, string>>;
  /** What it lets a case do, as capabilities. */
  readonly capabilities: readonly string[];
}

/** A sandbox, or why this machine cannot make one. */
export type SandboxResult =
  | { readonly ok: true; readonly sandbox: Sandbox }
  | { readonly ok: false; readonly reasons: readonly string[] };

/** What every sandbox lets a case do, as capabilities. */
const CAPABILITIES = [
  "runner.process",
  "sandbox.env",
  "sandbox.setup",
  "sandbox.user",
] as const;

/** Besides, where {@linkcode SandboxMode} `root` works: to be two users at once. */
const ROOT_CAPABILITY = "sandbox.root";

const MODES: readonly SandboxMode[] = ["user", "root"];

/**
 * Prepares a sandbox for a tree, in the first mode that works here.
 *
 * @param host The machine.
 * @param tree The tree.
 * @returns The sandbox, or what each mode failed with.
 *
 * @example Usage
 * ```ts no-assert
 * import { prepareSandbox } from "./sandbox.ts";
 * import { openTree } from "./tree.ts";
 * import { denoHost } from "../../host/deno_host.ts";
 *
 * async function modeFor(path: string) {
 *   const host = denoHost();
 *   const result = await prepareSandbox(host, openTree(host, path));
 *   if (!result.ok) return result.reasons;
 *   using sandbox = result.sandbox;
 *   return sandbox.mode;
 * }
 * console.log(typeof modeFor);
 * ```
 */
export async function prepareSandbox(
  host: SandboxHost,
  tree: Tree,
): Promise<SandboxResult> {
  const directory = host.makeTempDirectory("runner-sandbox-");
  const scriptPath = `${directory}/sandbox.sh`;
  host.writeFile(scriptPath, new TextEncoder().encode(script));
  host.makeDirectory(`${directory}/root`);
  const make = (mode: SandboxMode): Sandbox => ({
    mode,
    command: ["sh", scriptPath],
    environment: sandboxEnvironment(host, tree, mode, `${directory}/root`),
    capabilities: CAPABILITIES,
    [Symbol.dispose]: () => host.remove(directory),
  });
  const reasons: string[] = [];
  for (const mode of MODES) {
    const sandbox = make(mode);
    const reason = await probe(host, sandbox);
    if (reason === undefined) {
      const mayBeRoot = await worksAsRoot(host, make("root"), mode);
      const capabilities = mayBeRoot
        ? [...CAPABILITIES, ROOT_CAPABILITY]
        : CAPABILITIES;
      return { ok: true, sandbox: { ...sandbox, capabilities } };
    }
    reasons.push(`${mode}: ${reason}`);
  }
  host.remove(directory);
  return { ok: false, reasons };
}

async function worksAsRoot(
  host: SandboxHost,
  sandbox: Sandbox,
  known: SandboxMode,
): Promise<boolean> {
  if (known === "root") return true;
  if (host.userIds().euid !== 0) return false;
  return await probe(host, sandbox) === undefined;
}

const SYSTEM_PATH =
  "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

function sandboxEnvironment(
  host: Pick<Host, "env">,
  { root, user }: Tree,
  mode: SandboxMode,
  mount: string,
): Record<string, string> {
  return {
    PATH: [host.env("PATH"), SYSTEM_PATH].filter(Boolean).join(":"),
    SANDBOX_MODE: mode,
    SANDBOX_ROOTFS: root,
    SANDBOX_MOUNT: mount,
    SANDBOX_DECLARED_USER: `${user.uid}:${user.gid}`,
    SANDBOX_NAME: user.name,
    SANDBOX_HOME: user.home,
    SANDBOX_WORKDIR: user.workDirectory,
  };
}

/** Starts the sandbox with a program that only succeeds. */
async function probe(
  host: SandboxHost,
  sandbox: Sandbox,
): Promise<string | undefined> {
  const env: Readonly<Record<string, string>> = {
    ...sandbox.environment,
    SANDBOX_PROGRAM: "/usr/bin/true",
  };
  try {
    const command = host.start({
      argv: sandbox.command,
      env,
      searchPath: env["PATH"] ?? SYSTEM_PATH,
      stdin: new Uint8Array(),
    });
    const [, stderr, end] = await Promise.all([
      new Response(command.stdout).text(),
      new Response(command.stderr).text(),
      command.end,
    ]);
    if (end.kind === "exit" && end.code === 0) return undefined;
    return stderr.trim().split("\n")[0] ?? "no reason given";
  } catch (error) {
    if (error instanceof HostError) return error.message;
    throw error;
  }
}

const SANDBOX_FAILURE = /^(sandbox|unshare|mount|chroot): /m;
const SANDBOX_EXIT_CODE = /\bactual=(125|1)\b/;

/**
 * Tells a sandbox that failed from an entrypoint that disagrees.
 *
 * @param error What a case failed with.
 * @returns The failure as what it is.
 *
 * @example The sandbox's own words
 * ```ts
 * import { tellSandboxFailure } from "./sandbox.ts";
 * import { CaseError } from "../case_error.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const said = "exit_code expected=0 actual=125\nsandbox: cannot mount";
 * const told = tellSandboxFailure(new CaseError("assertion", said));
 * assertEquals(told instanceof CaseError && told.category, "runtime");
 * ```
 */
export function tellSandboxFailure(error: unknown): unknown {
  if (
    !(error instanceof CaseError) || error.category !== "assertion" ||
    !SANDBOX_EXIT_CODE.test(error.message) ||
    !SANDBOX_FAILURE.test(error.message)
  ) return error;
  const message = `the sandbox failed, not the entrypoint: ${error.message}`;
  return new CaseError("runtime", message, { cause: error });
}
