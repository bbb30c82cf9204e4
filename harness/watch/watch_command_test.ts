import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { CommandRequest } from "../../host/host.ts";
import { MemoryHost } from "../../host/memory_host.ts";
import type { WatchPort } from "../../host/watch_port.ts";
import { ndjsonReporter } from "../report/ndjson.ts";
import { UsageError } from "../usage_error.ts";
import { CaseError } from "../case_error.ts";
import { failed, headAt, passed } from "../verdict.ts";
import { watchCommand } from "./watch_command.ts";

const ROOT = "/w";
const A = "specs/a.spec.md";
const B = "specs/b.spec.md";

function spec(id: string, rest = ""): string {
  return `\`\`\`yaml spec-test\nid: ${id}\ntype: text.file\n${rest}\`\`\`\n`;
}

/** A run in a process of its own: `BAD` in a document fails its case. */
function runtime(runs: string[][], host: () => MemoryHost) {
  return ({ argv }: CommandRequest) => {
    const words = argv.slice(1);
    if (words[0] !== "run") return { stdout: '{"modules":[]}' };
    runs.push(words);
    const paths = words.slice(words.indexOf("--") + 1)
      .flatMap((path) => path === "specs" ? [A, B] : [path]);
    let stdout = "";
    const reporter = ndjsonReporter({ write: (text) => void (stdout += text) });
    const facts = { task: "run", program: "spec", version: "1" } as const;
    reporter.start?.({ ...facts, total: paths.length });
    let bad = 0;
    for (const path of paths) {
      const [name = path] = path.split(":");
      const text = new TextDecoder().decode(host().readFile(`${ROOT}/${name}`));
      const head = headAt({ path: name, line: 1, column: 1 });
      const isBad = text.includes("BAD");
      if (isBad) bad++;
      reporter.case(
        isBad
          ? failed(head, new CaseError("assertion", "it is BAD"))
          : passed(head, 1),
      );
    }
    reporter.end({
      ...facts,
      total: paths.length,
      passed: paths.length - bad,
      failed: bad,
      skipped: 0,
      categories: { schema: 0, assertion: bad, runtime: 0 },
      durationMs: 1,
    });
    return { stdout };
  };
}

/** A watch whose keys are pressed and whose files are written by the test. */
class Stage {
  readonly runs: string[][] = [];
  readonly host: MemoryHost;
  watched: readonly string[] = [];
  #onChange: (paths: readonly string[]) => void = () => {};
  #onKey: (key: string) => void = () => {};
  keysRead = false;

  constructor(files: Readonly<Record<string, string>>, terminals = true) {
    const absolute = Object.entries(files)
      .map(([path, text]) => [`${ROOT}/${path}`, text]);
    this.host = new MemoryHost({
      files: { ...Object.fromEntries(absolute), [`${ROOT}/.git/HEAD`]: "" },
      cwd: ROOT,
      env: { NO_COLOR: "1" },
      terminals: terminals ? [0, 1] : [],
      runtime: "/deno",
      programs: { "/deno": runtime(this.runs, () => this.host) },
    });
  }

  readonly port: WatchPort = {
    watch: (directories, onChange) => {
      this.watched = directories;
      this.#onChange = onChange;
      return () => {};
    },
    readKeys: (onKey) => {
      this.#onKey = onKey;
      this.keysRead = true;
      return () => void (this.keysRead = false);
    },
  };

  start(
    values: readonly (readonly [string, string[]])[] = [],
  ): Promise<number> {
    const flags = {
      values: new Map(values),
      switches: new Set<string>(),
      paths: ["specs"],
    };
    return watchCommand(
      { flags, options: { paths: ["specs"] } },
      this.host,
      this.port,
    );
  }

  press(keys: string): void {
    for (const key of keys) this.#onKey(key);
  }

  write(path: string, text: string): void {
    this.host.writeFile(`${ROOT}/${path}`, new TextEncoder().encode(text));
    this.#onChange([`${ROOT}/${path}`]);
  }

