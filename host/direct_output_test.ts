import { assertEquals } from "@std/assert";

const MODULE = new URL("./direct_output.ts", import.meta.url).href;

/** Runs code in a process of its own: `RUN` in a shell script. */
async function inProcess(
  code: string,
  script: string,
): Promise<[string, string]> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(
      file,
      `import { writeDirectly } from ${JSON.stringify(MODULE)};
const text = (value: string) => new TextEncoder().encode(value);
try {
  ${code}
} catch (error) {
  if (!(error instanceof Error)) throw error;
  writeDirectly(2, text(error.message));
  Deno.exit(3);
}`,
    );
    const run = `'${Deno.execPath()}' run -A --no-config --no-lock '${file}'`;
    const args = ["-c", script.replaceAll("RUN", run)];
    const { stdout, stderr } = await new Deno.Command("sh", { args }).output();
    const decoder = new TextDecoder();
    return [decoder.decode(stdout), decoder.decode(stderr)];
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("writeDirectly() writes every byte once to a slow pipe that does not block", async () => {
  // Lines: the runtime's own output holds back what follows the last of them.
  const code =
    `writeDirectly(1, text("x".repeat(98).concat("y\\n").repeat(3000)));`;
  const unblock =
    "perl -MFcntl -e 'fcntl STDOUT, F_SETFL, O_WRONLY|O_NONBLOCK; " +
    "exec @ARGV' ";
  const [stdout, stderr] = await inProcess(
    code,
    `{ ${unblock} RUN; echo ended $? >&2; } | { head -c 1000; sleep 0.5; cat; } | ` +
      "uniq -c",
  );
  assertEquals(stderr, "ended 0\n");
  assertEquals(stdout.trim(), `3000 ${"x".repeat(98)}y`);
});

Deno.test("writeDirectly() writes nothing, and views of any memory", async () => {
  const [stdout, stderr] = await inProcess(
    `writeDirectly(1, text(""));
  writeDirectly(1, text("[part]").subarray(1, 5));
  const shared = new Uint8Array(new SharedArrayBuffer(2));
  shared.set(text("\\n!"));
  writeDirectly(1, shared);
  writeDirectly(2, text("other"));`,
    "RUN",
  );
  assertEquals([stdout, stderr], ["part\n!", "other"]);
});

Deno.test("writeDirectly() names the error of a write that is refused", async () => {
  const refused = {
    "RUN >/dev/full": "standard output: no space left on device",
    "RUN | exec true": "standard output: broken pipe",
    "RUN 1</dev/null": "standard output: bad file descriptor",
  };
  const code = "writeDirectly(1, new Uint8Array(1_000_000));";
  for (const [script, wanted] of Object.entries(refused)) {
    const [, stderr] = await inProcess(code, script);
    assertEquals(stderr, wanted, script);
  }
});
