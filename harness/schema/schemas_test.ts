import { assert, assertEquals } from "@std/assert";
import { Ajv } from "ajv";
import config from "../../deno.json" with { type: "json" };
import { isJsonList, isJsonObject, type Json } from "../json.ts";
import { SCHEMA_NAMES } from "./schema_names.ts";
import { schemaText } from "./schemas.ts";

const FOLDER = new URL("../schemas/", import.meta.url);

Deno.test("schemaText() makes the schemas that are kept and published", () => {
  for (const name of SCHEMA_NAMES) {
    const file = new URL(`${name}.schema.json`, FOLDER);
    const text = schemaText(name);
    // After a wanted change: UPDATE=1 deno test -A harness/schema/schemas_test.ts
    if (Deno.env.get("UPDATE") === "1") Deno.writeTextFileSync(file, text);
    assertEquals(Deno.readTextFileSync(file), text, name);
    const exported = Object.entries(config.exports)
      .find(([key]) => key === `./schemas/${name}.json`)?.[1];
    assertEquals(exported, `./harness/schemas/${name}.schema.json`);
  }
  const kept = [...Deno.readDirSync(FOLDER)].map((entry) => entry.name);
  assertEquals(kept.length, SCHEMA_NAMES.length);
});

Deno.test("schemaText() makes schemas that a strict validator understands, each reference among them", () => {
  for (const name of SCHEMA_NAMES) {
    const schema = JSON.parse(schemaText(name));
    new Ajv({
      strict: true,
      strictTypes: false,
      strictTuples: false,
      strictRequired: false,
    }).compile(schema);
    assertEquals(schema.$schema, "http://json-schema.org/draft-07/schema#");
  }
});

/** The keys that a mapping may have, and that are told nothing of. */
function untold(schema: Json, at: string): string[] {
  if (isJsonList(schema)) return schema.flatMap((one) => untold(one, at));
  if (!isJsonObject(schema)) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (["if", "then", "else", "allOf"].includes(keyword)) return [];
    if (keyword !== "properties" || !isJsonObject(value)) {
      return untold(value, at === "" ? keyword : `${at}/${keyword}`);
    }
    return Object.entries(value).flatMap(([key, one]) => {
      const place = `${at}/${key}`;
      const isRule = isJsonObject(one) && Object.keys(one).length === 0;
      const isTold = isJsonObject(one) && "description" in one;
      return [...(isRule || isTold ? [] : [place]), ...untold(one, place)];
    });
  });
}

Deno.test("schemaText() tells something of every key", () => {
  for (const name of SCHEMA_NAMES) {
    const schema: Json = JSON.parse(schemaText(name));
    assert(JSON.stringify(schema).includes('"description"'));
    assertEquals(untold(schema, ""), [], name);
  }
});
