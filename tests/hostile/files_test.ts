import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import type { CaseResult } from "../../harness/case.ts";
import { MAX_FILE_BYTES } from "../../harness/_read_file.ts";
import { runSuite } from "../../harness/run_suite.ts";
import { MemoryHost, type MemoryHostOptions } from "../../host/memory_host.ts";
import { fenced } from "./_answers.ts";

const SPEC = fromFileUrl(new URL("../../spec.ts", import.meta.url));
const CASE = fenced("id: A\ntype: text.file\npath: subject");
const SUBJECT = "/d/subject";
const DOCUMENT = "/d/a.spec.md";
const DEVICE = "it is a device or a pipe, not a file";

/** What is there, how reading fails, and how the only result does. */
const ODD: Readonly<
  Record<string, readonly [MemoryHostOptions, string, string]>
> = {
  "a document is a device": [
    { files: { [DOCUMENT]: { kind: "other" } } },
    "schema",
    `${DOCUMENT}:1:1: cannot read the document: ${DEVICE}`,
  ],
  "a document is a link to itself": [
    { files: { [DOCUMENT]: { kind: "symlink", target: "a.spec.md" } } },
    "schema",
    `${DOCUMENT}:1:1: cannot read the document: too many levels of symbolic links`,
  ],
  "a document may not be read": [
    { files: { [DOCUMENT]: { kind: "file", mode: 0 } } },
    "schema",
    `${DOCUMENT}:1:1: cannot read the document: permission denied`,
  ],
  "a document vanishes": [
    { files: { [DOCUMENT]: CASE }, failReads: { [DOCUMENT]: "ENOENT" } },
    "schema",
    `${DOCUMENT}:1:1: cannot read the document: no such file or directory`,
  ],
  "a document grows": [
    { files: { [DOCUMENT]: CASE }, failReads: { [DOCUMENT]: "EFBIG" } },
    "schema",
    `${DOCUMENT}:1:1: cannot read the document: it is larger than 64 MiB`,
  ],
  "a disk fails": [
    { files: { [DOCUMENT]: CASE }, failReads: { [DOCUMENT]: "EIO" } },
    "schema",
    `${DOCUMENT}:1:1: cannot read the document: input/output error`,
  ],
  "a subject is a device": [
    { files: { [DOCUMENT]: CASE, [SUBJECT]: { kind: "other" } } },
    "runtime",
    `${DOCUMENT}:4:1: Cannot read "subject": ${DEVICE}`,
  ],
  "a subject is a directory": [
    { files: { [DOCUMENT]: CASE, [SUBJECT]: { kind: "directory" } } },
    "runtime",
    `${DOCUMENT}:4:1: Cannot read "subject": is a directory`,
  ],
  "a subject vanishes": [
    {
      files: { [DOCUMENT]: CASE, [SUBJECT]: "" },
      failReads: { [SUBJECT]: "ENOENT" },
    },
    "runtime",
    `${DOCUMENT}:4:1: Cannot read "subject": no such file or directory; paths begin at the document's folder`,
  ],
  "a subject is too large": [
    {
      files: {
        [DOCUMENT]: CASE,
        [SUBJECT]: new Uint8Array(MAX_FILE_BYTES + 1),
      },
    },
    "runtime",
    `${DOCUMENT}:4:1: Cannot read "subject": it is larger than 64 MiB`,
  ],
  "a name has more than one line": [
    { files: { "/d/\x1b[2J\n.spec.md": fenced("id: ''") } },
    "schema",
    String.raw`/d/\x1b[2J\n.spec.md:2:1: "id" must not be empty`,
  ],
};

for (const [name, [options, category, message]] of Object.entries(ODD)) {
  Deno.test(`what cannot be read is a result: ${name}`, async () => {
    const results: CaseResult[] = [];
    await runSuite({
      paths: ["/d"],
      reporters: [{ case: (result) => void results.push(result), end() {} }],
    }, new MemoryHost(options));
    assertEquals(results.map((result) => [result.category, result.message]), [
      [category, message],
    ]);
  });
}

// What waits for ever when it is read ends after a time, and not with code 1.
const HANGS_MS = 60_000;

Deno.test("spec run waits for no pipe, follows no device and reads no terabyte", async () => {
  const folder = await Deno.makeTempDir({ prefix: "hostile-" });
  try {
    const pipe = await new Deno.Command("mkfifo", {
      args: [`${folder}/pipe.spec.md`, `${folder}/subject`],
    }).output();
    assertEquals(pipe.code, 0);
    await Deno.symlink("/dev/zero", `${folder}/device.spec.md`);
    await Deno.symlink("loop.spec.md", `${folder}/loop.spec.md`);
    await Deno.mkdir(`${folder}/directory.spec.md`);
    await Deno.writeTextFile(`${folder}/case.spec.md`, CASE);
    await Deno.writeTextFile(`${folder}/sparse.spec.md`, "");
    await Deno.truncate(`${folder}/sparse.spec.md`, 2 ** 40);
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", SPEC, "run", folder, "--report", "json=-"],
      signal: AbortSignal.timeout(HANGS_MS),
      stdin: "null",
      stderr: "null",
    }).output();
    assertEquals(code, 1);
    const { results } = JSON.parse(new TextDecoder().decode(stdout));
    assertEquals(
      results.map(({ message }: { message: string }) =>
        message.replace(`${folder}/`, "")
      ),
      [
        `case.spec.md:4:1: Cannot read "subject": ${DEVICE}`,
        `device.spec.md:1:1: cannot read the document: ${DEVICE}`,
        "loop.spec.md:1:1: cannot read the document: too many levels of symbolic links",
        `pipe.spec.md:1:1: cannot read the document: ${DEVICE}`,
        "sparse.spec.md:1:1: cannot read the document: it is larger than 64 MiB",
      ],
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
