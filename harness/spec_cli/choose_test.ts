import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MemoryHost, type MemoryHostOptions } from "../../host/memory_host.ts";
import { specMain } from "./main.ts";

const FENCE = "```";

/** Cases of which one fails. */
const DOCUMENT = `${FENCE}yaml spec-test
${
  ["A", "B", "C", "D", "E"].map((id, at) =>
    `- { id: ${id}, type: text.file, tags: [${at % 2 ? "odd" : "even"}]${
      id === "D" ? ", path: gone.txt" : ""
    } }`
  ).join("\n")
}
${FENCE}
`;

class Machine {
  files: Record<string, string> = { "/repo/a.spec.md": DOCUMENT };

  async spec(line: string, options: MemoryHostOptions = {}) {
    const host = new MemoryHost({
      files: this.files,
      cwd: "/repo",
      ids: { uid: 0 },
      ...options,
      args: line.split(" "),
    });
    const code = await specMain(host);
    for (const { name, kind } of host.readDirectory("/repo")) {
      if (kind !== "file") continue;
      const text = new TextDecoder().decode(host.readFile(`/repo/${name}`));
      this.files[`/repo/${name}`] = text;
    }
    return { code, stdout: host.stdoutText, stderr: host.stderrText };
  }
}

const timeless = (text: string) => text.replace(/\(\d+ ms\)/, "(TIME)");

Deno.test("spec merge reports what one run would have", async () => {
  const machine = new Machine();
  const one = await machine.spec("run a.spec.md");
  for (const index of [1, 2, 3]) {
    const report = `--report ndjson=${index}.ndjson`;
    await machine.spec(`run a.spec.md --shard ${index}/3 ${report}`);
  }
  const merged = await machine.spec(
    "merge 3.ndjson 1.ndjson 2.ndjson --report terminal=- --report json=all.json",
  );
  assertEquals([merged.code, merged.stderr], [1, one.stderr]);
  assertEquals(timeless(merged.stdout), timeless(one.stdout));
  const { results } = JSON.parse(machine.files["/repo/all.json"] ?? "");
  assertEquals(results.length, 5);
});

Deno.test("spec merge refuses shards that are not the whole, and writes nothing", async () => {
  const machine = new Machine();
  for (const index of [1, 2]) {
    const report = `--report ndjson=${index}.ndjson`;
    await machine.spec(`run a.spec.md --shard ${index}/2 ${report}`);
  }
  const whole = machine.files["/repo/2.ndjson"] ?? "";
  machine.files["/repo/cut.ndjson"] = whole.split("\n").slice(0, 2).join("\n");
  const refused: Readonly<Record<string, readonly string[]>> = {
    "1.ndjson": ["  shard 2/2 is missing"],
    "1.ndjson 1.ndjson 2.ndjson": [
      "  1.ndjson:1: shard 1/2 is in 1.ndjson:1, too",
    ],
    "1.ndjson cut.ndjson gone.ndjson": [
      '  cut.ndjson:2: incomplete: there is no "end" event; the run was stopped, or it is still going on',
      "  gone.ndjson: no such file or directory",
    ],
    "1.ndjson a.spec.md": [
      "  a.spec.md:1: invalid JSON: expected a value",
    ],
  };
  for (const [files, reasons] of Object.entries(refused)) {
    const { code, stdout, stderr } = await machine.spec(
      `merge ${files} --report json=all.json --report terminal=-`,
    );
    assertEquals([code, stdout], [1, ""], files);
    const count = files.split(" ").length;
    const lines = stderr.trimEnd().split("\n");
    assertEquals(
      lines[0],
      `spec: Cannot merge ${count} report${count > 1 ? "s" : ""}:`,
    );
    assertEquals(lines.at(-1)?.startsWith("Give the ndjson report"), true);
    for (const [at, reason] of reasons.entries()) {
      assertStringIncludes(lines[1 + at] ?? "", reason, files);
    }
    assertEquals("/repo/all.json" in machine.files, false);
  }
});

Deno.test("spec merge wants reports, and replaces none of them", async () => {
  const machine = new Machine();
  await machine.spec("run a.spec.md --shard 1/1 --report ndjson=1.ndjson");
  const before = machine.files["/repo/1.ndjson"];
  const own = await machine.spec("merge 1.ndjson --report ndjson=./1.ndjson");
  assertEquals([own.code, own.stdout], [2, ""]);
  assertStringIncludes(own.stderr, "it is one of those to be merged");
  assertEquals(machine.files["/repo/1.ndjson"], before);
  const none = await machine.spec("merge");
  assertEquals(none.code, 2);
  assertStringIncludes(none.stderr, "Cannot merge: no report was given");
});

