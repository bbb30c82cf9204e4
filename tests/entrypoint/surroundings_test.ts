// What is around the entrypoint may be missing, read-only or planted.

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { openSandbox, sandboxTests } from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);

const COMMANDS = ["help", "about", "info", "version", "exec echo done"];

/** What strace(1) can watch: not everybody may, not everywhere. */
const STRACE = await stracing();

async function stracing(): Promise<readonly [boolean, string]> {
  if (sandbox.refusal !== undefined) return [false, sandbox.refusal];
  const [end] = await sandbox.each(["strace -o /tmp/trace true"]);
  return [end?.code === 0, "strace cannot watch a program here"];
}

test("a read-only root without /tmp is enough: nothing is written anywhere", async () => {
  const script = COMMANDS.map((command) => `runner ${command} || exit 1`);
  const { code, stdout, stderr } = await sandbox.shell(
    [...script, "echo written >/file"].join("\n"),
    { setup: "rmdir tmp\nmount -o remount,bind,ro,nosuid ." },
  );
  assertEquals(code, 2);
  assertStringIncludes(stdout, "done\n");
  assertStringIncludes(stderr, "Read-only file system");
});

test("without /proc the refusal is 70 and says what is needed", async () => {
  for (const command of COMMANDS) {
    const { code, stdout, stderr } = await sandbox.run({
      args: command.split(" "),
      setup: "umount proc",
    });
    assertEquals([code, stdout], [70, ""], command);
    assertStringIncludes(stderr, "\nThe container needs /proc\n");
  }
});

test("the working directory may be unreadable, unsearchable or removed", async () => {
  const ends = await sandbox.each([
    ...["0300", "0400", "0000"].map((mode) =>
      `mkdir /tmp/${mode}; cd /tmp/${mode}; chmod ${mode} .\n` +
      "runner help && runner exec echo done"
    ),
    "mkdir /tmp/d; cd /tmp/d; rmdir /tmp/d\n" +
    "runner help && runner exec readlink /proc/self/cwd",
    "mkdir /tmp/d; cd /tmp/d; rmdir /tmp/d; runner info",
  ]);
  for (const { code, stderr } of ends) assertEquals([code, stderr], [0, ""]);
  const [unread, unsearched, closed, removed, info] = ends;
  for (const end of [unread, unsearched, closed]) {
    assert(end?.stdout.endsWith("\ndone\n"));
  }
  assert(removed?.stdout.endsWith("\n/tmp/d (deleted)\n"));
  assertStringIncludes(info?.stdout ?? "", "Work dir:   (unreadable)");
});

test("a working directory that is removed and cannot be entered again is refused with 70", async () => {
  const [end] = await sandbox.each([
    "mkdir /tmp/d; cd /tmp/d; chmod 0 .; rmdir /tmp/d; runner exec pwd",
  ]);
  assertEquals([end?.code, end?.stdout], [70, ""]);
  assertStringIncludes(end?.stderr ?? "", "the working directory is gone");
});

/** Whatever some runtime might look for beside itself or the user. */
const PLANTED = `
cd workspace
mkdir -p node_modules/x .deno
for name in libc.so.6 libdl.so.2 deno.json deno.jsonc package.json deno.lock \
import_map.json .env .npmrc tsconfig.json runner.js node_modules/x/index.js; do
  echo 'not what anybody expects {' >$name
done
cp -R . ../home/runner/
chmod -R 0777 .
`;

test("files planted in the working directory and the home change nothing", async () => {
  const ends = await sandbox.each([
    ...COMMANDS.map((command) => `cd /; HOME=/nowhere runner ${command}`),
    ...COMMANDS.map((command) => `cd /workspace; runner ${command}`),
  ], { setup: PLANTED });
  const clean = ends.slice(0, COMMANDS.length);
  const planted = ends.slice(COMMANDS.length);
  for (const [index, command] of COMMANDS.entries()) {
    if (command === "info") continue;
    assertEquals(clean[index]?.code, 0, command);
    assertEquals(planted[index], clean[index], command);
  }
  assertEquals(planted[2]?.code, 0);
});

