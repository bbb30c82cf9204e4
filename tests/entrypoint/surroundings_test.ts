// What is around the entrypoint may be missing, read-only or planted.

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { openSandbox, sandboxTests, stracing } from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);

const COMMANDS = ["help", "about", "info", "version", "exec echo done"];

const STRACE = await stracing(sandbox);

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

const WATCHED = [
  "exec true",
  "hello",
  "help",
  "about",
  "info --json",
  "version",
]
  .concat("nope", "hlep", "../../../bin/echo", "sub/x", "-x", ".hidden");

let watching: ReturnType<typeof watch> | undefined;

/** What each command does with files and sockets, call by call. */
const calls = () => watching ??= watch();

async function watch(): Promise<ReadonlyMap<string, readonly string[]>> {
  const trace = "strace -f -s 4096 -e trace=%file,%network -o /tmp/trace";
  const ends = await sandbox.each(
    WATCHED.flatMap((command) => [
      `cd /workspace; ${trace} runner ${command}`,
      "cat /tmp/trace",
    ]),
    {
      setup: `echo '#!/usr/bin/true' >usr/local/lib/runner.d/hello
chmod 0555 usr/local/lib/runner.d/hello
${PLANTED}`,
    },
  );
  return new Map(WATCHED.map((command, index) => {
    const lines = (ends[2 * index + 1]?.stdout ?? "").split("\n")
      .map((line) => line.replace(/^\d+ +/, ""));
    assert(lines.some((line) => line.includes("/etc/runner/image.env")));
    return [command, lines];
  }));
}

/** The path that a call is about. */
const pathOf = (line: string) =>
  /^\w+\((?:AT_FDCWD, )?"([^"]*)"/.exec(line)?.[1] ?? "";

test(
  "no file below the working directory or the home is looked at, none is written, nothing is connected",
  async () => {
    for (const [command, lines] of await calls()) {
      const below = lines.map(pathOf).filter((path) =>
        /^(\/workspace\/|\/home\/runner\/|[^/])/.test(path)
      );
      assertEquals(below, [], command);
      const written = lines.filter((line) =>
        /^(openat|open|creat|mkdir|rename|unlink|symlink|link)\b/.test(line) &&
        !/O_RDONLY/.test(line) && !line.includes('"/dev/') &&
        !line.includes("/dev/null/") && !/^\w*link\w*\("\/proc/.test(line)
      );
      assertEquals(written, [], command);
      const connected = lines.filter((line) =>
        /^(socket|connect)\(/.test(line)
      );
      assertEquals(connected, [], command);
    }
  },
  STRACE,
);

test(
  "a word that cannot be a plugin's name makes it look at no file of its name",
  async () => {
    const watched = await calls();
    for (const command of ["../../../bin/echo", "sub/x", "-x", ".hidden"]) {
      const touched = watched.get(command)?.map(pathOf)
        .filter((path) => path.startsWith("/usr/local/lib/runner.d/"));
      assertEquals(touched, [], command);
    }
    const looked = watched.get("nope")?.map(pathOf);
    assert(looked?.includes("/usr/local/lib/runner.d/nope"));
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
  ...(sandbox.compiled ? [["socket", "is no regular file"] as const] : []),
];
const SOCKET = "../../bin/stage socket socket -- /usr/bin/true";

test("a plugin that is none is refused, and what is executable but broken says why", async () => {
  const ends = await sandbox.each(BROKEN.map(([name]) => `runner ${name}`), {
    setup: `cd usr/local/lib/runner.d
${sandbox.compiled ? SOCKET : ""}
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
