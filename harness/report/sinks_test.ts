import { assertEquals, assertThrows } from "@std/assert";
import { HostError } from "../../host/host.ts";
import { denoHost } from "../../host/deno_host.ts";
import { MemoryHost } from "../../host/memory_host.ts";
import { ReportFileError } from "./report_file_error.ts";
import { FileSink } from "./sinks.ts";

function textOf(path: string, host: MemoryHost): string {
  return new TextDecoder().decode(host.readFile(path));
}

/** A path that cannot be a report file, and what the message says. */
const REFUSED = {
  "/out": 'Cannot write report "/out": is a directory',
  "/gone/report.json": "no such file or directory",
  "/out/old.json/report.json": "not a directory",
  "/locked/report.json": "/locked: permission denied",
  "/dev/stdout": 'would be replaced; write "-" for standard output',
  "/proc/self/fd/7": "would be replaced",
};

Deno.test("FileSink refuses a file that cannot be written before anything runs", () => {
  const host = new MemoryHost({
    files: {
      "/out/old.json": "old",
      "/locked": { kind: "directory", mode: 0o555 },
      "/dev/stdout": { kind: "symlink", target: "/out/old.json" },
      "/proc/self/fd/7": { kind: "symlink", target: "/out/old.json" },
    },
  });
  for (const [path, text] of Object.entries(REFUSED)) {
    assertThrows(() => new FileSink(path, host), ReportFileError, text);
  }
});

Deno.test("FileSink leaves the old file until it is complete, and after a failure", () => {
  const files = { "/out/report.json": "old", "/out/keep": "" };
  const host = new MemoryHost({ files, ids: { uid: 0 } });
  const sink = new FileSink("/out/report.json", host);
  sink.write("new, ");
  assertEquals(textOf("/out/report.json", host), "old");
  host.rename = () => {
    throw new HostError("EXDEV", "/out/report.json");
  };
  assertThrows(() => sink.commit(), ReportFileError, "EXDEV");
  assertEquals(textOf("/out/report.json", host), "old");
  assertEquals(host.readDirectory("/out").length, 2);
});

Deno.test("FileSink names the report where the file beside it cannot be written", () => {
  const host = new MemoryHost({ files: { "/out/keep": "" }, ids: { uid: 0 } });
  host.writeFile = (path) => {
    throw new HostError("ENOSPC", path);
  };
  const sink = new FileSink("/out/report.json", host);
  const { message } = assertThrows(() => sink.commit(), ReportFileError);
  assertEquals(
    message,
    'Cannot write report "/out/report.json": no space left on device',
  );
});

Deno.test("FileSink writes whole files through links, and keeps their mode", () => {
  const host = denoHost();
  const folder = host.makeTempDirectory("sinks-");
  try {
    const file = `${folder}/report.json`;
    host.writeFile(file, new Uint8Array(), { mode: 0o640 });
    Deno.symlinkSync(file, `${folder}/link`);
    const sink = new FileSink(`${folder}/link`, host);
    sink.write("a");
    sink.write("b");
    sink.commit();
    assertEquals(new TextDecoder().decode(host.readFile(file)), "ab");
    assertEquals(host.stat(file).mode, 0o640);
    assertEquals(host.lstat(`${folder}/link`).kind, "symlink");
    assertEquals(host.readDirectory(folder).length, 2);
  } finally {
    host.remove(folder);
  }
});

Deno.test("FileSink writes to a device as it is", () => {
  const host = denoHost();
  const before = host.lstat("/dev/null");
  const sink = new FileSink("/dev/null", host);
  sink.write("gone");
  sink.commit();
  assertEquals(host.lstat("/dev/null"), before);
});
