import { assertEquals, assertMatch } from "@std/assert";
import { MemoryHost, type MemoryHostOptions } from "../../host/memory_host.ts";
import { specMain } from "./main.ts";

const MESSY = "# A\n\n~~~yaml spec-test\nid:   A-1\ntype: text.file\n~~~\n";
const TIDY = MESSY.replace("id:   ", "id: ");
const BROKEN = "~~~yaml spec-test\nid: [\n~~~\n";
const ODD = "~~~yaml spec-test\nid:   A-3\ntags: [a, # b\n c]\n~~~\n";

async function call(
  words: string,
  files: MemoryHostOptions["files"],
  more: MemoryHostOptions = {},
) {
  const host = new MemoryHost({
    args: ["fmt", ...words.split(" ")],
    cwd: "/repo",
    ids: { uid: 0 },
    files: files ?? {},
    ...more,
  });
  const code = await specMain(host);
  const read = (path: string) => new TextDecoder().decode(host.readFile(path));
  return { code, stdout: host.stdoutText, stderr: host.stderrText, read, host };
}

Deno.test("spec fmt writes what is not laid out, and names it", async () => {
  const files = {
    "/repo/specs/a.spec.md": MESSY,
    "/repo/specs/b.spec.md": TIDY,
    "/repo/specs/c.spec.yaml": "id:   A\n",
    "/repo/specs/d/e.spec.md": MESSY,
  };
  const { code, stdout, stderr, read, host } = await call("specs", files);
  assertEquals([code, stdout, stderr], [0, "specs/a.spec.md\n", ""]);
  assertEquals(read("/repo/specs/a.spec.md"), TIDY);
  assertEquals(read("/repo/specs/c.spec.yaml"), "id:   A\n");
  assertEquals(host.readDirectory("/repo/specs").length, 4);
  const all = await call("specs --recursive --case-formats md,yaml", files);
  assertEquals(all.stdout.split("\n").length, 4);
  assertEquals(all.read("/repo/specs/c.spec.yaml"), "id: A\n");
});

Deno.test("spec fmt --check writes nothing, and fails if something would change", async () => {
  const files = { "/repo/a.spec.md": MESSY };
  const { code, stdout, stderr, read } = await call("--check .", files);
  assertEquals([code, stdout, stderr], [1, "./a.spec.md\n", ""]);
  assertEquals(read("/repo/a.spec.md"), MESSY);
  const tidy = await call(". --check", { "/repo/a.spec.md": TIDY });
  assertEquals([tidy.code, tidy.stdout, tidy.stderr], [0, "", ""]);
});

Deno.test("spec fmt tells what cannot be read, and where the first block is that was left", async () => {
  const files = {
    "/repo/a.spec.md": MESSY + BROKEN,
    "/repo/b.spec.md": ODD,
    "/repo/c.spec.md": ODD + ODD,
  };
  const { code, stdout, stderr, read } = await call(".", files);
  assertEquals([code, stdout], [1, "./a.spec.md\n"]);
  assertMatch(stderr, /^spec: \.\/a\.spec\.md:8:\d+: invalid YAML: .*\n/);
  assertMatch(
    stderr,
    /\nspec: \.\/b\.spec\.md:3:11: 3 blocks were left as they are, the first for a comment in brackets\n$/,
  );
  assertEquals(read("/repo/a.spec.md"), TIDY + BROKEN);
  const one = await call("b.spec.md --check", files);
  assertEquals([one.code, one.stdout], [0, ""]);
  assertMatch(one.stderr, /a block was left as it is, for a comment/);
});

Deno.test("spec fmt writes through a link, and not what may not be written", async () => {
  const link = { kind: "symlink", target: "/else/a.md" } as const;
  const linked = await call("a.spec.md", {
    "/repo/a.spec.md": link,
    "/else/a.md": MESSY,
  });
  assertEquals(linked.read("/else/a.md"), TIDY);
  assertEquals(linked.host.lstat("/repo/a.spec.md").kind, "symlink");
  const file = (
    mode: number,
  ) => ({ kind: "file", content: MESSY, mode } as const);
  const refused = await call("a.spec.md b.spec.md", {
    "/repo/a.spec.md": file(0o444),
    "/repo/b.spec.md": file(0o666),
  }, { ids: { uid: 1000 } });
  assertEquals(refused.code, 1);
  assertMatch(
    refused.stderr,
    /^spec: Cannot write document "a\.spec\.md": .*permission denied/i,
  );
  assertEquals(refused.read("/repo/a.spec.md"), MESSY);
});

Deno.test("spec fmt takes documents as a whole, and at least one", async () => {
  const files = { "/repo/a.spec.md": MESSY, "/repo/b/c.txt": "" };
  const line = await call("a.spec.md:4", files);
  assertEquals(line.code, 2);
  assertMatch(line.stderr, /part of "a\.spec\.md": a line was named\nLeave/);
  const none = await call("b", files);
  assertEquals(none.code, 2);
  assertEquals(line.read("/repo/a.spec.md"), MESSY);
});
