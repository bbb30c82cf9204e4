// What docs/archives.md shows is so: its case, its message, its tables.

import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  folderOf,
  layoutParts,
  type TestImage,
} from "../harness/image/archive/_image_testing.ts";
import { ArchiveError } from "../harness/image/archive/archive_error.ts";
import { ARCHIVE_LIMITS } from "../harness/image/archive/limits.ts";
import { platformDocuments } from "../harness/image/platform_cases.ts";
import { verifyArchive } from "../harness/image/saved_image.ts";
import { CLAUSES } from "../harness/image/clauses.ts";
import { listSuite } from "../harness/run_suite.ts";
import { ociImageType } from "../harness/types/oci_image.ts";
import { MemoryHost } from "../host/memory_host.ts";

const PAGE = await Deno.readTextFile(
  new URL("../docs/archives.md", import.meta.url),
);

function verify(image: TestImage) {
  const host = new MemoryHost({
    files: { ...folderOf(layoutParts(image), "/image"), "/page.md": PAGE },
  });
  const ids: string[] = [];
  const summary = verifyArchive(host, "/image", {
    specs: ["/page.md"],
    filter: "terraform.*",
    reporters: [{
      case: ({ id, status }) => void ids.push(`${id} ${status}`),
      end: () => {},
    }],
  });
  return { summary, ids };
}

Deno.test("the case of docs/archives.md passes where the label is, and fails where not", async () => {
  const labels = { "org.opencontainers.image.licenses": "MIT" };
  for (const [Labels, verdict] of [[labels, "pass"], [{}, "fail"]] as const) {
    const { summary, ids } = verify({ layers: [], config: { Labels } });
    await summary;
    assertEquals(ids, [`terraform.licence-label ${verdict}`]);
  }
});

Deno.test("the message of docs/archives.md is the program's", async () => {
  const layers = [[], [{ name: "../etc/cron.d/x" }], [{ name: "a" }]];
  const { summary } = verify({ layers });
  const { message, remedy } = await assertRejects(() => summary, ArchiveError);
  const shown = `image: ${message}`
    .replace('"/image"', '"image.tar"')
    .replace(/sha256\/[0-9a-f]{64}/, "sha256/9f2c…");
  assertStringIncludes(PAGE, `${shown}\n${remedy}\n`);
});

Deno.test("the limits of docs/archives.md are the program's", () => {
  const rows = [...PAGE.matchAll(/^\| ([^|]+?) +\| (\d[^|]*?) +\|$/gm)];
  const values = rows.flatMap(([, , value = ""]) =>
    [...value.matchAll(/(\d[\d,]*)(?: (MiB|GiB))?/g)].map(([, digits, unit]) =>
      Number(digits?.replaceAll(",", "")) *
      (unit === "MiB" ? 2 ** 20 : unit === "GiB" ? 2 ** 30 : 1)
    )
  );
  const { ratioFrom, ...limits } = ARCHIVE_LIMITS;
  assertEquals(values.slice(-9), Object.values(limits));
  assertStringIncludes(PAGE, `above ${ratioFrom / 2 ** 20} MiB`);
});

Deno.test("docs/archives.md names every target and its capability", () => {
  const { targets } = ociImageType({});
  for (const target of Object.keys(targets)) {
    const capability = `oci.image.${target.replace("_json", "")}`;
    const row = new RegExp(`^\\| \`${target}\` +\\| \`${capability}\` `, "m");
    assertEquals(row.test(PAGE), true, target);
  }
});

Deno.test("docs/archives.md names every clause that a saved image can show", () => {
  const documents = platformDocuments();
  const { cases } = listSuite({ documents }, new MemoryHost());
  const shown = new Set(
    cases.filter(({ type }) => type === "oci.image")
      .flatMap(({ tags }) => tags),
  );
  const named = new Set(PAGE.match(/\bRP-[A-Z]+-\d+\b/g));
  const wanted = CLAUSES.map(({ id }) => id).filter((id) => shown.has(id));
  assertEquals([...named].toSorted(), wanted.toSorted());
});
