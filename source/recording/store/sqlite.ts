/** SQLite of Node.js, loaded when a recording is written or read and not before. */
import process from 'node:process';

type Sqlite = NonNullable<ReturnType<typeof process.getBuiltinModule<'node:sqlite'>>>;

export type Database = InstanceType<Sqlite['DatabaseSync']>;
export type Statement = ReturnType<Database['prepare']>;
export type SqlValue = undefined | number | bigint | string | Uint8Array;

/** Node.js 22 says on standard error that SQLite is experimental, once, when it is loaded. Nobody who reads that can do anything about it. */
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
const patience = 10_000;

/**
Opens a database.

@throws Error of SQLite, whose `errcode` tells what is wrong.
*/
export const openDatabase = (file: string, {isReadOnly}: {readonly isReadOnly: boolean}): Database => {
	loaded ??= load();
	return new loaded.DatabaseSync(file, {readOnly: isReadOnly, timeout: patience, enableForeignKeyConstraints: false});
};

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
export const ResultCode = {
	busy: 5, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cantOpen: 14, notADatabase: 26,
} as const;

/** The primary result code of an error of SQLite; undefined for any other error. */
export const resultCodeOf = (error: unknown): number | undefined =>
	error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xFF : undefined;

/** Does something in a transaction; what it throws undoes all of it. */
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
			// A full disk has undone it already.
		}

		throw error;
	}
};
