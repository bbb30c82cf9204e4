/**
 * The spec command as a program for cases: what is said about the command, and
 * about documents that cannot carry a case of their own.
 *
 * @module
 */

import type { CallIo } from "../../harness/process/in_process.ts";
import { specMain } from "../../harness/spec_cli/main.ts";
import { parseStat } from "../../host/_proc_processes.ts";
import { denoHost } from "../../host/deno_host.ts";
import type { Host } from "../../host/host.ts";

/**
 * Calls the spec command. `$TMP` in the arguments is the temporary directory of
 * the case, and it is written like that in what is printed, too.
 */
export function spec(argv: readonly string[], io: CallIo): Promise<number> {
  const decoder = new TextDecoder();
  const outputs = { 1: io.stdout, 2: io.stderr };
  const host: Host = {
    ...denoHost(),
    args: argv.map((word) => word.replaceAll("$TMP", io.tmpDir)),
    env: (name) => io.env[name],
    environment: () => ({ ...io.env }),
    write(descriptor, bytes) {
      const text = decoder.decode(bytes).replaceAll(io.tmpDir, "$TMP");
      outputs[descriptor].write(text);
    },
  };
  return specMain(host);
}

/**
 * Calls the spec command, and prints the path of the report it is to write:
 * `report.json` in the temporary directory.
 */
export async function report(
  argv: readonly string[],
  io: CallIo,
): Promise<number> {
  const stdout = { write: (data: string | Uint8Array) => data.length };
  const path = `${io.tmpDir}/report.json`;
  const code = await spec([...argv, "--report", `json=${path}`], {
    ...io,
    stdout,
  });
  io.stdout.write(`${path}\n`);
  return code;
}

/**
 * Makes a symbolic link in the temporary directory, then calls the spec command.
 * The first two arguments are where it leads and its name.
 */
export function linked(
  [target = "", name = "", ...argv]: readonly string[],
  io: CallIo,
): Promise<number> {
  Deno.symlinkSync(target, `${io.tmpDir}/${name}`);
  return spec(argv, io);
}

/**
 * Calls the spec command and tells how many of the processes go on whose ids
 * its cases wrote into the file `$TRACE`.
 */
export async function survivors(
  argv: readonly string[],
  io: CallIo,
): Promise<number> {
  const TRACE = `${io.tmpDir}/trace`;
  const code = await spec(argv, { ...io, env: { ...io.env, TRACE } });
  const ids = Deno.readTextFileSync(TRACE).trim().split("\n");
  const left = ids.filter(isAlive);
  io.stdout.write(`${left.length} of ${ids.length} go on\n`);
  return code;
}

function isAlive(id: string): boolean {
  try {
    const line = Deno.readTextFileSync(`/proc/${id}/stat`);
    return parseStat(line)?.isDead === false;
  } catch {
    return false;
  }
}

/**
 * Calls the spec command and tells how many of the directories are left whose
 * paths its cases wrote into the file `$TRACE`.
 */
export async function afterwards(
  argv: readonly string[],
  io: CallIo,
): Promise<number> {
  const TRACE = `${io.tmpDir}/trace`;
  const stdout = { write: (data: string | Uint8Array) => data.length };
  const code = await spec(argv, { ...io, stdout, env: { ...io.env, TRACE } });
  const paths = Deno.readTextFileSync(TRACE).trim().split("\n");
  const left = paths.filter((path) => denoHost().mayAccess(path, "read"));
  io.stdout.write(`${left.length} of ${paths.length} are left\n`);
  return code;
}
