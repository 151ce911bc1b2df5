/** SQLite of Node.js, loaded on first use. */
import process from 'node:process';

type Sqlite = NonNullable<ReturnType<typeof process.getBuiltinModule<'node:sqlite'>>>;

export type Database = InstanceType<Sqlite['DatabaseSync']>;
export type Statement = ReturnType<Database['prepare']>;
/** NULL is `null`, as in `node:sqlite`. */
// eslint-disable-next-line @typescript-eslint/no-restricted-types -- Required by node:sqlite.
export type SqlValue = null | number | bigint | string | Uint8Array;

/** Loads SQLite without the warning of Node.js 22 that it is experimental, which is of no use to users. */
const load = (): Sqlite => {
	const {emitWarning} = process;
	const filtered: typeof process.emitWarning = (warning: string | Error, ...rest: readonly unknown[]) => {
		if (!String(warning).includes('SQLite')) {
			Reflect.apply(emitWarning, process, [warning, ...rest]);
		}
	};

	process.emitWarning = filtered;
	try {
		return process.getBuiltinModule('node:sqlite');
	} finally {
		process.emitWarning = emitWarning;
	}
};

let loaded: Sqlite | undefined;

/** Milliseconds that a reader and the writer wait for each other. A transaction takes a few. */
const busyTimeout = 10_000;

/**
Opens a database.

@throws Error of SQLite, with an `errcode`.
*/
export const openDatabase = (file: string, {isReadOnly}: {readonly isReadOnly: boolean}): Database => {
	loaded ??= load();
	return new loaded.DatabaseSync(file, {readOnly: isReadOnly, timeout: busyTimeout, enableForeignKeyConstraints: false});
};

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
export const ResultCode = {
	busy: 5, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cantOpen: 14, notADatabase: 26,
} as const;

/** The primary result code of an error of SQLite; undefined for any other error. */
export const resultCodeOf = (error: unknown): number | undefined =>
	error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xFF : undefined;

/** Runs a function in a transaction, which is rolled back if the function throws. */
export const inTransaction = <Result>(database: Database, body: () => Result): Result => {
	database.exec('BEGIN IMMEDIATE');
	try {
		const result = body();
		database.exec('COMMIT');
		return result;
	} catch (error) {
		try {
			database.exec('ROLLBACK');
		} catch {
			// If the disk is full, SQLite has already rolled it back.
		}

		throw error;
	}
};
