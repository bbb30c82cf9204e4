import { assertEquals, assertMatch } from "@std/assert";
import { fromFileUrl } from "@std/path";
import type { CaseResult } from "../harness/case.ts";
import { conformSuite } from "../harness/conformance.ts";
import { jsonReporter } from "../harness/report/json.ts";
import { runSuite } from "../harness/run_suite.ts";
import { denoHost } from "../host/deno_host.ts";

const ROOT = fromFileUrl(new URL("../", import.meta.url));
const FOLDER = `${ROOT}specs/harness/failing`;

const ENVIRONMENT = { PATH: "/usr/bin:/bin" };

/** The whole JSON report, with paths as seen from the folder. */
async function report(jobs: number): Promise<string> {
  let text = "";
  const sink = { write: (piece: string) => void (text += piece) };
  await runSuite({
    paths: [FOLDER, `${FOLDER}/unreadable`],
    environment: ENVIRONMENT,
    reporters: [jsonReporter(sink)],
    jobs,
  }, denoHost());
  return text.replaceAll(`${FOLDER}/`, "").replaceAll(ROOT, "$ROOT/");
}

Deno.test("specs that must fail give exactly the expected report, however many at a time [not SF-OUT-9]", async () => {
  const text = await report(8);
  const file = `${FOLDER}/expected.json`;
  // To look at a wanted change: UPDATE=1 deno test -A tests/failing_specs_test.ts
  if (Deno.env.get("UPDATE") === "1") Deno.writeTextFileSync(file, text);
  assertEquals(JSON.parse(text), JSON.parse(Deno.readTextFileSync(file)));
  assertEquals(text, Deno.readTextFileSync(file));
  assertEquals(await report(1), text);
  for (const { id, status, message } of JSON.parse(text).results) {
    if (status !== "fail") continue;
    assertMatch(message, /^(unreadable\/)?[a-z_]+\.spec\.md:\d+:\d+: \S/, id);
    assertEquals(message.split("\n").length <= 24, true, id);
  }
});

Deno.test("specs that must fail end as each of them expects", async () => {
  const different: unknown[] = [];
  const reporter = {
    case: ({ message }: CaseResult) => {
      if (message !== null) different.push(message);
    },
    end() {},
  };
  const options = { paths: [FOLDER], environment: ENVIRONMENT };
  await conformSuite({ ...options, reporters: [reporter] }, denoHost());
  assertEquals(different, []);
});
