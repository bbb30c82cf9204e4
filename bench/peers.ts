/**
 * Measures the entrypoint beside tini, dumb-init and catatonit, row for row, and
 * rewrites the table of guarantees in `docs/entrypoint.md`.
 *
 * ```sh
 * apt-get install tini dumb-init catatonit
 * deno run -A bench/peers.ts
 * ```
 *
 * Each start is process 1 of a sandbox. The three others are what Debian has of
 * them; one that is not installed gets a column that says so.
 *
 * @module
 */

import {
  type EntrypointSandbox,
  openSandbox,
} from "../tests/entrypoint/_sandbox.ts";
import { Measuring } from "./peer_measuring.ts";
import { linked, ROWS } from "./peer_rows.ts";

const PAGE = new URL("../docs/entrypoint.md", import.meta.url);
const PLACE = /(<!-- peers -->\n)[\s\S]*?(<!-- end -->)/;

/** How each of them starts a tool. */
const WAYS = {
  runner: "runner exec",
  tini: "tini --",
  "dumb-init": "dumb-init --",
  catatonit: "catatonit --",
} as const;

type Name = keyof typeof WAYS;

async function isInstalled(name: Name): Promise<boolean> {
  if (name === "runner") return true;
  try {
    await Deno.stat(`/usr/bin/${name}`);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function versions(names: readonly Name[]): Promise<string> {
  const args = ["-W", "-f", "${Package} ${Version}\n", ...names];
  const { stdout } = await new Deno.Command("dpkg-query", {
    args,
    stderr: "null",
  }).output();
  return new TextDecoder().decode(stdout).trim().replaceAll("\n", ", ");
}

async function measureAll(sandbox: EntrypointSandbox): Promise<string> {
  const measuring = new Measuring(sandbox);
  const names = Object.keys(WAYS) as Name[];
  const installed = new Set<Name>();
  for (const name of names) if (await isInstalled(name)) installed.add(name);
  const lines = [
    `| Guarantee | Shown by | ${names.join(" | ")} |`,
    `| --- | --- | ${names.map(() => "---").join(" | ")} |`,
  ];
  for (const { guarantee, shownBy, measure } of ROWS) {
    const cells: string[] = [];
    for (const name of names) {
      cells.push(
        installed.has(name)
          ? await measure(WAYS[name], measuring)
          : "not installed",
      );
    }
    lines.push(`| ${[guarantee, linked(shownBy), ...cells].join(" | ")} |`);
  }
  const peers = names.filter((name) => name !== "runner");
  return `\nMeasured with ${await versions(peers)} of Debian.\n\n${
    lines.join("\n")
  }\n\n`;
}

async function main(): Promise<number> {
  const sandbox = await openSandbox();
  if (sandbox.refusal !== undefined || !sandbox.compiled) {
    const reason = sandbox.refusal ?? "there is no C compiler here";
    console.error(`peers: Cannot measure: ${reason}`);
    return 1;
  }
  const page = await Deno.readTextFile(PAGE);
  if (!PLACE.test(page)) throw new Error("no place for the table in the page");
  const table = await measureAll(sandbox);
  console.log(table);
  await Deno.writeTextFile(
    PAGE,
    page.replace(PLACE, (_, before, after) => `${before}${table}${after}`),
  );
  return 0;
}

if (import.meta.main) Deno.exitCode = await main();
