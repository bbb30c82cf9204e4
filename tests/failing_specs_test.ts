import { assertEquals, assertMatch } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { jsonReporter } from "../harness/report/json.ts";
import { runSuite } from "../harness/run_suite.ts";
import { denoHost } from "../host/deno_host.ts";

const FOLDER = fromFileUrl(
  new URL("../specs/harness/failing", import.meta.url),
);

/** The whole JSON report of the folder, with paths as seen from it. */
async function report(jobs: number): Promise<string> {
  let text = "";
  const sink = { write: (piece: string) => void (text += piece) };
  await runSuite({
    paths: [FOLDER],
    environment: { PATH: "/usr/bin:/bin" },
    reporters: [jsonReporter(sink)],
    jobs,
  }, denoHost());
  return text.replaceAll(`${FOLDER}/`, "");
}

Deno.test("specs that must fail give exactly the expected report", async () => {
  const text = await report(4);
  const file = `${FOLDER}/expected.json`;
  // To look at a wanted change: UPDATE=1 deno test -A tests/failing_specs_test.ts
  if (Deno.env.get("UPDATE") === "1") Deno.writeTextFileSync(file, text);
  assertEquals(JSON.parse(text), JSON.parse(Deno.readTextFileSync(file)));
  assertEquals(text, Deno.readTextFileSync(file));
});

Deno.test("specs that must fail give the same report one at a time", async () => {
  assertEquals(await report(1), await report(8));
});

const CATEGORIES: Readonly<Record<string, string>> = {
  A: "assertion",
  R: "runtime",
  S: "schema",
};

Deno.test("specs that must fail do, in the category their id tells, but for the controls", async () => {
  const passes: string[] = [];
  for (const result of JSON.parse(await report(2)).results) {
    const { id, status, category, message } = result;
    if (status === "pass") passes.push(id);
    if (status !== "fail") continue;
    const letter = /^([SAR])-/.exec(id)?.[1] ?? "S";
    assertEquals(category, CATEGORIES[letter], `${id}: ${message}`);
    assertMatch(message, /^[a-z_]+\.spec\.md:\d+:\d+: \S/);
    assertEquals(message.split("\n").length <= 24, true, id);
  }
  assertEquals(passes, ["A-CONTROL-TEXT", "A-CONTROL-CLI", "S-DUPLICATE"]);
});
