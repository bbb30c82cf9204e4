// Every refusal of the entrypoint has a mutant, and every mutant fits the source
// and the cases. The mutants themselves run in `deno task test:mutation`.

import { assert, assertEquals } from "@std/assert";
import { mutated } from "../_tree.ts";
import { CONTROL, MUTANTS } from "./_all.ts";
import { CASE_IDS } from "./_cases.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** Sources whose words are no refusals: labels of what is printed, and the manifest. */
const OTHERS = /^(render|render_json|commands|manifest)\.ts$|_test(ing)?\.ts$/;

const SOURCES: ReadonlyMap<string, string> = new Map(
  [...Deno.readDirSync(`${ROOT}runner`)]
    .filter(({ name }) => name.endsWith(".ts") && !OTHERS.test(name))
    .map(({ name }) => [name, Deno.readTextFileSync(`${ROOT}runner/${name}`)]),
);

/** What is worded in the sources and is no refusal, or one no case can bring about. */
const WITHOUT_MUTANT: readonly (readonly [words: string, why: string])[] = [
  ["Please report this", "says what to do"],
  ["The container needs /proc", "says what to do"],
  ["The image is broken", "says what to do"],
  ["Start the container as another user", "says what to do"],
  ['See "runner help"', "says what to do"],
  ["Usage: runner", "says what to do"],
  ["To run a system command", "says what to do"],
  ["Did you mean", "says what to do"],
  ["A shell is for people", "says what to do"],
  ['Its "#!" line, or the loader', "says what to do"],
  ["It is neither a program", "says what to do"],
  [
    "plugin_name.ts: is empty",
    "no name of a file is empty, and dispatch refuses the word",
  ],
  ["Cannot run without a command", "the two ways are listed"],
  ["${key} ${value.message}", "the messages are listed"],
  ["has ${bytes.length} bytes", "a file is read no further than that"],
  ["Defect of runner", "a defect; see runner/main_test.ts"],
  ["Cannot return to the working directory", "a defect of the kernel"],
  ["Cannot read own command line", "a defect; see runner/start_state_test.ts"],
  ["Cannot read environment", "a defect; see runner/start_state_test.ts"],
  ["Cannot read launcher state", "a defect; see runner/start_state_test.ts"],
];

/** Strings of two words and more, imports and comments left out. */
function wordings(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|^import .*$/gm, "");
  const strings = code.matchAll(
    /"((?:\\.|[^"\\\n])*)"|'((?:\\.|[^'\\\n])*)'|`((?:\\.|[^`\\\n])*)/g,
  );
  return [...strings].map(([, ...words]) => words.find(Boolean) ?? "")
    .filter((words) => /[a-z}] ["a-z$]/.test(words));
}

Deno.test("every refusal that is worded in the source has a mutant, or a reason to have none", () => {
  const said = MUTANTS.flatMap(({ says }) => says === undefined ? [] : [says]);
  const known = [...said, ...WITHOUT_MUTANT.map(([words]) => words)];
  const found = [...SOURCES].flatMap(([name, source]) =>
    wordings(source).map((words) => `${name}: ${words}`)
  );
  assert(found.length > 60, `only ${found.length} were found`);
  const missing = found.filter((words) =>
    !known.some((some) => words.includes(some))
  );
  assertEquals(missing, []);
  const idle = known.filter((some) =>
    !found.some((words) => words.includes(some))
  );
  assertEquals(idle, [], "these words are said nowhere");
});

Deno.test("every mutant changes its file in one place", () => {
  for (const mutant of MUTANTS) {
    const text = Deno.readTextFileSync(ROOT + mutant.file);
    assert(mutated(text, mutant) !== text, mutant.rule);
  }
});

Deno.test("every mutant names cases that there are, and a rule of its own", () => {
  assert(CASE_IDS.has(CONTROL));
  for (const { rule, cases } of MUTANTS) {
    assertEquals(cases.filter((id) => !CASE_IDS.has(id)), [], rule);
    assert(cases.length > 0, rule);
  }
  const rules = MUTANTS.map(({ rule }) => rule);
  assertEquals(rules.filter((rule, at) => rules.indexOf(rule) !== at), []);
});
