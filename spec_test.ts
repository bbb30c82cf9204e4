import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "@std/path";

const SPEC = fromFileUrl(new URL("spec.ts", import.meta.url));

function specCommand(
  args: readonly string[],
  env: Record<string, string> = {},
) {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", SPEC, ...args],
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

async function inFolder(
  document: string,
  check: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "spec-test-" });
  try {
    await Deno.writeTextFile(`${folder}/a.spec.md`, document);
    await check(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const caseBlock = (yaml: string) =>
  `${"```"}yaml spec-test\n${yaml}\n${"```"}\n`;

Deno.test("spec.ts hands its exit code to the caller", async () => {
  const document = caseBlock(`- id: E-1
  type: cli.run
  argv: [hello]
  harness: { entrypoint: echo }
  assert: { target: stdout, must: [contain: [hello]] }
- id: E-2
  type: cli.run
  harness: { entrypoint: "false" }`);
  await inFolder(document, async (folder) => {
    const ends = [["E-1", 0], ["E-2", 1], ["E-3", 2]] as const;
    for (const [id, code] of ends) {
      const args = ["run", folder, "--filter", id];
      const output = await specCommand(args).output();
      assertEquals(output.code, code, new TextDecoder().decode(output.stderr));
    }
  });
});

Deno.test("spec.ts keeps its report and a case that runs in this process apart", async () => {
  const document = caseBlock(
    `- { id: P-1, type: cli.run, harness: { entrypoint: "true" } }
- id: P-2
  type: cli.run
  harness:
    entrypoint: "./program.ts:main"
    hook_before: "./program.ts:shout"
    hook_after: "./program.ts:shout"
  assert:
    target: stdout
    must:
      - evaluate: [[eq, [subject], "begin\\nend\\n"]]`,
  );
  const program = `import { log } from "node:console";
  import { writeSync } from "node:fs";
  import process from "node:process";
  export function shout() {
    writeSync(1, "SPILT\\n");
    log("SPILT");
    new Deno.Command("echo", { args: ["SPILT"], stdout: "inherit" }).outputSync();
    console.log("LOUD");
    Deno.stdout.writeSync(new TextEncoder().encode("LOUD"));
    process.stdout.write("LOUD");
    setTimeout(() => console.error("LOUD"));
    setInterval(() => console.log("LOUD"), 10);
  }
  export async function main() {
    console.log("begin");
    await new Promise((done) => setTimeout(done, 300));
    console.log("end");
  }`;
  await inFolder(document, async (folder) => {
    await Deno.writeTextFile(`${folder}/program.ts`, program);
    const { code, stdout, stderr } = await specCommand([
      "run",
      folder,
      "--jobs=4",
    ]).output();
    const [text, errors] = [stdout, stderr]
      .map((bytes) => new TextDecoder().decode(bytes));
    assertEquals([code, errors], [0, "SPILT\n".repeat(6)], text);
    assertMatch(text ?? "", /^ok P-1\nok P-2\n\n2 passed, .*\n$/);
  });
});

Deno.test("spec.ts ends without a word when its reader goes away", async () => {
  const cases = Array.from(
    { length: 3000 },
    (_, index) => `- { id: ${"x".repeat(100)}-${index}, type: text.file }`,
  );
  await inFolder(caseBlock(cases.join("\n")), async (folder) => {
    const child = specCommand(["run", folder]).spawn();
    const reader = child.stdout.getReader();
    await reader.read();
    await reader.cancel();
    const { code } = await child.status;
    assertEquals(code, 1);
    assertEquals(await new Response(child.stderr).text(), "");
  });
});

Deno.test("spec.ts stops its commands at a signal and leaves nothing behind", async () => {
  const document = caseBlock(
    `- { id: S-1, type: cli.run, harness: { entrypoint: sh -c 'echo $$ > "$PIDFILE"; sleep 60' } }`,
  );
  for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
    await inFolder(document, async (folder) => {
      const pidFile = `${folder}/pid`;
      const reports = ["json", "ndjson", "tap", "html"].map((format) =>
        `--report=${format}=${folder}/r.${format}`
      );
      const child = specCommand(["run", folder, ...reports], {
        PIDFILE: pidFile,
        TMPDIR: folder,
      }).spawn();
      const pid = await readWhenThere(pidFile);
      child.kill(signal);
      const { code: ended, stderr } = await child.output();
      assertEquals(ended, code, new TextDecoder().decode(stderr));
      const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
      assertEquals(names.sort(), ["a.spec.md", "pid"]);
      assertEquals(await isGone(pid), true);
    });
  }
});

Deno.test("spec.ts stops a call in this process at a signal", async () => {
  const document = caseBlock(
    "- { id: S-2, type: cli.run, harness: { entrypoint: './program.ts:main' } }",
  );
  const program = `export async function main(_argv, io) {
    Deno.writeTextFileSync(io.env.PIDFILE, "started\\n");
    await new Promise((done) => setTimeout(done, 60_000));
  }`;
  await inFolder(document, async (folder) => {
    await Deno.writeTextFile(`${folder}/program.ts`, program);
    const child = specCommand(["run", folder], { PIDFILE: `${folder}/pid` })
      .spawn();
    await readWhenThere(`${folder}/pid`);
    child.kill("SIGINT");
    const start = performance.now();
    const { code, stdout } = await child.output();
    assertEquals(code, 130);
    assertEquals(performance.now() - start < 20_000, true, "the call was left");
    assertStringIncludes(
      new TextDecoder().decode(stdout),
      "stopped: interrupted by SIGINT; 0 of 1 cases were done\n",
    );
  });
});

async function readWhenThere(path: string): Promise<string> {
  for (;;) {
    const text = await Deno.readTextFile(path).catch(() => "");
    if (text.endsWith("\n")) return text.trim();
    await new Promise((done) => setTimeout(done, 20));
  }
}

async function isGone(pid: string): Promise<boolean> {
  for (let tries = 0; tries < 50; tries++) {
    const stat = await Deno.readTextFile(`/proc/${pid}/stat`).catch(() => "");
    if (stat === "" || / Z /.test(stat)) return true;
    await new Promise((done) => setTimeout(done, 20));
  }
  return false;
}
