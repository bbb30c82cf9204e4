import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import type { CaseResult } from "../harness/case.ts";
import { jsonReporter } from "../harness/report/json.ts";
import { runSuite } from "../harness/run_suite.ts";
import { BUILTINS } from "../harness/spec_lang/builtins.ts";
import { BUDGET_KEYS } from "../harness/spec_lang/budgets.ts";
import { FORMS } from "../harness/spec_lang/forms.ts";
import { BUILT_IN_TYPES } from "../harness/types/registry.ts";
import { denoHost } from "../host/deno_host.ts";
import { runtimeEnvironment } from "./_runtime_environment.ts";

const ROOT = fromFileUrl(new URL("../", import.meta.url));
const FOLDER = `${ROOT}specs/harness`;

async function run(jobs: number) {
  let text = "";
  const results: CaseResult[] = [];
  const summary = await runSuite({
    paths: [FOLDER],
    environment: runtimeEnvironment(),
    reporters: [
      jsonReporter({ write: (piece) => void (text += piece) }),
      { case: (result) => void results.push(result), end() {} },
    ],
    jobs,
  }, denoHost());
  return { text, results, summary };
}

Deno.test("specs/harness passes, and its report is the same one at a time and eight at a time", async () => {
  const { text, results, summary } = await run(8);
  const failed = results.filter(({ status }) => status !== "pass");
  assertEquals(
    failed.map(({ message, skipReason }) => message ?? skipReason),
    [],
  );
  assertEquals(summary.passed, results.length);
  const alone = await run(1);
  assertEquals(alone.text, text);
});

Deno.test("specs/harness uses every type, key, target, operator, form and budget", () => {
  const text = [...Deno.readDirSync(FOLDER)]
    .filter(({ name }) => name.endsWith(".spec.md"))
    .map(({ name }) => Deno.readTextFileSync(`${FOLDER}/${name}`)).join("");
  const types = [...BUILT_IN_TYPES.values()];
  const targets = types.flatMap(({ targets }) => Object.keys(targets));
  const operators = types.flatMap(({ targets }) =>
    Object.values(targets).flat()
  );
  const keys = [
    ...types.flatMap(({ keys, harnessKeys }) => [...keys, ...harnessKeys]),
    ...BUDGET_KEYS.map(({ key }) => key),
    ...operators,
  ];
  const heads = [...BUILTINS.map(({ name }) => name), ...FORMS.keys()];
  const libraries = ["functions", "imports", "exports", "library_paths"];
  const wanted = [
    "type: spec_lang.library",
    ...libraries.map((name) => `${name}:`),
    ...types.map(({ name }) => `type: ${name}`),
    ...targets.map((name) => `target: ${name}`),
    ...keys.map((name) => `${name}:`),
  ];
  assertEquals(wanted.filter((words) => !text.includes(words)), []);
  assertEquals(
    heads.filter((name) =>
      !text.includes(`[${name},`) && !text.includes(`- ${name}\n`) &&
      !text.includes(`[${name}]`)
    ),
    [],
  );
});
