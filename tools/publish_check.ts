/**
 * Checks offline what publishing would do: types without inference across
 * modules, the list of files, and that no link is left.
 *
 * `deno publish --dry-run` resolves every import. Here that needs the links, so
 * it is run over a copy of the package with the links beside it.
 *
 * ```sh
 * deno task publish:check
 * ```
 *
 * @module
 */

import { preparePackage } from "./publish_prepare.ts";

/** Files that must never be published. */
const FORBIDDEN = /_test\.ts$|_testing\.ts$|^(tools|tests|bench|dist)\//;

/**
 * Checks the package.
 *
 * @param source The root of the repository.
 * @returns Every problem as a sentence.
 */
export async function checkPackage(source: string): Promise<string[]> {
  const folder = await Deno.makeTempDir({ prefix: "runner-publish-" });
  try {
    const paths = await preparePackage(source, folder);
    const config = await Deno.readTextFile(`${folder}/deno.json`);
    const problems = paths.filter((path) => FORBIDDEN.test(path))
      .map((path) => `${path} must not be published`);
    if (config.includes("tools/links")) problems.push("a link is left");
    await addLinks(source, folder);
    return [...problems, ...await dryRun(folder)];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function addLinks(source: string, folder: string): Promise<void> {
  const { links } = JSON.parse(
    await Deno.readTextFile(`${source}/deno.json`),
  );
  const config = JSON.parse(await Deno.readTextFile(`${folder}/deno.json`));
  config.links = links;
  config.publish.include.push("tools/links/");
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(config));
  for (const link of links) {
    await Deno.mkdir(`${folder}/${link}`, { recursive: true });
    for await (const { name } of Deno.readDir(`${source}/${link}`)) {
      await Deno.copyFile(
        `${source}/${link}/${name}`,
        `${folder}/${link}/${name}`,
      );
    }
  }
}

async function dryRun(folder: string): Promise<string[]> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["publish", "--dry-run", "--allow-dirty", "--quiet"],
    cwd: folder,
    env: { NO_COLOR: "1" },
  });
  const { success, stderr } = await command.output();
  return success ? [] : [new TextDecoder().decode(stderr).trim()];
}

if (import.meta.main) {
  const source = new URL("../", import.meta.url).pathname.replace(/\/$/, "");
  const problems = await checkPackage(source);
  for (const problem of problems) console.error(problem);
  console.error(`publish check: ${problems.length} problems`);
  Deno.exit(problems.length > 0 ? 1 : 0);
}
