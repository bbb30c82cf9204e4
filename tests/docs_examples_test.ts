import {
  assert,
  assertEquals,
  assertNotEquals,
  assertStringIncludes,
} from "@std/assert";
import { fromFileUrl } from "@std/path";
import { parse } from "@std/yaml/parse";
import { capabilitySet } from "../harness/capabilities.ts";
import type { CaseResult } from "../harness/case.ts";
import type { Json } from "../harness/json.ts";
import { splitWords } from "../harness/process/split_words.ts";
import { runSuite } from "../harness/run_suite.ts";
import { FLAGS } from "../harness/spec_cli/flag_table.ts";
import { BUDGET_KEYS, DEFAULT_BUDGETS } from "../harness/spec_lang/budgets.ts";
import { BUILTINS } from "../harness/spec_lang/builtins.ts";
import { compileExpression } from "../harness/spec_lang/compile.ts";
import { FORMS } from "../harness/spec_lang/forms.ts";
import { compileLibrary } from "../harness/spec_lang/libraries.ts";
import { evaluate } from "../harness/spec_lang/machine.ts";
import { BUILT_IN_TYPES } from "../harness/types/registry.ts";
import { denoHost } from "../host/deno_host.ts";
import {
  blocksOf,
  examplesOf,
  filesOf,
  sessionsOf,
  type Shown,
  wordsBehindSpec,
} from "./_page.ts";

const ROOT = fromFileUrl(new URL("..", import.meta.url));
const SPEC = `${ROOT}spec.ts`;
const PAGES = [
  "README.md",
  "docs/cli.md",
  "docs/scale.md",
  "docs/spec.md",
] as const;

function pageText(name: string): string {
  return Deno.readTextFileSync(ROOT + name);
}

