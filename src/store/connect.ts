/**
 * The one way to a SQLite file. In: a path. Out: a database whose objects live as long as the process.
 *
 * Node 24.21 ends the process when an object of a native addon is collected while no context is entered
 * (`RemoveEnvironmentCleanupHook`, "Assertion failed: (env) != nullptr"): one forgotten statement is enough. So
 * databases and statements are kept. A daemon has one database and some hundred statements, a command fewer.
 */
import Database from "better-sqlite3";

const kept: object[] = [];

/** Opens a database file or `:memory:`; throws what better-sqlite3 throws. */
export function connect(path: string, options: Database.Options): Database.Database {
  const db = new Database(path, options);
  kept.push(db);
  const { prepare } = db;
  const prepareKept = (source: string) => {
    const statement: Database.Statement<unknown[]> = prepare.call(db, source);
    kept.push(statement);
    return statement;
  };
  Object.defineProperty(db, "prepare", { value: prepareKept, configurable: true, writable: true });
  Object.defineProperty(db, "pragma", {
    configurable: true,
    writable: true,
    value: (source: string, { simple = false }: Database.PragmaOptions = {}) => {
      const statement = prepareKept(`PRAGMA ${source}`);
      if (!statement.reader) return statement.run();
      return simple ? statement.pluck().get() : statement.all();
    },
  });
  return db;
}