  /** Waits for a run after those that were. */
  async nextRun(): Promise<string> {
    const { length } = this.runs;
    while (this.runs.length === length) await soon();
    await soon();
    return (this.runs.at(-1) ?? []).join(" ");
  }
}

const soon = () => new Promise((done) => setTimeout(done, 5));
const USUAL = "run --no-config --report=ndjson=- --";

Deno.test("spec watch runs all, then what a change touches, what failed, what a filter wants", async () => {
  const library =
    "```yaml spec-test\nid: LIB\ntype: spec_lang.library\nfunctions: {}\n```\n";
  const stage = new Stage({
    [A]: spec("A-1"),
    [B]: spec("B-1", "path: ../data.txt\n"),
    "data.txt": "",
    "lib.spec.md": library,
  });
  const first = stage.nextRun();
  const end = stage.start([["jobs", ["2"]]]);
  assertEquals(
    await first,
    "run --jobs=2 --no-config --report=ndjson=- -- specs",
  );
  assertEquals([...stage.watched].toSorted(), ["/w", "/w/specs"]);

  const changed = stage.nextRun();
  stage.write(A, `${spec("A-1")}BAD\n`);
  assertEquals((await changed).split(" -- ")[1], A);
  assertStringIncludes(stage.host.stdoutText, "it is BAD");
  assertStringIncludes(stage.host.stdoutText, "f failed (1)");

  const used = stage.nextRun();
  stage.write("data.txt", "new");
  assertEquals((await used).split(" -- ")[1], B);

  const failed = stage.nextRun();
  stage.press("f");
  assertEquals((await failed).split(" -- ")[1], `${A}:1`);

  const filtered = stage.nextRun();
  stage.press("/B*\r");
  assertStringIncludes(await filtered, "--filter=B* ");

  stage.press("q");
  assertEquals(await end, 0);
  assertEquals(stage.keysRead, false);
});

Deno.test("spec watch runs nothing for a file that holds what it held, or that no case uses", async () => {
  const stage = new Stage({ [A]: spec("A-1"), [B]: spec("B-1") });
  const first = stage.nextRun();
  const end = stage.start();
  await first;
  stage.write(A, spec("A-1"));
  stage.write("specs/notes.txt", "note");
  const next = stage.nextRun();
  await new Promise((done) => setTimeout(done, 120));
  stage.write(B, `${spec("B-1")}.`);
  assertEquals(await next, `${USUAL} ${B}`);
  assertEquals(stage.runs.length, 2);
  stage.press("q");
  await end;
});

Deno.test("spec watch goes on when documents are made, broken, taken away", async () => {
  const stage = new Stage({ [A]: spec("A-1"), [B]: spec("B-1") });
  const first = stage.nextRun();
  const end = stage.start();
  await first;
  const made = stage.nextRun();
  stage.write("specs/c.spec.md", spec("C-1"));
  assertEquals(await made, `${USUAL} specs/c.spec.md`);
  const broken = stage.nextRun();
  stage.write(A, "```yaml spec-test\nid: [\n```\n");
  assertEquals(await broken, `${USUAL} ${A}`);
  stage.press("q");
  await end;
});

Deno.test("spec watch reads no keys where there is no terminal, and ends by a signal", async () => {
  const stage = new Stage({ [A]: spec("A-1"), [B]: spec("B-1") }, false);
  const first = stage.nextRun();
  const end = stage.start();
  await first;
  assertEquals(stage.keysRead, false);
  assertEquals(
    stage.host.stdoutText,
    "2 passed, 0 failed, 0 skipped (1 ms)\n",
  );
  stage.host.interrupt("SIGTERM");
  await assertRejects(() => end, Error, "interrupted by SIGTERM");
});

Deno.test("spec watch refuses to watch nothing", async () => {
  const stage = new Stage({ "specs/README.md": "" });
  await assertRejects(() => stage.start(), UsageError);
});