/** A call, its exit code, and what it says. */
const CALLS: readonly (readonly [string, number, string])[] = [
  ["list a.spec.md --tag odd", 0, "B\ttext.file"],
  ["list a.spec.md --tag odd --tag even --exclude-tag even", 0, "B\ttext"],
  ["list a.spec.md --type text.flie", 2, 'Did you mean "text.file"?'],
  ["list a.spec.md --document b.spec.md", 2, 'Did you mean "a.spec.md"?'],
  ["run a.spec.md:3", 0, "ok B\n"],
  ["run a.spec.md:9", 2, "The nearest is "],
  [
    "run a.spec.md --filter A --repeat 2 --shuffle=7",
    0,
    "shuffled with seed 7",
  ],
  ["run a.spec.md --filter A --shuffle", 0, "shuffled with seed "],
  ["run a.spec.md --bail --jobs 1", 1, "skip E: not run: 1 case had failed"],
  ["run a.spec.md --bail=0", 2, "as --bail: wanted an integer from 1 to"],
  ["run a.spec.md --repeat many", 2, "as --repeat: wanted an integer"],
  ["run a.spec.md --shuffle=-1", 2, "as --shuffle: wanted a seed"],
  ["run a.spec.md --shard 3/2", 2, "shards count from 1 to 2"],
  ["run a.spec.md --shard auto", 2, "none of these is set"],
  [
    "run a.spec.md --shard 1/2 --shuffle",
    2,
    "Cannot draw a seed for one shard",
  ],
  ["run a.spec.md --timings x", 2, "Cannot use --timings without --shard"],
  ["run a.spec.md --shard 1/2 --timings x", 2, 'Cannot use "x" for --timings'],
  ["run a.spec.md --last-failed x", 2, 'Cannot use "x" for --last-failed'],
  ["run a.spec.md --changed", 2, "there is no such program"],
  ["lint a.spec.md --shard 1/2", 2, "unknown flag"],
  ["watch a.spec.md --bail", 2, "unknown flag"],
];

Deno.test("flags that choose are understood, or it is said why not", async () => {
  const machine = new Machine();
  for (const [line, code, says] of CALLS) {
    const { stdout, stderr, code: ended } = await machine.spec(line);
    assertEquals(ended, code, `${line}\n${stderr}`);
    assertStringIncludes(code === 2 ? stderr : stdout, says, line);
    if (code === 2) assertEquals(stdout, "", line);
  }
});

Deno.test("--last-failed runs what failed, then nothing any more", async () => {
  const machine = new Machine();
  await machine.spec("run a.spec.md --report json=r.json");
  const again = await machine.spec(
    "run a.spec.md --last-failed r.json --report json=r.json --report terminal=-",
  );
  assertEquals(again.code, 1);
  assertStringIncludes(again.stdout, "0 passed, 1 failed, 0 skipped");
  machine.files["/repo/gone.txt"] = "";
  const mended = "run a.spec.md --last-failed r.json --report json=r.json";
  assertEquals(await machine.spec(mended), { code: 0, stdout: "", stderr: "" });
  const nothing = await machine.spec(mended);
  assertEquals(nothing.code, 2);
  assertStringIncludes(nothing.stderr, 'nothing failed in "r.json"');
  const allowed = await machine.spec(`${mended} --allow-empty`);
  assertEquals([allowed.code, allowed.stdout], [0, ""]);
  assertEquals(
    allowed.stderr,
    'spec: nothing to do: nothing failed in "r.json"\n',
  );
  const { results, run } = JSON.parse(machine.files["/repo/r.json"] ?? "");
  assertEquals(results, []);
  assertEquals(run.empty, 'nothing to do: nothing failed in "r.json"');
});

Deno.test("--changed asks git, and takes documents that use what has changed", async () => {
  const machine = new Machine();
  const other = { id: "OTHER", type: "text.file", path: "lib/data.txt" };
  machine.files["/repo/b.spec.json"] = JSON.stringify(other);
  const changed = (names: string) => ({
    programs: {
      git: ({ argv }: { readonly argv: readonly string[] }) => ({
        stdout: argv.includes("diff") ? names : "/repo\n",
      }),
    },
  });
  const list = "list a.spec.md b.spec.json --changed=main";
  const git = async (names: string, line = list) =>
    await machine.spec(line, changed(names));
  assertEquals((await git("lib/data.txt\0")).stdout.split("\t")[0], "OTHER");
  assertEquals((await git("a.spec.md\0")).stdout.split("\n").length, 6);
  const none = await git("README.md\0");
  assertEquals(none.code, 2);
  assertStringIncludes(none.stderr, 'no document has changed since "main"');
  const allowed = await git("README.md\0", `${list} --allow-empty`);
  assertEquals([allowed.code, allowed.stdout], [0, ""]);
  assertStringIncludes(allowed.stderr, "spec: nothing to do: no document");
});

Deno.test("--shard auto and --timings divide as they are told", async () => {
  const machine = new Machine();
  const all: string[] = [];
  await machine.spec("run a.spec.md --report ndjson=all.ndjson");
  for (const index of ["0", "1", "2"]) {
    const env = { CIRCLE_NODE_INDEX: index, CIRCLE_NODE_TOTAL: "3" };
    const line = "list a.spec.md --shard auto --timings all.ndjson";
    const { stdout } = await machine.spec(line, { env });
    const ids = stdout.trimEnd().split("\n").map((row) => row[0] ?? "");
    assert(ids.length <= 2, `${ids}`);
    all.push(...ids);
  }
  assertEquals(all.toSorted().join(""), "ABCDE");
});
