/**
 * Puts test modules together, and examples, so that few workers run them all.
 *
 * The runtime gives each module a worker, which loads for itself whatever the
 * module imports: with hundreds of modules most of the time goes there. A part
 * is a module that imports many. Tests keep their names, and their own files in
 * messages and reports.
 *
 * @module
 */

import { dirname, join, toFileUrl } from "@std/path";
import { examplesIn } from "./_examples.ts";

/** Enough that none is left when the others are done, and not many more. */
const MODULE_PARTS = 8;
const EXAMPLE_PARTS = 2;

/** What the runtime takes for a test module. */
const TEST_MODULE = /(^|[/_.])test\.ts$/;

/** What the runtime looks for examples in. */
const WITH_EXAMPLES = /\.(ts|md)$/;

/** Where parts are made, and of what. */
export interface PartsOptions {
  /** The root of the repository. */
  readonly root: string;
  /** The folder of the parts, which belongs to them alone. */
  readonly out: string;
  /** Files below the root whose tests and examples are in no part. */
  readonly without: readonly string[];
}

/** A test of a part that loads an example, and the example's module. */
interface ExampleTest {
  readonly test: string;
  readonly path: string;
  readonly text: string;
}

/**
 * Writes the parts.
 *
 * @param options Where they are made, and of what.
 * @returns The paths of the parts.
 * @throws {SyntaxError} If an example cannot be read.
 */
export function writeParts(options: PartsOptions): string[] {
  const { root, out, without } = options;
  const paths = findFiles(root).filter((path) => !without.includes(path));
  const imports = paths.filter((path) => TEST_MODULE.test(path))
    .map((path) => `import ${url(join(root, path))};\n`);
  const examples = paths.filter((path) => WITH_EXAMPLES.test(path))
    .flatMap((path) => exampleTests(path, options));
  const tests = examples.map(({ test }) => test);
  const parts = [
    ...dealOut(imports, MODULE_PARTS, "modules"),
    ...dealOut(tests, EXAMPLE_PARTS, "examples"),
  ].map(([name, text]) => [join(out, name), text] as const);
  const modules = examples.map(({ path, text }) => [path, text] as const);
  writeOnly(out, new Map([...modules, ...parts]));
  return parts.map(([path]) => path);
}

/** The files below the root that the runtime would look at, sorted. */
function findFiles(root: string): string[] {
  const config = JSON.parse(Deno.readTextFileSync(join(root, "deno.json")));
  const excluded: string[] = [...config.exclude, ...config.test.exclude];
  const isLeftOut = (folder: string) =>
    /(^|\/)(\.[^/]*|node_modules)\/$/.test(folder) || excluded.includes(folder);
  return filesBelow(root, "", isLeftOut).toSorted();
}

function filesBelow(
  root: string,
  folder: string,
  isLeftOut: (folder: string) => boolean,
): string[] {
  return [...Deno.readDirSync(join(root, folder))].flatMap((entry) => {
    const path = `${folder}${entry.name}`;
    if (entry.isFile) return [path];
    if (!entry.isDirectory || isLeftOut(`${path}/`)) return [];
    return filesBelow(root, `${path}/`, isLeftOut);
  });
}

/** Each example becomes a module, which a test loads. */
function exampleTests(path: string, options: PartsOptions): ExampleTest[] {
  const source = join(options.root, path);
  const examples = examplesIn(path, Deno.readTextFileSync(source));
  return examples.map(({ from, to, code }) => {
    const module = join(options.out, path, `${from}-${to}.ts`);
    const name = JSON.stringify(`${path}#${from}-${to}`);
    const body = `async () => void await import(${url(module)})`;
    return {
      test: `Deno.test(${name}, ${body});\n`,
      path: module,
      text: moved(code, source),
    };
  });
}

/** Lets imports, and what a module knows of itself, be those of the source. */
function moved(code: string, source: string): string {
  const { href } = toFileUrl(source);
  return code
    .replaceAll("import.meta.url", JSON.stringify(href))
    .replaceAll("import.meta.filename", JSON.stringify(source))
    .replaceAll("import.meta.dirname", JSON.stringify(dirname(source)))
    .replaceAll(
      /(\b(?:from|import)[\s(]*)"(\.{1,2}\/[^"\n]*)"/g,
      (_, before: string, path: string) =>
        `${before}"${new URL(path, href).href}"`,
    );
}

function url(path: string): string {
  return JSON.stringify(toFileUrl(path).href);
}

/** Deals lines out like cards, so that neighbours come to different parts. */
function dealOut(
  lines: readonly string[],
  count: number,
  name: string,
): [name: string, text: string][] {
  const parts = Array.from(
    { length: count },
    (_, part) => lines.filter((_, index) => index % count === part).join(""),
  );
  return parts.filter((text) => text !== "")
    .map((text, index) => [`${name}_${index + 1}.ts`, text]);
}

/**
 * Leaves these files below a folder, and no others. What is there as it should
 * be is not touched: somebody else may be running it.
 */
function writeOnly(folder: string, texts: ReadonlyMap<string, string>): void {
  Deno.mkdirSync(folder, { recursive: true });
  for (const path of filesBelow(folder, "", () => false)) {
    if (!texts.has(join(folder, path))) Deno.removeSync(join(folder, path));
  }
  for (const [path, text] of texts) {
    if (textOf(path) === text) continue;
    Deno.mkdirSync(dirname(path), { recursive: true });
    Deno.writeTextFileSync(path, text);
  }
}

function textOf(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
