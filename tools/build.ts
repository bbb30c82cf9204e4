/**
 * Builds the tree that an image copies: the entrypoint at its real paths.
 *
 * ```sh
 * deno task build --form portable
 * deno task build --form compiled
 * ```
 *
 * The form is always named. `compiled` is the product; it needs a download that
 * `deno compile` makes. `portable` is the same program as one script, the deno
 * executable that runs this tool, and a launcher; it needs no download.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { fromFileUrl, resolve, toFileUrl } from "@std/path";
import { bundle } from "./bundle.ts";
import { compileEntrypoint } from "./compile.ts";
import { type LauncherMachine, readLauncher } from "./launcher/build.ts";

export { bundle } from "./bundle.ts";

/** Where the tree is built unless `--out` says otherwise. */
export const DEFAULT_ROOTFS = "dist/rootfs";

/** The entrypoint's place in an image. */
export const ENTRYPOINT_PATH = "usr/local/bin/runner";

/** The portable form's script and runtime stand here. */
const LIBRARY_PATH = "usr/local/lib/runner";

/** What is built, from where and to where. */
export interface BuildOptions {
  /** The root of the repository, or of a copy of it. */
  readonly source: string;
  /** The tree; made if it is not there. */
  readonly out: string;
}

/**
 * Builds the portable form.
 *
 * The script is always bundled anew, so that the tree is never older than the
 * source; the deno executable is copied only if it changed.
 */
export async function buildPortable(options: BuildOptions): Promise<void> {
  const { source, out } = options;
  const library = `${out}/${LIBRARY_PATH}`;
  await makeFolders(out, ["usr/local/bin", LIBRARY_PATH]);
  await buildProgram(source, library);
  await copyRuntime(`${library}/deno`);
  const launcher = await readLauncher(machine());
  await replaceFile(
    `${out}/${ENTRYPOINT_PATH}`,
    (partial) => Deno.writeFile(partial, launcher),
  );
}

/**
 * The parts of the program, in the order they are run: the first becomes the
 * tool if that is all there is to do, the second can do everything.
 */
const PARTS = { exec: "portable_exec.ts", program: "portable.ts" } as const;

/**
 * The runtime reads a module twice before it runs it, which would be a third of
 * a start. A script that is handed to the engine as text is read once, and only
 * as far as it runs. The loader itself holds no comment: the runtime searches
 * comments for types and JSX with regular expressions, and makes those first.
 */
const LOADER = `for (const part of ${JSON.stringify(Object.keys(PARTS))}) {
  const path = "/${LIBRARY_PATH}/" + part + ".js";
  new Function(Deno.readTextFileSync(path))();
}
`;

/**
 * Builds what the runtime of the portable form is given: the program, and the
 * script that loads it.
 *
 * @param source The root of the repository, or of a copy of it.
 * @param library The folder to write, which is there.
 * @throws {Error} If the program cannot be bundled.
 */
export async function buildProgram(
  source: string,
  library: string,
): Promise<void> {
  const loader = `${library}/runner.js`;
  await Deno.writeTextFile(loader, LOADER);
  await Deno.chmod(loader, 0o644);
  for (const [part, module] of Object.entries(PARTS)) {
    const script = `${library}/${part}.js`;
    await bundlePart(source, module, script);
    await Deno.chmod(script, 0o644);
  }
}

/** Of the configuration only the version goes into the program. */
async function bundlePart(
  source: string,
  module: string,
  script: string,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "runner-build-" });
  const importMap = `${folder}/imports.json`;
  const config = `${source}/deno.json`;
  try {
    const { version } = JSON.parse(await Deno.readTextFile(config));
    await writeJson(`${folder}/deno.json`, { version });
    const imports = { [toFileUrl(resolve(config)).href]: "./deno.json" };
    await writeJson(importMap, { imports });
    const entry = `${source}/runner/${module}`;
    await bundle(entry, script, { kind: "script", importMap });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await Deno.writeTextFile(path, JSON.stringify(value));
}

/**
 * Builds the compiled form. What the portable form needs beside the entrypoint
 * is taken away from a tree that holds it.
 */
export async function buildCompiled(options: BuildOptions): Promise<void> {
  const { source, out } = options;
  await makeFolders(out, ["usr/local/bin"]);
  const output = `${out}/${ENTRYPOINT_PATH}`;
  await compileEntrypoint({ source, output });
  await Deno.chmod(output, 0o755);
  await removeFolder(`${out}/${LIBRARY_PATH}`);
}

/** Every user can enter them, whatever the umask of whoever builds. */
async function makeFolders(
  out: string,
  folders: readonly string[],
): Promise<void> {
  await Deno.mkdir(out, { recursive: true });
  for (const folder of folders) {
    let path = out;
    for (const name of folder.split("/")) {
      path += `/${name}`;
      await Deno.mkdir(path, { recursive: true });
      await Deno.chmod(path, 0o755);
    }
  }
}

async function removeFolder(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Makes an executable; one that stands there, perhaps running, is replaced. */
async function replaceFile(
  target: string,
  write: (partial: string) => Promise<void>,
): Promise<void> {
  const partial = `${target}.partial`;
  await write(partial);
  await Deno.chmod(partial, 0o755);
  await Deno.rename(partial, target);
}

function machine(): LauncherMachine {
  if (Deno.build.os !== "linux") {
    throw new Error(
      `Cannot build the portable form: wanted Linux, got ${Deno.build.os}`,
    );
  }
  return Deno.build.arch;
}

/** The copy carries the time of its source, which tells whether it is current. */
async function copyRuntime(target: string): Promise<void> {
  const source = Deno.execPath();
  if (await isSameFile(source, target)) return;
  await replaceFile(target, async (partial) => {
    await Deno.copyFile(source, partial);
    const { mtime } = await Deno.stat(source);
    if (mtime !== null) await Deno.utime(partial, mtime, mtime);
  });
}

async function isSameFile(source: string, target: string): Promise<boolean> {
  try {
    const [a, b] = await Promise.all([Deno.stat(source), Deno.stat(target)]);
    return a.size === b.size && a.mtime?.getTime() === b.mtime?.getTime();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

const FORMS = { portable: buildPortable, compiled: buildCompiled } as const;

const USAGE = `Usage: deno task build --form portable|compiled [--out DIR]`;

function isForm(form: unknown): form is keyof typeof FORMS {
  return typeof form === "string" && Object.hasOwn(FORMS, form);
}

function parse(args: string[]): { form: keyof typeof FORMS; out: string } {
  const unknown: string[] = [];
  const { form, out = DEFAULT_ROOTFS } = parseArgs(args, {
    string: ["form", "out"],
    unknown: (word) => {
      unknown.push(word);
      return false;
    },
  });
  if (unknown.length > 0) {
    throw new UsageError(`wanted --form and --out only, got "${unknown[0]}"`);
  }
  if (!isForm(form)) {
    throw new UsageError(
      `wanted a form, got ${form === undefined ? "none" : `"${form}"`}`,
    );
  }
  if (typeof out !== "string" || out === "") {
    throw new UsageError("wanted a folder after --out, got none");
  }
  return { form, out };
}

class UsageError extends Error {}

async function main(args: string[]): Promise<number> {
  const source = fromFileUrl(new URL("../", import.meta.url));
  try {
    const { form, out } = parse(args);
    await FORMS[form]({ source: source.replace(/\/$/, ""), out });
    console.error(`built the ${form} form in ${out}`);
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const usage = error instanceof UsageError;
    console.error(
      usage ? `build: Cannot build: ${message}\n${USAGE}` : `build: ${message}`,
    );
    return usage ? 2 : 1;
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
