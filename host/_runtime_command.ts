/**
 * How to start a process like this one, for another module.
 *
 * @module
 */

/** What this process was started with, and for. */
export interface OwnStart {
  /** The runtime. */
  readonly program: string;
  /** The command line up to the words of the program. */
  readonly words: readonly string[];
  /** The main module. */
  readonly mainModule: string;
  /** Whether a file is there. */
  readonly isFile: (path: string) => boolean;
  /** What is to be run: a module on standard input, or the main module again. */
  readonly module: "main" | "stdin";
}

/** May also stand alone. */
const LOCK = "--lock";
/** Flags that take the next word as their value, kept with it. */
const WITH_VALUE: ReadonlySet<string> = new Set([
  ..."--import-map --cert --location --seed --preload --require".split(" "),
  ..."-c --config --conditions --node-modules-linker --min-dep-age".split(" "),
  LOCK,
]);
/** Flags that take none, or have it behind `=`. */
const PLAIN =
  /^--(unstable[a-z-]*|no-(config|lock|npm|remote)|cached-only|frozen(-lockfile)?|node-modules-dir|vendor|v8-flags|use-env-proxy|unsafely-ignore-certificate-errors)(=|$)/;
const CONFIG_FLAG = /^(-c|--config|--no-config)(=|$)/;
const CONFIG_NAMES = ["deno.json", "deno.jsonc"] as const;

/**
 * Makes the command that runs a module as this process would run it: with its
 * configuration and its import map.
 *
 * With all permissions: a process without them is not told what it was started
 * with.
 *
 * @param own What this process was started with.
 * @returns The program and its words.
 */
export function runtimeCommand(own: OwnStart): readonly string[] {
  const flags = keptFlags(own.words.slice(1));
  const config = flags.some((flag) => CONFIG_FLAG.test(flag))
    ? []
    : configFlags(own);
  const module = own.module === "main" ? own.mainModule : "-";
  return [own.program, "run", "-A", "--quiet", ...flags, ...config, module];
}

function keptFlags(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (takesNext(words[index - 1], word)) return [];
    const next = words[index + 1];
    if (takesNext(word, next)) return [word, next ?? ""];
    const name = word.replace(/=.*$/s, "");
    const isWhole = word.includes("=") ? WITH_VALUE.has(name) : name === LOCK;
    return isWhole || PLAIN.test(word) ? [word] : [];
  });
}

function takesNext(flag = "", next = "-"): boolean {
  return WITH_VALUE.has(flag) && !next.startsWith("-");
}

// The configuration is looked for above the main module; that of the module on
// standard input would be looked for above the working directory.
function configFlags({ mainModule, isFile }: OwnStart): string[] {
  const { protocol, pathname } = new URL(mainModule);
  if (protocol === "npm:") return [];
  const folders = protocol === "file:" ? foldersAbove(pathname) : [];
  const found = folders
    .flatMap((folder) => CONFIG_NAMES.map((name) => `${folder}/${name}`))
    .find(isFile);
  return found === undefined ? ["--no-config"] : ["--config", found];
}

function foldersAbove(pathname: string): string[] {
  const parts = decodeURIComponent(pathname).split("/").slice(0, -1);
  return parts.map((_, index) =>
    parts.slice(0, parts.length - index).join("/")
  );
}
