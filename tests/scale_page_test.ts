// Every call that docs/scale.md shows for a CI system or a cluster is one that
// the spec command understands, and every shard is handed on whatever fails.

import { assert, assertEquals } from "@std/assert";
import { parse } from "@std/yaml/parse";
import { splitWords } from "../harness/process/split_words.ts";
import {
  parseSpecArguments,
  readSpecCommand,
} from "../harness/spec_cli/arguments.ts";
import { choose } from "../harness/spec_cli/choose.ts";
import { MemoryHost } from "../host/memory_host.ts";
import { blocksOf } from "./_page.ts";

const PAGE = Deno.readTextFileSync(
  new URL("../docs/scale.md", import.meta.url),
);

/** What the variables are in the second of seven jobs. */
const SECOND: Record<string, string> = {
  CI_NODE_INDEX: "2",
  CI_NODE_TOTAL: "7",
  CIRCLE_NODE_INDEX: "1",
  CIRCLE_NODE_TOTAL: "7",
  BUILDKITE_PARALLEL_JOB: "1",
  BUILDKITE_PARALLEL_JOB_COUNT: "7",
  JOB_COMPLETION_INDEX: "1",
};

/** Every text in a value. */
function* texts(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) yield* texts(inner);
  }
}

/** The calls of spec in the YAML of a page, variables filled in. */
function calls(): string[] {
  const documents = blocksOf(PAGE).filter(({ info }) => info === "yaml")
    .flatMap(({ text }) => text.split(/^---$/m).map((one) => parse(one)));
  return documents.flatMap((document) => [...texts(document)])
    .flatMap((text) => text.split("\n").map((line) => line.trim()))
    .filter((line) => line.startsWith("spec "))
    .map((line) =>
      line.replaceAll("$$", "$").replaceAll("${{ matrix.shard }}", "2")
        .replace(/\$([A-Z_]+)/g, (_, name) => SECOND[name] ?? `no ${name}`)
    );
}

Deno.test("docs/scale.md shows calls that are understood", async () => {
  const found = calls();
  assertEquals(found.length, 10);
  for (const call of found) {
    const [spec = "", otherwise] = call.split(" || ");
    const request = parseSpecArguments(splitWords(spec).slice(1));
    assert(request.kind === "command", call);
    const command = readSpecCommand(request.name, request.flags);
    if (command.kind === "merge") {
      assertEquals(otherwise, undefined, call);
      assert(command.options.paths.some((path) => path.endsWith("*.ndjson")));
      continue;
    }
    assert(command.kind === "run", call);
    assertEquals(otherwise, "[ $? -eq 1 ]", call);
    const { JOB_COMPLETION_INDEX = "", ...env } = SECOND;
    const isPod = call.includes("auto/");
    const host = new MemoryHost({
      env: isPod ? { JOB_COMPLETION_INDEX } : env,
    });
    const { shard } = await choose(command.options, host);
    assertEquals(shard?.index, 2, call);
    const [report] = command.options.reports.filter(({ format }) =>
      format === "ndjson"
    );
    assert(/(^|\/)[12]\.ndjson$/.test(report?.file ?? ""), call);
  }
});

Deno.test("docs/scale.md tells a Kubernetes Job as many completions as shards", () => {
  const completions = /completions: (\d+)/.exec(PAGE)?.[1];
  assertEquals(
    PAGE.match(/--shard auto\/\d+/g)?.at(-1),
    `--shard auto/${completions}`,
  );
});
