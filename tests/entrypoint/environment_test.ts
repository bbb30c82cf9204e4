// Variables that steer runtimes, loaders and shells are the tool's: they arrive,
// and they do nothing on the way.

import { assertEquals } from "@std/assert";
import { openSandbox, quote, sandboxTests } from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);

const STEERING = [
  "COMPLETE=",
  "COMPLETE=bash",
  "DENO_V8_FLAGS=--help",
  "DENO_DIR=x",
  "DENO_LOG=debug",
  "DENO_CERT=/tmp/x",
  "DENO_AUTH_TOKENS=a@b",
  "DENO_NO_PROMPT=0",
  "DENO_UNSTABLE_X=1",
  "DENO_CONDITIONS=x",
  "DENO_KILL_SWITCH=1",
  "DENO_SERVE_ADDRESS=tcp:0.0.0.0:1",
  "NODE_OPTIONS=--require /tmp/evil.js",
  "NODE_CHANNEL_FD=1",
  "NODE_CHANNEL_SERIALIZATION_MODE=json",
  "NODE_V8_COVERAGE=/tmp/coverage",
  "OTEL_DENO=true",
  "OTEL_EXPORTER_OTLP_ENDPOINT=console",
  "RUST_LOG=trace",
  "RUST_BACKTRACE=full",
  "V8_FLAGS=--help",
  "HTTP_PROXY=http://127.0.0.1:1",
  "BASH_ENV=/tmp/evil.sh",
  "ENV=/tmp/evil.sh",
  "PERL5OPT=-M/tmp/evil",
  "LANG=xx_YY",
  "LC_ALL=xx_YY.UTF-8",
  "LANGUAGE=xx",
  "GCONV_PATH=/tmp",
  "LD_LIBRARY_PATH=/nowhere",
  "GLIBC_TUNABLES=glibc.malloc.check=3",
  "MALLOC_PERTURB_=85",
  "FORCE_COLOR=1",
  "NO_COLOR=",
  "TERM=",
  "TZ=:/nowhere",
  "PWD=/nowhere",
  "SHLVL=41",
  "_=x",
  "IFS=/",
  "PS4=$(touch /tmp/executed)",
  "RUNNER_LAUNCHER=1:1:7:9",
  "RUNNER_IMAGE=evil",
  "RUNTIME_SHELL=/bin/evil",
];

const EVIL = `
echo 'require("fs").writeFileSync("/tmp/executed", "js")' >tmp/evil.js
echo 'echo sh >/tmp/executed' >tmp/evil.sh
echo 'open F, ">/tmp/executed"; 1' >tmp/evil.pm
mkdir tmp/planted
echo 'no library' >tmp/planted/libc.so.6
`;

test("a steering variable reaches the tool alone, and does nothing before", async () => {
  const pieces = STEERING.map((entry) =>
    `exec env -i ${quote(entry)} /usr/local/bin/runner exec /usr/bin/env`
  );
  const ends = await sandbox.each([...pieces, "ls /tmp"], { setup: EVIL });
  const left = ends.pop()?.stdout;
  assertEquals(left, "evil.js\nevil.pm\nevil.sh\nplanted\n");
  for (const [index, entry] of STEERING.entries()) {
    const expected = { code: 0, stdout: `${entry}\n`, stderr: "" };
    assertEquals(ends[index], expected, entry);
  }
});

test("all of them together change nothing of what the commands print", async () => {
  const hostile = [
    ...STEERING,
    "LD_PRELOAD=/nowhere/x.so",
    "LD_LIBRARY_PATH=/tmp/planted",
    "LD_AUDIT=/nowhere/x.so",
    "HOME=/home/runner",
    "PATH=/nowhere",
  ].map(quote).join(" ");
  const commands = ["help", "about", "about --json", "info --json", "version"];
  const plain = "HOME=/home/runner PATH=/nowhere";
  const ends = await sandbox.each(
    commands.flatMap((command) => [
      `exec env -i ${plain} /usr/local/bin/runner ${command}`,
      `exec env -i ${hostile} /usr/local/bin/runner ${command}`,
    ]),
    { setup: EVIL },
  );
  for (const [index, command] of commands.entries()) {
    const end = ends[2 * index];
    assertEquals([end?.code, end?.stderr], [0, ""], command);
    assertEquals(ends[2 * index + 1], end, command);
  }
});

test("an image's values come from its files, whatever the environment says", async () => {
  const [about, shell] = await sandbox.each([
    "RUNNER_IMAGE=evil RUNNER_ROLE=evil runner about",
    "RUNTIME_SHELL=/bin/evil runner info --json",
  ]);
  assertEquals([about?.code, about?.stdout.includes("evil")], [0, false]);
  assertEquals([shell?.code, shell?.stdout.includes("evil")], [0, false]);
});

test("an empty environment stays empty", async () => {
  const [end] = await sandbox.each([
    "exec env -i /usr/local/bin/runner exec /usr/bin/env",
  ]);
  assertEquals(end, { code: 0, stdout: "", stderr: "" });
});

test("a hundred thousand bytes of one variable and ten thousand variables arrive", async () => {
  const [long, many] = await sandbox.each([
    `A=$(head -c 100000 /dev/zero | tr '\\0' x) runner exec sh -c 'echo \${#A}'`,
    `exec env $(seq -f V%g=1 10000) runner exec sh -c 'env | grep -c ^V'`,
  ]);
  assertEquals(long, { code: 0, stdout: "100000\n", stderr: "" });
  assertEquals(many, { code: 0, stdout: "10000\n", stderr: "" });
});
