/**
 * Trees for tests: the portable form, built from a copy of the source that may
 * have been changed.
 *
 * @module
 */

import { openTree, writeContractFiles } from "../harness/image/tree.ts";
import type { CaseResult } from "../harness/case.ts";
import { verifyTree } from "../harness/image/verify.ts";
import { prepareSandbox } from "../harness/image/sandbox.ts";
import { denoHost } from "../host/deno_host.ts";
import { materialize, parseManifest } from "../runner/manifest.ts";
import { buildPortable, buildProgram } from "../tools/build.ts";

const ROOT = new URL("../", import.meta.url).pathname.replace(/\/$/, "");

/** What the entrypoint is made of. */
const ENTRYPOINT_SOURCES = ["cli.ts", "deno.json", "host", "runner", "text"];

/** A folder that is removed when its scope ends. */
export class TempFolder implements AsyncDisposable {
  /** Its absolute path. */
  readonly path: string = Deno.makeTempDirSync({ prefix: "runner-test-" });

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}

/** Builds the base image's tree from the source as it is. */
export async function buildBaseTree(out: string): Promise<void> {
  await buildPortable({ source: ROOT, out });
  await buildContractFiles(out);
}

/** Makes the contract files of the base image, without an entrypoint. */
export async function buildContractFiles(out: string): Promise<void> {
  const manifest = parseManifest(
    await Deno.readFile(`${ROOT}/images/base/image.manifest`),
  );
  if (!manifest.ok) throw new Error(JSON.stringify(manifest.problems));
  writeContractFiles(denoHost(), materialize(manifest.manifest), out);
}

/** A change of one file of the source. */
export interface Mutation {
  /** The file, below the root. */
  readonly file: string;
  /** What stands there exactly once. */
  readonly from: string;
  /** What stands there instead. */
  readonly to: string;
}

/**
 * Makes a tree like another one, with an entrypoint built from changed source.
 *
 * @param base The tree to be like.
 * @param folder A folder to make, for tree and source.
 * @throws {Error} If what is to be changed does not stand there exactly once.
 */
export async function buildMutant(
  base: string,
  folder: string,
  mutation: Mutation,
): Promise<string> {
  await Deno.mkdir(folder);
  const source = `${folder}/source`;
  const out = `${folder}/rootfs`;
  await copySource(source, mutation);
  await copyTree(base, out);
  const library = `${out}/usr/local/lib/runner`;
  for (const file of ["exec.js", "program.js", "runner.js"]) {
    await Deno.remove(`${library}/${file}`);
  }
  await buildProgram(source, library);
  return out;
}

/**
 * Copies the entrypoint's source, changed or as it is.
 *
 * @param target The folder to make.
 * @throws {Error} If what is to be changed does not stand there exactly once.
 */
export async function copySource(
  target: string,
  mutation?: Mutation,
): Promise<void> {
  await Deno.mkdir(target);
  const paths = ENTRYPOINT_SOURCES.map((name) => `${ROOT}/${name}`);
  await run("cp", "-R", ...paths, target);
  if (mutation === undefined) return;
  const path = `${target}/${mutation.file}`;
  const text = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, mutated(text, mutation));
}

/** Hard links: the runtime is large and stays as it is. */
async function copyTree(from: string, to: string): Promise<void> {
  await run("cp", "-R", "--link", from, to);
}

async function run(command: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args })
    .output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/**
 * Changes a text.
 *
 * @throws {Error} If what is to be changed does not stand there exactly once.
 */
export function mutated(text: string, { file, from, to }: Mutation): string {
  const count = text.split(from).length - 1;
  if (count !== 1) {
    throw new Error(`${file} holds the text to change ${count} times: ${from}`);
  }
  return text.replace(from, () => to);
}

/** Verifies a tree and gives every result. */
export async function verifyResults(
  tree: string,
  filter?: string,
): Promise<readonly CaseResult[]> {
  const host = denoHost();
  const results: CaseResult[] = [];
  const summary = await verifyTree(host, openTree(host, tree), {
    reporters: [{ case: (result) => void results.push(result), end: () => {} }],
    ...(filter === undefined ? {} : { filter }),
  });
  if (summary.notStarted !== undefined) {
    throw new Error(`no sandbox: ${summary.notStarted.join("; ")}`);
  }
  return results;
}

/** Tells whether this machine allows a sandbox, and if not, why. */
export async function sandboxRefusal(): Promise<string | undefined> {
  const host = denoHost();
  const user = {
    name: "runner",
    uid: 10001,
    gid: 10001,
    home: "/home/runner",
    workDirectory: "/workspace",
  };
  await using folder = new TempFolder();
  await buildBaseTree(folder.path);
  const tree = { root: folder.path, domain: "base", user };
  const result = await prepareSandbox(host, tree);
  if (!result.ok) return result.reasons.join("; ");
  result.sandbox[Symbol.dispose]();
  return undefined;
}