/** A folder with a page and every file the page shows. */
async function inFolderOf(
  page: string,
  check: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "docs-examples-" });
  try {
    await Deno.writeTextFile(`${folder}/page.md`, page);
    for (const [name, text] of filesOf(page)) {
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
    await check(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function resultsOf(path: string): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  await runSuite({
    paths: [path],
    environment: { PATH: Deno.env.get("PATH") ?? "" },
    reporters: [{ case: (result) => void results.push(result), end() {} }],
    warn: () => {},
  }, denoHost());
  return results;
}

async function checkExamples(path: string, document: string): Promise<void> {
  const examples = examplesOf(document);
  const results = await resultsOf(path);
  assertEquals(
    results.map(({ id }) => id),
    examples.map(({ id }) => id),
  );
  for (const [at, { id, fails, says }] of examples.entries()) {
    const { status = "skip", category = null, message } = results[at] ?? {};
    const wanted = { status: fails === undefined ? "pass" : "fail", fails };
    const found = { status, fails: category ?? undefined };
    assertEquals<unknown>(found, wanted, `${id}: ${message}`);
    assertEquals(says === "", fails === undefined, `${id}: no x-says`);
    assertStringIncludes(message ?? "", says, id);
  }
}

for (const name of PAGES) {
  Deno.test(`the cases of ${name} do what the page says`, async () => {
    const page = pageText(name);
    await inFolderOf(page, async (folder) => {
      if (examplesOf(page).length > 0) {
        await checkExamples(`${folder}/page.md`, page);
      }
      const documents = Array.from(filesOf(page))
        .filter(([file]) => file.endsWith(".spec.md"));
      assertNotEquals(documents.length, 0);
      for (const [file, text] of documents) {
        await checkExamples(`${folder}/${file}`, text);
      }
    });
  });

  Deno.test(`the console blocks of ${name} show what is printed`, async () => {
    const page = pageText(name);
    const sessions = sessionsOf(page);
    assertNotEquals(sessions.length, 0);
    await inFolderOf(page, async (folder) => {
      for (const session of sessions) await replay(session, folder);
    });
  });
}

async function replay(
  session: readonly Shown[],
  folder: string,
): Promise<void> {
  let code = 0;
  for (const { command, output } of session) {
    let printed = `${code}\n`;
    if (command !== "echo $?") {
      const words = wordsBehindSpec(command);
      assert(words !== undefined, `no call of the spec command: ${command}`);
      ({ code, printed } = await callSpec(splitWords(words), folder));
    }
    assertEquals(steady(printed), steady(output), command);
  }
}

async function callSpec(words: readonly string[], folder: string) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", SPEC, ...words],
    cwd: folder,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, printed: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** How long a run took differs each time, the version from time to time. */
function steady(text: string): string {
  return text.replace(/(?<=\(|\| )\d+(?:\.\d+)? m?s(?=\)$| \|$)/gm, "TIME")
    .replace(/(?<="durationMs":|duration_ms: |time=")\d+(?:\.\d+)?/g, "TIME")
    .replace(/(?<="digest":")[0-9a-f]{16}/g, "DIGEST")
    .replace(/\b\d+\.\d+\.\d+\b/g, "VERSION")
    .trimEnd();
}

Deno.test("no example of a page is left out", () => {
  for (const name of PAGES) {
    const page = pageText(name);
    const marked = page.match(/^ *(`{3,}|~{3,}).*\bspec-test\b/gm) ?? [];
    const inside = blocksOf(page).filter(({ info }) => info === "markdown")
      .flatMap(({ text }) => blocksOf(text));
    const found = [...blocksOf(page), ...inside]
      .filter(({ info }) => info === "yaml spec-test");
    assertEquals(found.length, marked.length, name);
    const shown = page.match(/^\$ (npx .* task spec|spec) /gm) ?? [];
    const replayed = sessionsOf(page).flat()
      .filter(({ command }) => wordsBehindSpec(command) !== undefined);
    assertEquals(replayed.length, shown.length, name);
  }
});

Deno.test("docs/spec.md or docs/cli.md names every flag of spec", () => {
  const pages = ["docs/spec.md", "docs/cli.md"].map(pageText).join("\n");
  const missing = FLAGS.filter(({ name, commands }) =>
    commands.some((command) => command.startsWith("spec ")) &&
    !new RegExp(`\`--${name}[\` =[]`).test(pages)
  );
  assertEquals(missing.map(({ name }) => name), []);
});

Deno.test("docs/spec.md names every key, type, target, operator, form and capability", () => {
  const page = pageText("docs/spec.md");
  const types = [...BUILT_IN_TYPES.values()];
  const names = [
    ...types.flatMap(({ name, keys, targets }) => [
      name,
      ...keys,
      ...Object.keys(targets),
      ...Object.values(targets).flat(),
    ]),
    ...types.flatMap(({ harnessKeys }) =>
      harnessKeys.map((key) => `harness.${key}`)
    ),
    ...["spec_lang.library", "functions", "imports", "exports"],
    ...["library_paths", ...BUILTINS.map(({ name }) => name)],
    ...Array.from(FORMS.keys(), (name) => `[${name}`)
      .filter((form) => form !== "[map" && form !== "[filter"),
    ...capabilitySet(types),
  ];
  const missing = names.filter((name) =>
    !page.includes(`\`${name}\``) && !page.includes(`\`${name} `) &&
    !page.includes(`\`${name},`) && !page.includes(`\`${name}]`)
  );
  assertEquals(missing, []);
});

Deno.test("docs/spec.md tells the default of every budget", () => {
  const page = pageText("docs/spec.md");
  for (const { key, field } of BUDGET_KEYS) {
    const [, told] = new RegExp(`\`${key}\` *\\| *(\\d+) `).exec(page) ?? [];
    assertEquals(Number(told), DEFAULT_BUDGETS[field], key);
  }
});

/** The functions of a library that a page shows as a file. */
function functionsOf(page: string, file: string) {
  const library = parse(filesOf(page).get(file) ?? "");
  const { functions } = library as { functions: Record<string, Json> };
  return compileLibrary(new Map(Object.entries(functions)));
}

Deno.test("docs/spec.md counts steps as the machine does", () => {
  const host = { pathExists: () => false, now: () => 0 };
  const page = pageText("docs/spec.md");
  const symbols = functionsOf(page, "numbers.yaml");
  const [, ...tables] = page.split(/^\| Expression.* \| Steps \|$/m)
    .map((text) => text.split(/^$/m)[0] ?? "");
  const rows = tables.flatMap((table) => [
    ...table.matchAll(/^\| `(.+)` +\| (\d+) +\|$/gm),
  ]);
  assertEquals(rows.length, 11);
  for (const [, source = "", steps] of rows) {
    const expression = compileExpression(parse(source) as Json, { symbols });
    const evaluation = evaluate(expression, "x", { host });
    assertEquals(evaluation.steps, Number(steps), source);
  }
});
