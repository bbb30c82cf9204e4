import { assert, assertEquals, assertRejects } from "@std/assert";
import { denoHost } from "../host/deno_host.ts";
import type { Host } from "../host/host.ts";
import { MemoryHost, type MemoryOutcome } from "../host/memory_host.ts";
import { changedFiles } from "./changed.ts";
import { UsageError } from "./usage_error.ts";

/** A machine whose git answers by its first words. */
function hostWith(
  answers: Readonly<Record<string, MemoryOutcome>>,
): MemoryHost {
  return new MemoryHost({
    env: { PATH: "/usr/bin" },
    programs: {
      git: ({ argv }) => {
        const words = argv.slice(argv[1] === "-C" ? 3 : 1);
        return answers[words[0] ?? ""] ?? { end: { kind: "exit", code: 0 } };
      },
    },
  });
}

const exit = (code: number) => ({ kind: "exit", code }) as const;
const FOUND = {
  "rev-parse": { stdout: "/repo\n" },
  "merge-base": { stdout: "0123abc\n" },
};

Deno.test("changedFiles() takes what differs, and what git does not know", async () => {
  const host = hostWith({
    ...FOUND,
    diff: { stdout: "specs/a.spec.md\0gone\nodd ä.md\0" },
    "ls-files": { stdout: "new.spec.md\0other repository/\0" },
  });
  assertEquals(await changedFiles("main", host), {
    since: "main",
    root: "/repo",
    files: new Set([
      "/repo/specs/a.spec.md",
      "/repo/gone\nodd ä.md",
      "/repo/new.spec.md",
      "/repo/other repository",
    ]),
  });
});

const NO_REPOSITORY =
  "fatal: not a git repository (or any of the parent directories): .git\n";

/** What git answers, and what is said about it. */
const FAILURES: readonly (readonly [
  Record<string, MemoryOutcome>,
  message: string,
  remedy: string,
])[] = [
  [
    { "rev-parse": { stderr: NO_REPOSITORY, end: exit(128) } },
    "git said fatal: not a git repository",
    "in a git repository",
  ],
  [{ "rev-parse": { end: exit(1) } }, "git ended with exit code 1", "in a git"],
  [
    {
      ...FOUND,
      "merge-base": {
        stderr: "fatal: Not a valid object name main\n",
        end: exit(128),
      },
    },
    "git knows no such revision",
    "git fetch origin BRANCH",
  ],
  [
    { ...FOUND, "merge-base": { end: exit(1) } },
    "it has no history in common with HEAD",
    "git fetch --unshallow",
  ],
  [
    {
      ...FOUND,
      diff: { stderr: "fatal: \x1b[31mbad\nmore\n", end: exit(128) },
    },
    "git said fatal: \\x1b[31mbad",
    "Try it: git diff",
  ],
  [
    { ...FOUND, "ls-files": { end: exit(2) } },
    "git ended with exit code 2",
    "git ls-files",
  ],
];

Deno.test("changedFiles() says what git could not do", async () => {
  for (const [answers, message, remedy] of FAILURES) {
    const error = await assertRejects(
      () => changedFiles("main", hostWith(answers)),
      UsageError,
      `Cannot tell what has changed since "main": ${message}`,
    );
    assert(error.remedy?.includes(remedy), error.remedy);
  }
});

Deno.test("changedFiles() says that there is no git", async () => {
  const error = await assertRejects(
    () => changedFiles("HEAD", new MemoryHost()),
    UsageError,
    'Cannot start "git": there is no such program',
  );
  assertEquals(error.remedy, "Install git, or leave --changed out");
});

Deno.test("changedFiles() hands no flag to git", async () => {
  const asked: string[] = [];
  const host = new MemoryHost({
    programs: {
      git: ({ argv }) => {
        asked.push(argv.join(" "));
        return { stdout: "/repo\n" };
      },
    },
  });
  const revision = "--output=/etc/passwd";
  await assertRejects(
    () => changedFiles(revision, host),
    UsageError,
    "git knows no such revision",
  );
  assertEquals(asked, ["git rev-parse --show-toplevel"]);
});

/** Whether this machine has git. */
const hasGit = (() => {
  try {
    return new Deno.Command("git", { args: ["--version"] }).outputSync()
      .success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
})();

/** A host that works in another folder. */
function hostIn(folder: string): Host {
  const host = denoHost();
  return {
    ...host,
    cwd: () => folder,
    start: (request) => host.start({ cwd: folder, ...request }),
  };
}

Deno.test({
  name: "changedFiles() asks a real git",
  ignore: !hasGit,
  async fn() {
    const root = Deno.realPathSync(Deno.makeTempDirSync());
    const write = (name: string, text: string) =>
      Deno.writeTextFileSync(`${root}/${name}`, text);
    const git = (...words: string[]) => {
      const { success, stderr } = new Deno.Command("git", {
        args: ["-c", "user.name=x", "-c", "user.email=x@example.org", ...words],
        cwd: root,
        env: { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
      }).outputSync();
      assert(success, new TextDecoder().decode(stderr));
    };
    try {
      git("init", "--quiet", "--initial-branch=main");
      for (const name of ["kept", "edited", "moved", "there"]) {
        write(`${name}.md`, `${name}\n`.repeat(20));
      }
      write(".gitignore", "ignored.md\n");
      git("add", ".");
      git("commit", "--quiet", "-m", "first");
      git("checkout", "--quiet", "-b", "branch");
      git("mv", "moved.md", "elsewhere.md");
      git("commit", "--quiet", "-m", "second");
      git("checkout", "--quiet", "main");
      write("there.md", "of others\n");
      git("commit", "--quiet", "-am", "third");
      git("checkout", "--quiet", "branch");
      Deno.mkdirSync(`${root}/sub ä`);
      write("edited.md", "now\n");
      write("sub ä/new.md", "");
      write("ignored.md", "");
      const since = async (revision: string) => {
        const host = hostIn(`${root}/sub ä`);
        const { files } = await changedFiles(revision, host);
        return [...files].map((file) => file.slice(root.length + 1)).toSorted();
      };
      const open = ["edited.md", "sub ä/new.md"];
      assertEquals(await since("HEAD"), open);
      assertEquals(await since("main"), [
        "edited.md",
        "elsewhere.md",
        "moved.md",
        "sub ä/new.md",
      ]);
      await assertRejects(
        () => since("nobody"),
        UsageError,
        "no such revision",
      );
    } finally {
      Deno.removeSync(root, { recursive: true });
    }
  },
});
