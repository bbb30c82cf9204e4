import { CaseError, type HarnessType, type RawCase } from "@runner/toolkit";
import { DatabaseSync } from "node:sqlite";

export const sqlQuery: HarnessType = {
  name: "sql.query",
  keys: ["setup", "query"],
  harnessKeys: ["spec_lang"],
  targets: {
    rows: ["contain", "json_type", "evaluate"],
    plan: ["contain", "regex"],
  },
  capabilities: ["sql.sqlite"],
  compile(raw) {
    const setup = text(raw, "setup", "");
    const query = text(raw, "query");
    return {
      exclusive: false,
      run(_context, judge) {
        const database = new DatabaseSync(":memory:");
        const ask = (sql: string) =>
          attempt(raw, "query", () => database.prepare(sql).all());
        try {
          attempt(raw, "setup", () => database.exec(setup));
          judge((target) => {
            const isPlan = target === "plan";
            return JSON.stringify(
              ask(isPlan ? `EXPLAIN QUERY PLAN ${query}` : query),
            );
          });
        } finally {
          database.close();
        }
        return Promise.resolve();
      },
    };
  },
};

function text(raw: RawCase, key: string, otherwise?: string): string {
  const value = Object.hasOwn(raw.body, key) ? raw.body[key] : otherwise;
  if (typeof value === "string") return value;
  const found = value === undefined ? "nothing" : JSON.stringify(value);
  throw new CaseError("schema", `${key} must be text, found ${found}`, {
    location: raw.source.locate([key]),
  });
}

function attempt<T>(raw: RawCase, key: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `the database refuses ${key}: ${reason}`;
    const location = raw.source.locate([key]);
    throw new CaseError("runtime", message, { location, cause });
  }
}