test(
  "no file below the working directory or the home is opened, none is written, nothing is connected",
  async () => {
    const trace = "strace -f -s 4096 -e trace=%file,%network -o /tmp/trace";
    const [exec, files] = await sandbox.each([
      `cd /workspace; ${trace} runner exec true`,
      "cat /tmp/trace",
    ], { setup: PLANTED });
    assertEquals(exec?.code, 0);
    const lines = (files?.stdout ?? "").split("\n")
      .map((line) => line.replace(/^\d+ +/, ""));
    assert(lines.some((line) => line.includes("/etc/runner/image.env")));
    const path = /^\w+\((?:AT_FDCWD, )?"([^"]*)"/;
    const seen = lines.map((line) => path.exec(line)?.[1] ?? "");
    const below = seen.filter((name) =>
      /^(\/workspace\/|\/home\/runner\/|[^/])/.test(name)
    );
    assertEquals(below, []);
    const written = lines.filter((line) =>
      /^(openat|open|creat|mkdir|rename|unlink|symlink|link)\b/.test(line) &&
      !/O_RDONLY/.test(line) && !line.includes('"/dev/') &&
      !line.includes("/dev/null/") && !/^\w*link\w*\("\/proc/.test(line)
    );
    assertEquals(written, []);
    assertEquals(lines.filter((line) => /^(socket|connect)\(/.test(line)), []);
  },
  STRACE,
);

test("a thousand plugins are listed, one that dangles among them", async () => {
  const [help, info, one, dangling] = await sandbox.each([
    "runner help",
    "runner info --json",
    "runner p500 a 'b c'",
    "runner p777",
  ], {
    setup: `cd usr/local/lib/runner.d
printf '#!/bin/sh\\nprintf "[%%s]" "$@"\\n' >p1
chmod 0555 p1
seq -f p%g 2 1000 | xargs -n 1 ln p1
rm p777
ln -s nowhere p777`,
  });
  assertEquals(help?.code, 0);
  assertEquals(help?.stdout.match(/^ +p\d+\b/gm)?.length, 999);
  const { plugins } = JSON.parse(info?.stdout ?? "");
  assertEquals(plugins.length, 1000);
  assertEquals([one?.code, one?.stdout], [0, "[a][b c]"]);
  assertEquals([dangling?.code, dangling?.stdout], [126, ""]);
});

const BROKEN: readonly (readonly [string, string])[] = [
  ["link", "is a symbolic link"],
  ["dangling", "is a symbolic link"],
  ["folder", "is a directory"],
  ["pipe", "is no regular file"],
  ["device", "is no regular file"],
  ["plain", "is not executable"],
  ["script", "exec format error"],
  ["orphan", "does not exist"],
];

test("a plugin that is none is refused, and what is executable but broken says why", async () => {
  const ends = await sandbox.each(BROKEN.map(([name]) => `runner ${name}`), {
    setup: `cd usr/local/lib/runner.d
ln -s /bin/sh link
ln -s nowhere dangling
mkdir folder
mkfifo pipe
: >device; mount --bind /dev/null device
echo plain >plain
echo 'echo executed by a shell' >script
echo '#!/nonexistent' >orphan
chmod 0555 script orphan`,
  });
  for (const [index, [name, reason]] of BROKEN.entries()) {
    const end = ends[index];
    const code = name === "orphan" ? 127 : 126;
    assertEquals([end?.code, end?.stdout], [code, ""], name);
    assertStringIncludes(end?.stderr ?? "", reason);
  }
});

test("an identity that would block or never end is refused without a hang", async () => {
  for (const make of ["mkfifo", "ln -s /dev/zero", "ln -s /dev/tty"]) {
    const end = await sandbox.run({
      args: ["exec", "true"],
      setup: `rm etc/runner/image.env\n${make} etc/runner/image.env`,
    });
    assertEquals([end.code, end.stdout], [78, ""], make);
  }
});
