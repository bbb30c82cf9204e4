import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { MemoryHost, type MemoryHostOptions } from "../../host/memory_host.ts";
import config from "../../deno.json" with { type: "json" };
import { REPORT_FORMATS } from "../report/formats.ts";
import { specMain } from "./main.ts";

const BLOCK = "```";

function specDocument(...cases: readonly string[]): string {
  return `${BLOCK}yaml spec-test\n${cases.join("\n")}\n${BLOCK}\n`;
}

const PASSES = "- { id: PASS, type: text.file }";
const FAILS = `- id: FAIL
  type: text.file
  path: data.txt
  assert: { target: text, must: [contain: [hello]] }`;
const SKIPS = `- id: SKIP
  type: text.file
  requires: { capabilities: [terminal], when_missing: skip }`;

const EXPECTS = `- id: AS-EXPECTED
  type: text.file
  path: gone.txt
  expect: { portable: { status: fail, category: runtime } }
- id: NOT-SO
  type: text.file
  expect: { portable: { status: fail } }`;

const FILES = {
  "/repo/expect/a.spec.md": specDocument(EXPECTS),
  "/repo/pass/a.spec.md": specDocument(PASSES),
  "/repo/mixed/a.spec.md": specDocument(PASSES, FAILS, SKIPS),
  "/repo/mixed/b.spec.md": specDocument("- no mapping"),
  "/repo/mixed/data.txt": "goodbye\n",
  "/repo/skip/a.spec.md": specDocument(SKIPS),
  "/repo/none/a.spec.md": "# Nothing here\n",
};

async function spec(
  args: readonly string[],
  options: MemoryHostOptions = {},
) {
  const host = new MemoryHost({
    files: FILES,
    cwd: "/repo",
    ids: { uid: 0 },
    ...options,
    args,
  });
  const code = await specMain(host);
  return { code, stdout: host.stdoutText, stderr: host.stderrText, host };
}

