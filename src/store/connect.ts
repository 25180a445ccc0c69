/**
 * The one way to a SQLite file. In: a path. Out: a database whose objects live as long as the process.
 *
 * Node 24.21 ends the process when an object of a native addon is collected while no context is entered
 * (`RemoveEnvironmentCleanupHook`, "Assertion failed: (env) != nullptr"): one forgotten statement is enough. So
 * databases and statements are kept. A daemon has one database, and of its some 400 statements an idle one uses a
 * fifth: each is prepared when it is first used, which saves a start 30 ms and what keeps running 3 MB.
 */
import Database from "better-sqlite3";

const kept: object[] = [];

/** Opens a database file or `:memory:`; throws what better-sqlite3 throws. */
export function connect(path: string, options: Database.Options = {}): Database.Database {
  const db = new Database(path, options);
  kept.push(db);
  const { prepare } = db;
  const prepareKept = (source: string) => {
    const statement: Database.Statement<unknown[]> = prepare.call(db, source);
    kept.push(statement);
    return statement;
  };
  Object.defineProperty(db, "prepare", {
    configurable: true,
    writable: true,
    value: (source: string) => preparedLate(() => prepareKept(source)),
  });
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

/** Stands for a statement, which is prepared when one of its methods is first asked for. */
function preparedLate(prepare: () => Database.Statement<unknown[]>): object {
  let statement: Database.Statement<unknown[]> | null = null;
  return new Proxy(
    {},
    {
      get(_stand, name) {
        statement ??= prepare();
        const value: unknown = Reflect.get(statement, name);
        return typeof value === "function" ? value.bind(statement) : value;
      },
    },
  );
}
