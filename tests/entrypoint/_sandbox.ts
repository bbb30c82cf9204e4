/**
 * The portable form, as built, at its real paths in the sandbox.
 *
 * The tree and the small C programs are made once for all workers that run at
 * the same time, and removed by the last of them.
 *
 * @module
 */

import { prepareSandbox, type Sandbox } from "../../harness/image/sandbox.ts";
import { openTree } from "../../harness/image/tree.ts";
import { denoHost } from "../../host/deno_host.ts";
import { buildBaseTree } from "../_tree.ts";
import { type End, raw, Running, text } from "./_running.ts";
import { compile, isThere, SharedFolder } from "./_shared_folder.ts";

export { type End, raw, type Running, text };

const PROGRAMS = ["probe", "stage", "terminal"] as const;

/** What is started, and how. */
export interface Start {
  /** The program, the entrypoint by default. */
  readonly program?: string;
  /** Its arguments. */
  readonly args?: readonly string[];
  /** Shell text run by the sandbox's administrator in the new root. */
  readonly setup?: string;
  /** `uid:gid`, the declared user by default. */
  readonly user?: string;
  /** Entries for the environment, without line breaks. */
  readonly env?: readonly string[];
  /** What comes on standard input, which is empty by default. */
  readonly stdin?: string;
  /** What starts the whole sandbox, the command to start as its last words. */
  readonly outer?: readonly string[];
  /** `root` needs root; by default what works here. */
  readonly mode?: "root";
}

/** Quotes a word for the shell. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Starts programs in the sandbox, or says why this machine has none. */
export class EntrypointSandbox {
  /** A folder on this machine that every user may write to. */
  readonly folder: string;
  /** Why nothing can be started, if so. */
  readonly refusal: string | undefined;
  /** Whether the C programs could be compiled. */
  readonly compiled: boolean;
  #sandbox: Sandbox | undefined;

  constructor(
    folder: string,
    sandbox: Sandbox | readonly string[],
    compiled: boolean,
  ) {
    this.folder = folder;
    this.compiled = compiled;
    if ("command" in sandbox) this.#sandbox = sandbox;
    else this.refusal = sandbox.join("; ");
  }

  /** Releases what the sandbox holds. */
  close(): void {
    this.#sandbox?.[Symbol.dispose]();
  }

  /** Starts a program and leaves it running. */
  spawn(start: Start): Running {
    return new Running(this.#command(start).spawn());
  }

  /** Starts a program and waits for its end. */
  async run(start: Start): Promise<End> {
    const running = this.spawn(start);
    // Whoever ends without reading all of it may do so.
    if (start.stdin) await running.write(start.stdin).catch(() => {});
    return await running.end();
  }

  /** Runs shell text as the outer parent of the entrypoint. */
  async shell(script: string, start: Start = {}): Promise<End> {
    const args = ["-c", script, ...start.args ?? []];
    return await this.run({ ...start, program: "/bin/sh", args });
  }

  /** Runs pieces of shell text one after the other in one sandbox. */
  async each(pieces: readonly string[], start: Start = {}): Promise<End[]> {
    const end = await this.shell(
      pieces.map((piece) => `(${piece}\n) ${CAPTURE}`).join("\n"),
      start,
    );
    if (end.code !== 0) throw new Error(`the shell failed: ${end.stderr}`);
    return readCaptures(end.stdout);
  }

  #command(start: Start): Deno.Command {
    const [command = "", ...words] = [
      ...start.outer ?? [],
      ...this.#sandbox?.command ?? [],
    ];
    const programs = this.compiled
      ? `cp ${PROGRAMS.map((name) => `${this.folder}/${name}`).join(" ")} ` +
        "usr/local/bin/\n"
      : "";
    return new Deno.Command(command, {
      args: [...words, ...start.args ?? []],
      clearEnv: true,
      env: {
        ...this.#sandbox?.environment,
        SANDBOX_SETUP: programs + (start.setup ?? ""),
        ...(start.mode && { SANDBOX_MODE: start.mode }),
        ...(start.program && { SANDBOX_PROGRAM: start.program }),
        ...(start.user && { SANDBOX_USER: start.user }),
        ...(start.env && { SANDBOX_ENV: start.env.join("\n") }),
      },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    });
  }
}

const CAPTURE = ">/tmp/.1 2>/tmp/.2 </dev/null\n" +
  'echo "$? $(wc -c </tmp/.1) $(wc -c </tmp/.2)"; cat /tmp/.1 /tmp/.2';

function readCaptures(output: string): End[] {
  const ends: End[] = [];
  for (let rest = output; rest !== "";) {
    const [head = "", code, one, two] = /^(\d+) +(\d+) +(\d+)\n/.exec(rest) ??
      [];
    if (head === "") throw new Error(`not a capture: ${JSON.stringify(rest)}`);
    const middle = head.length + Number(one);
    const end = middle + Number(two);
    ends.push({
      code: Number(code),
      stdout: rest.slice(head.length, middle),
      stderr: rest.slice(middle, end),
    });
    rest = rest.slice(end);
  }
  return ends;
}

let opened: Promise<EntrypointSandbox> | undefined;

/**
 * Opens the sandbox for the test files of one worker; it is closed when they
 * are done.
 */
export function openSandbox(): Promise<EntrypointSandbox> {
  return opened ??= open();
}

async function open(): Promise<EntrypointSandbox> {
  const shared = new SharedFolder();
  await shared.enter(async (folder) => {
    await buildBaseTree(`${folder}/rootfs`);
    for (const name of PROGRAMS) await compile(name, folder);
  });
  const host = denoHost();
  const tree = openTree(host, `${shared.path}/rootfs`);
  const result = await prepareSandbox(host, tree);
  const sandbox = new EntrypointSandbox(
    shared.path,
    result.ok ? result.sandbox : result.reasons,
    await isThere(`${shared.path}/terminal`),
  );
  globalThis.addEventListener("unload", () => {
    sandbox.close();
    shared.leave();
  });
  return sandbox;
}

/** What a test needs beyond the sandbox, with the reason to leave it out. */
export type Need = readonly [met: boolean, reason: string];

/** Whether strace(1) can watch programs: not everybody may, not everywhere. */
export async function stracing(sandbox: EntrypointSandbox): Promise<Need> {
  if (sandbox.refusal !== undefined) return [false, sandbox.refusal];
  const [end] = await sandbox.each(["strace -o /tmp/trace true"]);
  return [end?.code === 0, "strace cannot watch a program here"];
}

/** Registers tests that are left out, with the reason, where they cannot run. */
export function sandboxTests(sandbox: EntrypointSandbox) {
  return (
    name: string,
    fn: (t: Deno.TestContext) => Promise<void>,
    ...needs: readonly Need[]
  ): void => {
    const { refusal } = sandbox;
    const unmet: Need | undefined = refusal !== undefined
      ? [false, `no sandbox on this machine: ${refusal}`]
      : needs.find(([met]) => !met);
    Deno.test({
      name: unmet === undefined ? name : `${name} (left out: ${unmet[1]})`,
      ignore: unmet !== undefined,
      fn,
    });
  };
}
