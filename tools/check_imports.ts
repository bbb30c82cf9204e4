/**
 * Holds the arrows between the rooms of the project: who may import whom, that
 * no import leads back to its own file, and who may name `Deno`.
 *
 * ```sh
 * deno task arrows
 * ```
 *
 * @module
 */

/** One source file, by its path below the root, and its text. */
export interface SourceFile {
  /** Path below the root, with forward slashes. */
  readonly path: string;
  /** Its text. */
  readonly text: string;
}

/** What each room may import, besides itself. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  entry: ["harness", "harness/image", "runner", "host", "text"],
  "harness/image": ["harness", "runner", "host", "text", "specs"],
  harness: ["host", "text", "config"],
  runner: ["host", "text", "config"],
  host: [],
  text: [],
};

/** The files that may name `Deno`, each the one that performs its part. */
const NAMES_DENO: ReadonlySet<string> = new Set([
  "cli.ts",
  "spec.ts",
  "image.ts",
  "host/_commands.ts",
  "host/_descriptors.ts",
  "host/_proc_processes.ts",
  "host/_terminal.ts",
  "host/deno_host.ts",
  "host/deno_reader.ts",
  "host/libc.ts",
  "host/own_output.ts",
  "harness/spec_tests.ts",
  "host/time_limit.ts",
  "host/watch_port.ts",
  "runner/portable.ts",
  "runner/portable_exec.ts",
  "runner/process.ts",
  ...["_console", "_left_behind", "_owner", "_process_state", "_redirect"]
    .map((name) => `harness/process/${name}.ts`),
  "harness/image/archive/_codecs.ts",
]);

/** What may be imported from outside: `node:` only beside `Deno`. */
const STANDARD_LIBRARY = /^@std\//;
const BUILT_IN = /^node:/;

/**
 * Names the room of a path.
 *
 * @param path Path below the root.
 * @returns The room, or nothing for what the rule does not speak of.
 */
export function roomOf(path: string): string | undefined {
  if (path === "deno.json") return "config";
  if (!path.includes("/")) return "entry";
  if (path.startsWith("harness/image/")) return "harness/image";
  const [room = ""] = path.split("/");
  return Object.hasOwn(ARROWS, room) || room === "specs" ? room : undefined;
}

/**
 * Checks all arrows.
 *
 * @param files The source files, tests left out.
 * @returns Every violation as a sentence that begins with the file.
 */
export function checkArrows(files: readonly SourceFile[]): string[] {
  const imports = new Map(files.map((file) => [file.path, importsOf(file)]));
  return [
    ...files.flatMap((file) => checkFile(file, imports.get(file.path) ?? [])),
    ...findCycles(imports),
  ].toSorted();
}

function checkFile(file: SourceFile, imports: readonly Import[]): string[] {
  const from = roomOf(file.path);
  if (from === undefined) return [];
  const allowed = [from, ...(ARROWS[from] ?? [])];
  const problems = imports
    .filter(({ outside }) => !outside)
    .filter(({ target }) => !allowed.includes(roomOf(target) ?? "nowhere"))
    .map(({ target }) => `${file.path}: ${from} must not import ${target}`);
  const builtIn = NAMES_DENO.has(file.path) ? BUILT_IN : STANDARD_LIBRARY;
  problems.push(
    ...imports.filter(({ target, outside }) =>
      outside && !STANDARD_LIBRARY.test(target) && !builtIn.test(target)
    ).map(({ target }) => `${file.path}: only @std is imported, got ${target}`),
  );
  if (!NAMES_DENO.has(file.path) && namesDeno(file.text)) {
    problems.push(`${file.path}: only the host names Deno`);
  }
  return problems;
}

/** What a file imports. */
interface Import {
  /** A path below the root, or a name as it stands. */
  readonly target: string;
  /** Whether it is such a name: of a package, or with a scheme. */
  readonly outside: boolean;
}

const IMPORT_REGEXP =
  /^\s*(?:import|export)\b[^"';]*?\bfrom\s*"([^"]+)"|^\s*import\s*"([^"]+)"|\bimport\(\s*"([^"]+)"/gm;

function importsOf({ path, text }: SourceFile): Import[] {
  const code = withoutComments(text);
  return [...code.matchAll(IMPORT_REGEXP)].map((match) => {
    const target = match[1] ?? match[2] ?? match[3] ?? "";
    const outside = !/^\.{0,2}\//.test(target);
    return { target: outside ? target : resolve(path, target), outside };
  });
}

function resolve(from: string, target: string): string {
  return new URL(target, `file:///${from}`).pathname.slice(1);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

function namesDeno(text: string): boolean {
  const code = withoutComments(text).replace(/(["'`])(?:\\.|(?!\1).)*\1/gs, "");
  return /(?<![\w.])Deno\b/.test(code);
}

/** Depth first: a file that is reached again while it is open closes a cycle. */
function findCycles(imports: ReadonlyMap<string, readonly Import[]>): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, open: readonly string[]): void => {
    const start = open.indexOf(path);
    if (start >= 0) {
      cycles.push(
        `${path}: cycle ${[...open.slice(start), path].join(" -> ")}`,
      );
      return;
    }
    if (done.has(path)) return;
    for (const { target } of imports.get(path) ?? []) {
      visit(target, [...open, path]);
    }
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return cycles;
}

const ROOMS = ["harness", "runner", "host", "text"];

/**
 * Reads the files the rule speaks of.
 *
 * @param root The root of the repository.
 * @returns The source files without tests and their helpers.
 */
export async function readSources(root: string): Promise<SourceFile[]> {
  const paths = ["mod.ts", "cli.ts", "spec.ts", "image.ts"];
  const pending = [...ROOMS];
  for (let folder = pending.pop(); folder; folder = pending.pop()) {
    for await (
      const { name, isDirectory } of Deno.readDir(`${root}/${folder}`)
    ) {
      const path = `${folder}/${name}`;
      if (isDirectory) pending.push(path);
      else if (isProductCode(name)) paths.push(path);
    }
  }
  return await Promise.all(paths.map(async (path) => ({
    path,
    text: await Deno.readTextFile(`${root}/${path}`),
  })));
}

function isProductCode(name: string): boolean {
  return name.endsWith(".ts") &&
    !/(_test|_testing|_behaviour)\.ts$/.test(name);
}

if (import.meta.main) {
  const root = new URL("../", import.meta.url).pathname;
  const files = await readSources(root);
  const problems = checkArrows(files);
  for (const problem of problems) console.error(problem);
  console.error(
    `${files.length} files, ${problems.length} arrows in the wrong direction`,
  );
  Deno.exit(problems.length > 0 ? 1 : 0);
}
