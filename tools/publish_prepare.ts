/**
 * Writes `dist/jsr/`, the package as it is published: the repository's published
 * files, and a `deno.json` without links.
 *
 * The links stand in for `@std` where the registry cannot be reached. They are
 * for developing only, and a package that has them cannot be published.
 *
 * ```sh
 * deno task publish:prepare
 * cd dist/jsr && deno publish
 * ```
 *
 * @module
 */

import { globToRegExp } from "@std/path";

/** The part of `deno.json` that matters here. */
interface Config extends Record<string, unknown> {
  readonly imports: Readonly<Record<string, string>>;
  readonly publish: {
    readonly include: readonly string[];
    readonly exclude: readonly string[];
  };
}

/** What only the repository needs. */
const DEVELOPMENT_KEYS = [
  "links",
  "tasks",
  "exclude",
  "lint",
  "fmt",
  "test",
  "coverage",
];

/**
 * Writes the package.
 *
 * @param source The root of the repository.
 * @param out The folder to write, which is emptied first.
 * @returns The published paths, sorted.
 */
export async function preparePackage(
  source: string,
  out: string,
): Promise<string[]> {
  const config = await readConfig(source);
  const paths = (await publishedFiles(source, config)).toSorted();
  await removeIfThere(out);
  for (const path of paths) {
    await Deno.mkdir(folderOf(`${out}/${path}`), { recursive: true });
    await Deno.copyFile(`${source}/${path}`, `${out}/${path}`);
  }
  await Deno.writeTextFile(`${out}/deno.json`, publishedConfig(config));
  return paths;
}

async function readConfig(source: string): Promise<Config> {
  return JSON.parse(await Deno.readTextFile(`${source}/deno.json`));
}

function publishedConfig(config: Config): string {
  const kept = Object.entries({ ...config, imports: publishedImports(config) })
    .filter(([key]) => !DEVELOPMENT_KEYS.includes(key));
  return JSON.stringify(Object.fromEntries(kept), null, 2) + "\n";
}

/** What comes from npm is for tests alone. */
function publishedImports({ imports }: Config): Record<string, string> {
  return Object.fromEntries(
    Object.entries(imports).filter(([, target]) => !target.startsWith("npm:")),
  );
}

async function publishedFiles(
  source: string,
  { publish }: Config,
): Promise<string[]> {
  const excluded = publish.exclude.map((glob) => globToRegExp(glob));
  const isExcluded = (path: string) =>
    excluded.some((pattern) => pattern.test(path) || pattern.test(`${path}/`));
  const found: string[] = [];
  const pending = publish.include.map((path) => path.replace(/\/$/, ""));
  for (let path = pending.pop(); path; path = pending.pop()) {
    if (isExcluded(path)) continue;
    const { isDirectory } = await Deno.stat(`${source}/${path}`);
    if (!isDirectory) found.push(path);
    else {
      for await (const { name } of Deno.readDir(`${source}/${path}`)) {
        pending.push(`${path}/${name}`);
      }
    }
  }
  return found;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

if (import.meta.main) {
  const source = new URL("../", import.meta.url).pathname.replace(/\/$/, "");
  const paths = await preparePackage(source, `${source}/dist/jsr`);
  console.error(`${paths.length} files in dist/jsr`);
}
