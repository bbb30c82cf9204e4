import { assertEquals } from "@std/assert";
import { resolveUser } from "./image_user.ts";

const TABLES = {
  passwd: `root:x:0:0:root:/root:/bin/bash
# a remark
broken
alice:x:1000:100::/home/alice:
1234:x:0:0::/:
app:x:500:500::/:
`,
  group: `root:x:0:
users:x:100:
docker:x:999:alice,app
app:x:500:
`,
};

function summary(declared: string): string {
  const result = resolveUser(declared, TABLES);
  if (!result.ok) return result.reason;
  const { uid, gids, name, groups } = result.user;
  return `${uid} ${gids.join(",")} ${name} ${groups.join(",")}`;
}

/** As the engines' own resolution has it. */
const USERS: readonly (readonly [string, string])[] = [
  ["", "0 0 root root"],
  ["root", "0 0 root root"],
  ["0", "0 0 root root"],
  ["+0", "0 0 root root"],
  ["-0", "0 0 root root"],
  ["000", "0 0 root root"],
  ["alice", "1000 100,999 alice users,docker"],
  ["1000", "1000 100,999 alice users,docker"],
  ["alice:app", "1000 500 alice app"],
  ["alice:0", "1000 0 alice root"],
  ["10001", "10001 0 undefined root"],
  ["10001:10001", "10001 10001 undefined "],
  ["1234", "1234 0 undefined root"],
  ["nobody", 'is "nobody", whom /etc/passwd does not know'],
  ["broken", 'is "broken", whom /etc/passwd does not know'],
  ["-1", "is -1, which is no id"],
  ["99999999999", "is 99999999999, which is no id"],
  ["alice:staff", 'has the group "staff", which /etc/group does not know'],
];

for (const [declared, wanted] of USERS) {
  Deno.test(`resolveUser() of "${declared}"`, () => {
    assertEquals(summary(declared), wanted);
  });
}
