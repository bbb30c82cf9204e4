/**
 * Which modules stand on the way to a tool: every one of them is paid for at
 * every start of a container.
 */

import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";

const ROOT = new URL("../", import.meta.url);

interface Dependency {
  readonly isDynamic?: boolean;
  readonly code?: { readonly specifier: string };
}

interface Graph {
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly Dependency[];
  }[];
}

async function readGraph(entry: string): Promise<Graph> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", entry],
    cwd: fromFileUrl(ROOT),
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** What is loaded without being asked for, types left out. */
function loadedAtOnce({ modules }: Graph, entry: string): string[] {
  const bySpecifier = new Map(modules.map((one) => [one.specifier, one]));
  const seen = new Set<string>();
  const open = [new URL(entry, ROOT).href];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const { dependencies = [] } = bySpecifier.get(next) ?? {};
    for (const { isDynamic = false, code } of dependencies) {
      if (!isDynamic && code !== undefined) open.push(code.specifier);
    }
  }
  return [...seen].map((url) => url.slice(ROOT.href.length)).toSorted();
}

Deno.test("a start loads what exec, shell and plugins need, and nothing else", async () => {
  const graph = await readGraph("cli.ts");
  assertEquals(loadedAtOnce(graph, "cli.ts"), [
    "cli.ts",
    "host/deno_reader.ts",
    "host/direct_output.ts",
    "host/host.ts",
    "host/libc.ts",
    "runner/_refuse_contract_file.ts",
    "runner/become.ts",
    "runner/command_image.ts",
    "runner/commands.ts",
    "runner/dispatch.ts",
    "runner/entrypoint.ts",
    "runner/env_file.ts",
    "runner/exit_code.ts",
    "runner/identity.ts",
    "runner/main.ts",
    "runner/paths.ts",
    "runner/plugin_name.ts",
    "runner/plugins.ts",
    "runner/preconditions.ts",
    "runner/process.ts",
    "runner/refusal.ts",
    "runner/search_path.ts",
    "runner/start_state.ts",
    "text/ascii.ts",
    "text/nearest.ts",
    "text/printable.ts",
  ]);
});

const READS_CASES =
  /^harness\/(?:(?:spec_lang|assertions|types|library|doctor)\/|(?:load|list|run|lint|drive)_suite|parse|_yaml)/;

Deno.test("spec and image load what reads cases, and a report format, when it is asked for", async () => {
  for (const entry of ["spec.ts", "image.ts"]) {
    const loaded = loadedAtOnce(await readGraph(entry), entry);
    assertEquals(loaded.filter((path) => READS_CASES.test(path)), [], entry);
    assertEquals(
      loaded.filter((path) => path.startsWith("harness/report/")),
      [
        "harness/report/_words.ts",
        "harness/report/formats.ts",
        "harness/report/report_file_error.ts",
        "harness/report/terminal.ts",
      ],
      entry,
    );
  }
});
