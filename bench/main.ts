/**
 * Measures, prints, and rewrites the tables of `docs/performance.md`.
 *
 * ```sh
 * deno task bench            # all
 * deno task bench start      # some
 * ```
 *
 * @module
 */

import { benchArchive } from "./archive.ts";
import { benchContainers } from "./containers.ts";
import { benchMachine } from "./machine.ts";
import { benchStart } from "./start.ts";
import { benchSuite } from "./suite.ts";

const SUITES: ReadonlyMap<string, () => string | Promise<string>> = new Map<
  string,
  () => string | Promise<string>
>([
  ["start", benchStart],
  ["suite", benchSuite],
  ["machine", benchMachine],
  ["archive", benchArchive],
  ["containers", benchContainers],
]);

/** Measured only when it is named: it needs images that nothing here makes. */
const ON_REQUEST: ReadonlySet<string> = new Set(["containers"]);

const PAGE = new URL("../docs/performance.md", import.meta.url);

async function writeTable(name: string, table: string): Promise<void> {
  const text = await Deno.readTextFile(PAGE);
  const pattern = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- end -->)`);
  if (!pattern.test(text)) throw new Error(`no place for ${name} in the page`);
  const next = text.replace(pattern, (_, a, b) => `${a}\n${table}\n${b}`);
  await Deno.writeTextFile(PAGE, next);
}

function usual(): string[] {
  return [...SUITES.keys()].filter((name) => !ON_REQUEST.has(name));
}

async function main(words: readonly string[]): Promise<number> {
  const unknown = words.filter((word) => !SUITES.has(word));
  if (unknown.length > 0) {
    console.error(
      `bench: unknown suite "${unknown[0]}"; there are ${
        [...SUITES.keys()].join(", ")
      }`,
    );
    return 2;
  }
  for (const name of words.length > 0 ? words : usual()) {
    const table = await SUITES.get(name)?.() ?? "";
    console.log(`${name}\n\n${table}`);
    await writeTable(name, table);
  }
  await format();
  return 0;
}

/** Aligns the tables as the gate wants them. */
async function format(): Promise<void> {
  const args = ["fmt", "--quiet", PAGE.pathname];
  await new Deno.Command(Deno.execPath(), { args }).output();
}

if (import.meta.main) Deno.exit(await main(Deno.args));
