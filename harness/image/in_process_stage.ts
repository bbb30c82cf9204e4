/**
 * The entrypoint in this process, where a machine allows no sandbox.
 *
 * It decides and prints as the real one, over the files of the tree, but it
 * cannot become a tool: what needs that is skipped, and says so.
 *
 * @module
 */

import { denoHost } from "../../host/deno_host.ts";
import { HostError } from "../../host/host.ts";
import { MemoryHost } from "../../host/memory_host.ts";
import { main } from "../../runner/main.ts";
import { IDENTITY_FILE, RUNTIME_FILE, TOOLS_FILE } from "../../runner/paths.ts";
import type { Stage } from "./stage.ts";
import type { Tree } from "./tree.ts";

/** Names the tree to the entrypoint in this process. */
const TREE_VARIABLE = "RUNNER_VERIFY_TREE";
const USER_VARIABLE = "RUNNER_VERIFY_USER";

/**
 * Makes the stage.
 *
 * @param tree The tree whose files the entrypoint sees.
 * @returns An environment for the cases that names this module as entrypoint.
 *
 * @example Usage
 * ```ts
 * import { inProcessStage } from "./in_process_stage.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const user = { name: "runner", uid: 10001, gid: 10001, home: "/", workDirectory: "/" };
 * const stage = inProcessStage({ root: "/tree", domain: "base", user });
 * assertEquals(stage.capabilities, []);
 * ```
 */
export function inProcessStage({ root, user }: Tree): Stage {
  return {
    environment: {
      SPEC_RUNNER_ENTRYPOINT: `${import.meta.url}:run`,
      [TREE_VARIABLE]: root,
      [USER_VARIABLE]: `${user.uid}:${user.gid}`,
    },
    capabilities: [],
  };
}

/** What a case type hands to an entrypoint in this process. */
export interface StageIo {
  /** The environment of the case. */
  readonly env: Readonly<Record<string, string>>;
  /** Takes what is printed. */
  readonly stdout: { write(text: string): unknown };
  /** Takes what is complained. */
  readonly stderr: { write(text: string): unknown };
}

/**
 * One invocation of the entrypoint over the files of a tree.
 *
 * @param argv The words.
 * @param io The environment of the case, and where output goes.
 * @returns The exit code.
 */
export async function run(
  argv: readonly string[],
  io: StageIo,
): Promise<number> {
  const host = memoryOf(io);
  const encoder = new TextEncoder();
  const restore = { openFilesLimit: undefined, ignoreSigpipe: false };
  const code = await main(host, {
    start: () => ({
      words: argv.map((word) => encoder.encode(word)),
      environment: [],
      restore,
    }),
    replace: () => ({ code: "EPERM", path: undefined }),
  });
  io.stdout.write(host.stdoutText);
  io.stderr.write(host.stderrText);
  return code;
}

function memoryOf({ env }: StageIo): MemoryHost {
  const root = env[TREE_VARIABLE] ?? "";
  const [uid = 0, gid = 0] = (env[USER_VARIABLE] ?? "").split(":").map(Number);
  const files = [IDENTITY_FILE, RUNTIME_FILE, TOOLS_FILE].flatMap((path) => {
    const bytes = read(root + path);
    return bytes === undefined ? [] : [[path, bytes] as const];
  });
  return new MemoryHost({
    ids: { uid, euid: uid, gid, egid: gid },
    files: {
      "/usr/local/lib/runner.d": { kind: "directory", mode: 0o555 },
      ...Object.fromEntries(files),
    },
  });
}

function read(path: string): Uint8Array | undefined {
  try {
    return denoHost().readFile(path);
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}