/** Words, the exit code, and what stands on the two streams. */
const CALLS: readonly (readonly [string, number, RegExp, RegExp])[] = [
  ["--version", 0, /^spec \d+\.\d+\.\d+\S*\n$/, /^$/],
  ["--help", 0, /^Run executable specifications/, /^$/],
  ["run --help", 0, /--report FORMAT=FILE/, /^$/],
  ["list --help", 0, /separated by tabs/, /^$/],
  ["run pass", 0, /^ok PASS\n\n1 passed, 0 failed, 0 skipped \(/, /^$/],
  [
    "run mixed",
    1,
    /^ok PASS\nnot ok FAIL \(assertion\)\n {2}mixed\/a\.spec\.md:6:\d+: /,
    /^$/,
  ],
  ["run skip", 1, /nothing was checked/, /nothing was checked/],
  ["run pass skip", 0, /1 passed, 0 failed, 1 skipped/, /^$/],
  ["run mixed/a.spec.md --filter=PASS", 0, /^ok PASS\n\n1 passed/, /^$/],
  ["run mixed --filter=PASS", 1, /\n1 passed, 1 failed/, /^$/],
  ["run mixed/a.spec.md pass --filter=SKIP", 1, /0 passed/, /nothing was/],
  ["run none", 2, /^$/, /^spec: Cannot find any case: no case block/],
  ["run missing", 2, /^$/, /^spec: Cannot find "missing"/],
  ["run", 2, /^$/, /^spec: Cannot look for cases: no path was given\n/],
  ["run pass --filter=X", 2, /^$/, /none of 1 ids matches "X"\n/],
  ["run pass --quiet", 0, /^1 passed, 0 failed, 0 skipped [^\n]+\n$/, /^$/],
  [
    "run pass --quiet --verbose",
    2,
    /^$/,
    /^spec: Cannot use --verbose and --quiet at once\nGive one/,
  ],
  ["run pass --flter=X", 2, /^$/, /Did you mean "--filter"\?\n$/],
  ["run pass --case-file-pattern=", 2, /^$/, /its value is empty/],
  ["run pass --contract-root=/gone", 2, /^$/, /as contract root: no such/],
  ["run pass --report=json=gone/r.json", 1, /^$/, /^spec: Cannot write report/],
  ["list pass", 0, /^PASS\ttext\.file\tpass\/a\.spec\.md:2\n$/, /^$/],
  [
    "list mixed",
    1,
    /^(\w+\ttext\.file\tmixed\/a\.spec\.md:\d+\n){3}$/,
    /^spec: mixed\/b\.spec\.md:2:\d+: case must be a mapping/,
  ],
  ["list none", 2, /^$/, /no case block/],
  ["lint pass", 0, /^\n1 checked: 1 right, 0 wrong, 0 skipped \(/, /^WARN: /],
  ["lint pass --verbose", 0, /^right PASS\n\n1 checked/, /AH006 at assert: /],
  [
    "lint mixed",
    1,
    /^skip SKIP: [^\n]+\nwrong mixed\/b\.spec\.md:2 \(schema\)\n[^\n]+\n\nwrong: mixed\/b[^\n]+\n3 checked: 2 right, 1 wrong, 1 skipped \(/,
    /^WARN: [^\n]+PASS[^\n]+\n$/,
  ],
  ["lint skip", 1, /\n0 checked: 0 right/, /nothing was checked/],
  ["lint none", 2, /^$/, /no case block/],
  ["lint gone", 2, /^$/, /^spec: Cannot find "gone"/],
  ["conformance pass", 1, /^not ok PASS \(schema\)\n.*needs "expect"/, /^$/],
  [
    "conformance expect",
    1,
    /^ok AS-EXPECTED\nnot ok NOT-SO \(assertion\)\n[^]*\n1 as expected, 1 not as expected, 0 skipped \(/,
    /^$/,
  ],
  ["conformance expect --filter=AS-*", 0, /^ok AS-EXPECTED\n\n1 as/, /^$/],
  [
    "conformance expect --implementation=x",
    2,
    /^$/,
    /of it under "expect.impl"/,
  ],
  ["conformance none", 2, /^$/, /no case block/],
  ["capabilities", 0, /^(?:[a-z0-9_.]+\n){17}$/, /^$/],
  [
    "completions bash",
    0,
    /^# Completion of spec for bash\.\n_spec\(\) \{\n/,
    /^$/,
  ],
  ["completions", 2, /^$/, /wanted one shell, got none\n.*bash\|zsh\|fish\n/],
  [
    "schema",
    0,
    /^\{\n *"\$schema": .*\n *"\$id": "urn:runner:schema:case:1"/,
    /^$/,
  ],
  ["schema library", 0, /"urn:runner:schema:library:1"/, /^$/],
  ["schema cases", 2, /^$/, /there is none\nDid you mean "case"\?\n$/],
  ["schema manifest", 2, /^$/, /there is none\nSchemas are case, library/],
  ["schema case config", 2, /^$/, /wanted one name, got 2\n/],
  ["capabilities --help", 0, /^List what cases may require/, /^$/],
  ["lint --help", 0, /^Check cases without running/, /^$/],
  ["conformance --help", 0, /--implementation NAME/, /^$/],
];

Deno.test("specMain() ends each call with its code and keeps the streams apart", async () => {
  for (const [words, code, stdout, stderr] of CALLS) {
    const call = await spec(words.split(" "));
    assertEquals(call.code, code, `${words}: ${call.stderr}`);
    assertMatch(call.stdout, stdout, words);
    assertMatch(call.stderr, stderr, words);
  }
});

const WEAK = specDocument(...["A", "B", "C", "D"].map((id) =>
  `- id: ${id}
  type: text.file
  assert: { target: text, must: [contain: [""]] }`
));

Deno.test("specMain() warns on standard error only, in the order of the cases", async () => {
  const files = { "/repo/weak.spec.md": WEAK };
  const words = ["run", "weak.spec.md", "--jobs=8", "--report=json=-"];
  const calm = await spec(words, { files });
  const warned = await spec(words, {
    files,
    env: { SPEC_RUNNER_ASSERT_HEALTH: "warn" },
  });
  assertEquals([calm.code, calm.stderr], [0, ""]);
  assertEquals([warned.code, warned.stdout], [0, calm.stdout]);
  assertEquals(
    warned.stderr.split("\n"),
    [
      ...["A", "B", "C", "D"].map((id, at) =>
        `WARN: ASSERT_HEALTH AH001 at assert.must[0].contain: weak.spec.md:${
          4 + 3 * at
        }:44: case_id=${id}: every text contains the empty text; write what has to be in it`
      ),
      "",
    ],
  );
});

Deno.test("specMain() lists capabilities sorted, as cases may require them", async () => {
  const { stdout } = await spec(["capabilities"]);
  const names = stdout.trimEnd().split("\n");
  assertEquals(names, names.toSorted());
  const document = specDocument(`- id: NEEDS-ALL
  type: text.file
  requires: { capabilities: [${names.join(", ")}] }`);
  const files = { "/repo/all.spec.md": document };
  assertEquals((await spec(["run", "all.spec.md"], { files })).code, 0);
});

Deno.test("specMain() says in the JSON report what was not a plain run", async () => {
  const report = async (command: string) => {
    const reports = ["--report=json=-", "--report=json=r.json"];
    const { stdout, host } = await spec([command, "expect", ...reports]);
    const file = new TextDecoder().decode(host.readFile("/repo/r.json"));
    assertEquals(file, stdout);
    const { version, command: told, results } = JSON.parse(stdout);
    const ends = results.map(({ status }: { status: string }) => status);
    return [version, told, ...ends];
  };
  assertEquals(await report("run"), [1, undefined, "fail", "pass"]);
  assertEquals(await report("conformance"), [1, "conformance", "pass", "fail"]);
  assertEquals(await report("lint"), [1, "lint", "pass", "pass"]);
});

Deno.test("specMain() prints the version that deno.json holds", async () => {
  const { stdout } = await spec(["--version"]);
  assertEquals(stdout, `spec ${config.version}\n`);
});

Deno.test("specMain() writes several reports of one run", async () => {
  const words = ["run", "mixed", "--report", "terminal=-"];
  const { host, stdout, code } = await spec([
    ...words,
    "--report=json=/repo/r.json",
    "--report=terminal=/repo/r.txt",
  ]);
  assertEquals(code, 1);
  assertStringIncludes(stdout, "1 passed, 2 failed, 1 skipped (");
  const text = (path: string) => new TextDecoder().decode(host.readFile(path));
  assertStringIncludes(text("/repo/r.txt"), "1 passed, 2 failed, 1 skipped");
  const { results } = JSON.parse(text("/repo/r.json"));
  assertEquals(results.map(({ id }: { id: string }) => id), [
    "PASS",
    "FAIL",
    "SKIP",
    "mixed/b.spec.md:2",
  ]);
});

const TAKEN: readonly (readonly [string, string])[] = [
  ["pass --report=json=pass/a.spec.md", "it is a document of this run"],
  ["pass --report=json=./pass/../pass/a.spec.md", "it is a document of"],
  ["pass --report=json=/repo/pass/a.spec.md", "it is a document of this run"],
  ["pass --report=json=link.json", "it is a document of this run"],
  ["mixed/data.txt pass --report=json=mixed/data.txt", "it is a document of"],
  ["pass --report=json=new.spec.md", 'that of a document, "*.spec.md"\n'],
  [
    "pass --report=terminal=- --report=json=r.md --case-file-pattern=*.md",
    'that of a document, "*.md"\n',
  ],
  [
    "pass --report=json=r.spec.json --case-formats=md,json",
    'that of a document, "*.spec.md" or "*.spec.json"\n',
  ],
];

Deno.test("specMain() puts no report in the place of a document", async () => {
  const files = {
    ...FILES,
    "/repo/link.json": { kind: "symlink", target: "pass/a.spec.md" },
  } as const;
  for (const [words, reason] of TAKEN) {
    const given = words.split(" ");
    const { code, stdout, stderr, host } = await spec(["run", ...given], {
      files,
    });
    assertEquals([code, stdout], [2, ""], words);
    assertMatch(stderr, /^spec: Cannot write report "/);
    assertStringIncludes(stderr, reason);
    assertStringIncludes(stderr, "\nGive the report a name of its own");
    const left = new TextDecoder().decode(host.readFile("pass/a.spec.md"));
    assertEquals(left, FILES["/repo/pass/a.spec.md"]);
  }
});

Deno.test("specMain() takes a report name that no document of the run has", async () => {
  for (const name of ["r.spec.json", "a.spec.txt", "spec.md"]) {
    const words = ["run", "pass", `--report=json=${name}`];
    const { code, host } = await spec(words);
    assertEquals(code, 0, name);
    assertEquals(host.stat(name).kind, "file");
  }
});

Deno.test("specMain() writes only the report that was asked for to standard output", async () => {
  const { stdout } = await spec(["run", "mixed", "--report", "json=-"]);
  assertEquals(JSON.parse(stdout).results.length, 4);
});

Deno.test("specMain() uses escapes only where they are welcome", async () => {
  const cases = [
    [{ terminals: [1] }, true],
    [{ terminals: [1], env: { NO_COLOR: "1" } }, false],
    [{ terminals: [1], env: { NO_COLOR: "" } }, true],
    [{ terminals: [1], env: { TERM: "dumb" } }, false],
    [{ terminals: [0, 2] }, false],
  ] as const;
  for (const [options, wanted] of cases) {
    const { stdout } = await spec(["run", "mixed"], options);
    assertEquals(stdout.includes("\x1b"), wanted, JSON.stringify(options));
  }
});

Deno.test("specMain() ends quietly when nobody reads its output", async () => {
  for (const words of ["run mixed", "run mixed --report=json=-", "list pass"]) {
    const failWrites = { 1: "EPIPE" };
    const { code, stderr } = await spec(words.split(" "), { failWrites });
    assertEquals([code, stderr], [1, ""], words);
  }
});

Deno.test("specMain() says why its output cannot be written", async () => {
  for (const words of ["run mixed", "--help"]) {
    const failWrites = { 1: "ENOSPC" };
    const { code, stderr } = await spec(words.split(" "), { failWrites });
    assertEquals(code, 1);
    assertEquals(
      stderr,
      "spec: Cannot write to standard output: no space left on device\n",
    );
  }
});

Deno.test("specMain() keeps its exit code when standard error is closed", async () => {
  const failWrites = { 2: "EPIPE" };
  assertEquals((await spec(["run", "missing"], { failWrites })).code, 2);
});

Deno.test("specMain() leaves report files alone when it is interrupted", async () => {
  const document = `${BLOCK}yaml spec-test
- { id: FIRST, type: text.file }
- { id: HANGS, type: cli.run, harness: { entrypoint: hang } }
${BLOCK}
`;
  const formats = [...REPORT_FORMATS.keys()];
  const names = formats.map((format) => `r.${format}`);
  const old = Object.fromEntries(names.map((name) => [`/repo/${name}`, "old"]));
  const reports = formats.map((format) => `--report=${format}=r.${format}`);
  for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
    const host: MemoryHost = new MemoryHost({
      files: { "/repo/a.spec.md": document, ...old },
      cwd: "/repo",
      ids: { uid: 0 },
      args: ["run", ".", "--report=terminal=-", ...reports],
      programs: {
        hang: () => {
          setTimeout(() => host.interrupt(signal), 5);
          return { end: "hang" };
        },
      },
    });
    assertEquals(await specMain(host), code);
    assertStringIncludes(host.stdoutText, "ok FIRST\n");
    assertStringIncludes(
      host.stdoutText,
      `stopped: interrupted by ${signal}; 1 of 2 cases were done\n`,
    );
    assertStringIncludes(
      host.stderrText,
      "report files were left as they were",
    );
    const left = host.readDirectory("/repo").map(({ name }) => name);
    assertEquals(left.toSorted(), ["a.spec.md", ...names.toSorted()]);
    for (const name of names) {
      assertEquals(new TextDecoder().decode(host.readFile(name)), "old", name);
    }
    assertEquals(host.readDirectory("/tmp"), []);
  }
});
