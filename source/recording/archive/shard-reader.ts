/** Reads a shard, which may be written at the same time, and may be removed while it is open. */
import fs from 'node:fs';
import path from 'node:path';
import {FrameError} from '../frames/bytes.js';
import type {FrameList} from '../frames/frame-list.js';
import type {Moment} from '../frames/moment.js';
import {shardMagic, shardVersion} from '../store/schema.js';
import {
	openDatabase,
	ResultCode,
	resultCodeOf,
	type Database,
	type SqlValue,
} from '../store/sqlite.js';

/** A file is not a shard or cannot be read. The message is a sentence. */
export class ShardError extends Error {
	override name = 'ShardError';
}

/** The shard is empty, because the recorder was killed before it wrote anything. */
export class EmptyShardError extends ShardError {
	override name = 'EmptyShardError';
}

type Row = Readonly<Record<string, SqlValue>>;

/** A row of the table `life`, with texts instead of their numbers. */
export type RecordedLife = Row;

export type ShardReader = FrameList & {
	readonly file: string;
	readonly facts: Readonly<Record<string, SqlValue>>;
	/** Lives that opened at `to` or before, and did not close before `from`. Times are milliseconds since 1970. */
	readonly lives: (from: number, to: number) => readonly RecordedLife[];
	/** When a life closed, in milliseconds since 1970; undefined if this shard does not have its close. */
	readonly closeOf: (run: SqlValue | undefined, socket: SqlValue | undefined) => number | undefined;
	/** Reads the frames written since the shard was opened, or since the last call. */
	readonly refresh: () => void;
	readonly close: () => void;
};

const numberIn = (row: Row | undefined, column: string): number => Number(row?.[column] ?? 0);

/** Opens a shard for reading. If a killed writer left a transaction, SQLite must first roll it back, for which it needs write access. */
const openToRead = (file: string): Database => {
	const database = openDatabase(file, {isReadOnly: true});
	try {
		database.prepare('PRAGMA schema_version').get();
		database.prepare('SELECT count(*) FROM sqlite_schema').get();
		return database;
	} catch (error) {
		database.close();
		const code = resultCodeOf(error);
		if (code !== ResultCode.readOnly && code !== ResultCode.cantOpen) {
			throw error;
		}
	}

	const repairing = openDatabase(file, {isReadOnly: false});
	try {
		repairing.prepare('SELECT count(*) FROM sqlite_schema').get();
	} finally {
		repairing.close();
	}

	return openDatabase(file, {isReadOnly: true});
};

/**
Opens a shard.

@throws ShardError if the file is not a shard, is damaged, or has a newer version.
*/
export const openShard = (file: string): ShardReader => {
	const name = path.basename(file);
	let database: Database | undefined;
	try {
		if (!fs.statSync(file).isFile()) {
			throw new ShardError(`${name} is not a regular file`);
		}

		database = openToRead(file);
		const found = numberIn(database.prepare('PRAGMA application_id').get(), 'application_id');
		const version = numberIn(database.prepare('PRAGMA user_version').get(), 'user_version');
		if (numberIn(database.prepare('SELECT count(*) AS count FROM sqlite_schema').get(), 'count') === 0) {
			throw new EmptyShardError(`${name} is empty`);
		}

		if (found !== shardMagic) {
			throw new ShardError(`${name} is not a recording of conntop`);
		}

		if (version > shardVersion) {
			throw new ShardError(`${name} was written by a newer conntop: it has version ${version}; this conntop reads up to version ${shardVersion}`);
		}

		return createReader(file, database);
	} catch (error) {
		database?.close();
		throw error instanceof ShardError ? error : new ShardError(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
	}
};

const momentOf = (row: Row): Moment => ({
	time: numberIn(row, 'time'),
	run: numberIn(row, 'run'),
	number: numberIn(row, 'number'),
	isKey: row.is_key === 1,
	...(row.elapsed !== null && {elapsed: numberIn(row, 'elapsed')}),
	sockets: numberIn(row, 'sockets'),
	opened: numberIn(row, 'opened'),
	closed: numberIn(row, 'closed'),
	resets: numberIn(row, 'resets'),
	problems: numberIn(row, 'problems'),
	dropped: numberIn(row, 'dropped'),
});

const textColumns = ['namespace', 'protocol', 'state', 'local', 'peer', 'process', 'user', 'cgroup', 'unit', 'container', 'reason'];

const otherColumns = [
	'run', 'socket', 'opened', 'closed', 'is_older', 'is_short', 'cookie', 'local_port', 'peer_port', 'pid', 'other_owners', 'uid', 'sent', 'received', 'rtt', 'retransmits',
];

const lifeQuery = `SELECT ${[...otherColumns, ...textColumns.map(column => `(SELECT string FROM text WHERE id = ${column}) AS ${column}`)].join(', ')}
	FROM life WHERE opened <= ? AND (closed IS NULL OR closed >= ?)`;

const createReader = (file: string, database: Database): ShardReader => {
	const facts: Record<string, SqlValue> = {};
	for (const row of database.prepare('SELECT key, value FROM meta').all()) {
		facts[String(row.key)] = row.value ?? null;
	}

	const moments: Moment[] = [];
	const ids: number[] = [];
	const selectMoments = database.prepare(`SELECT id, time, run, number, is_key, elapsed, sockets, opened, closed, resets, problems, dropped
		FROM frame WHERE id > ? ORDER BY id`);
	const selectBody = database.prepare('SELECT body FROM frame WHERE id = ?');
	const selectLives = database.prepare(lifeQuery);
	selectLives.setReadBigInts(true);
	const selectClose = database.prepare('SELECT closed FROM life WHERE run = ? AND socket = ? AND closed IS NOT NULL');

	const refresh = (): void => {
		for (const row of selectMoments.iterate(ids.at(-1) ?? 0)) {
			ids.push(numberIn(row, 'id'));
			moments.push(momentOf(row));
		}
	};

	refresh();
	return {
		file,
		facts,
		moments,
		read(index) {
			let body: SqlValue | undefined;
			try {
				body = selectBody.get(ids[index] ?? 0)?.body;
			} catch (error) {
				throw new FrameError(error instanceof Error ? error.message : String(error));
			}

			if (!(body instanceof Uint8Array)) {
				throw new FrameError('it does not exist');
			}

			return body;
		},
		lives: (from, to) => selectLives.all(Math.min(Math.floor(to), Number.MAX_SAFE_INTEGER), Math.max(Math.ceil(from), Number.MIN_SAFE_INTEGER)),
		closeOf(run = null, socket = null) {
			try {
				const closed = selectClose.get(run, socket)?.closed;
				return typeof closed === 'number' ? closed : undefined;
			} catch {
				// A damaged shard is reported when its lives are read.
				return undefined;
			}
		},
		refresh,
		close() {
			database.close();
		},
	};
};
