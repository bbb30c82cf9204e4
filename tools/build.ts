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
import { compileEntrypoint } from "./compile.ts";
import { type LauncherMachine, readLauncher } from "./launcher/build.ts";

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
  const bin = `${out}/${ENTRYPOINT_PATH}`;
  const library = `${out}/${LIBRARY_PATH}`;
  await Deno.mkdir(library, { recursive: true });
  await Deno.mkdir(`${out}/usr/local/bin`, { recursive: true });
  await bundle(`${source}/cli.ts`, `${library}/runner.js`);
  await Deno.chmod(`${library}/runner.js`, 0o644);
  await copyRuntime(`${library}/deno`);
  await Deno.writeFile(bin, await readLauncher(machine()));
  await Deno.chmod(bin, 0o755);
}

/** Builds the compiled form. */
export async function buildCompiled(options: BuildOptions): Promise<void> {
  const { source, out } = options;
  await Deno.mkdir(`${out}/usr/local/bin`, { recursive: true });
  await compileEntrypoint({ source, output: `${out}/${ENTRYPOINT_PATH}` });
}

function machine(): LauncherMachine {
  if (Deno.build.os !== "linux") {
    throw new Error(
      `Cannot build the portable form: wanted Linux, got ${Deno.build.os}`,
    );
  }
  return Deno.build.arch;
}

/** Bundles a program and all it imports to one file. */
export async function bundle(entry: string, output: string): Promise<void> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform=deno", "--output", output, entry],
    env: { NO_COLOR: "1" },
  });
  const { success, stderr } = await command.output();
  if (success) return;
  throw new Error(
    `Cannot bundle ${entry}: ${new TextDecoder().decode(stderr).trim()}`,
  );
}

/** The copy carries the time of its source, which tells whether it is current. */
async function copyRuntime(target: string): Promise<void> {
  const source = Deno.execPath();
  if (await isSameFile(source, target)) return;
  const partial = `${target}.partial`;
  await Deno.copyFile(source, partial);
  await Deno.chmod(partial, 0o755);
  const { mtime } = await Deno.stat(source);
  if (mtime !== null) await Deno.utime(partial, mtime, mtime);
  await Deno.rename(partial, target);
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

async function main(args: string[]): Promise<number> {
  const unknown: string[] = [];
  const flags = parseArgs(args, {
    string: ["form", "out"],
    unknown: (word) => {
      unknown.push(word);
      return false;
    },
  });
  const { form, out = DEFAULT_ROOTFS } = flags;
  if (unknown.length > 0 || !isForm(form) || typeof out !== "string") {
    const got = unknown[0] ?? (form === undefined ? "no form" : String(form));
    console.error(`build: Cannot build: wanted a form, got ${got}\n${USAGE}`);
    return 2;
  }
  const source = new URL("../", import.meta.url).pathname.replace(/\/$/, "");
  await FORMS[form]({ source, out });
  console.error(`built the ${form} form in ${out}`);
  return 0;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
