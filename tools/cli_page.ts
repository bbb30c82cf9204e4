/**
 * Rewrites the table of flags in `docs/cli.md`.
 *
 * ```sh
 * deno run -A tools/cli_page.ts
 * ```
 *
 * @module
 */

import type { FlagRow } from "../harness/spec_cli/flag_row.ts";
import { FLAGS } from "../harness/spec_cli/flag_table.ts";
import { flagUsage } from "../harness/spec_cli/help.ts";

/** The page. */
export const CLI_PAGE = new URL("../docs/cli.md", import.meta.url);

const TABLE = /(?<=^## Flags\n\n)(?:^\|.*\n)+/m;
const PROGRAMS = ["spec", "image"] as const;

/**
 * Writes the table of flags.
 *
 * @returns Markdown, its columns not aligned.
 */
export function flagTable(): string {
  const rows = FLAGS.map((row) => [
    code(flagUsage(row)),
    commandsOf(row),
    row.help,
    row.default ?? "",
  ]);
  return [
    ["Flag", "Commands", "Meaning", "Default"],
    ["---", "---", "---", "---"],
    ...rows,
  ].map((cells) => `| ${cells.map(escaped).join(" | ")} |\n`).join("");
}

/**
 * Finds the table in a page.
 *
 * @param page The page.
 * @returns The table as it stands; nothing if there is none.
 */
export function tableOf(page: string): string | undefined {
  return TABLE.exec(page)?.[0];
}

const EVERY = new Set(FLAGS.flatMap(({ commands }) => commands)).size;

function commandsOf({ commands }: FlagRow): string {
  if (commands.length === EVERY) return "every command";
  return PROGRAMS.flatMap((program) => {
    const names = commands.filter((command) => command.startsWith(program))
      .map((command) => command.slice(program.length + 1));
    return names.length === 0 ? [] : [`${program} ${names.join(", ")}`];
  }).join("; ");
}

function code(text: string): string {
  return `\`${text}\``;
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replace(/(?<!`)\*/g, "\\*");
}

if (import.meta.main) {
  const page = Deno.readTextFileSync(CLI_PAGE);
  Deno.writeTextFileSync(CLI_PAGE, page.replace(TABLE, flagTable));
  const { success } = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", CLI_PAGE.pathname],
  }).outputSync();
  Deno.exit(success ? 0 : 1);
}
