/** Writes one shard: an SQLite file with frames and lives. */
import fs from 'node:fs';
import type {Frame} from '../frames/encode.js';
import type {SampleCounts} from '../frames/moment.js';
import type {LifeRow} from './lives.js';
import {schema, shardMagic, shardVersion} from './schema.js';
import {
	inTransaction,
	openDatabase,
	type Database,
	type SqlValue,
	type Statement,
} from './sqlite.js';

/** Facts about a recording, such as the host name. */
export type ShardFacts = Readonly<Record<string, string | number>>;

/** What one sample adds to a shard. */
export type ShardSample = {
	readonly frame: Frame;
	/** Milliseconds since the previous sample. */
	readonly elapsed: number | undefined;
	readonly counts: SampleCounts;
	readonly lives: readonly LifeRow[];
};

export type ShardWriter = {
	readonly file: string;
	/** Time of the first sample, in milliseconds since 1970. */
	readonly begins: number;
	/**
	Adds a sample in one transaction.

	@throws Error of SQLite: `ResultCode.full` if the disk or the shard is full.
	*/
	readonly add: (sample: ShardSample) => void;
	/** Bytes of the file and of SQLite's journal. */
	readonly bytes: () => number;
	readonly close: () => void;
};

/** Maximum number of texts whose numbers are cached. */
const maxTexts = 50_000;

const journalOf = (file: string): string => `${file}-journal`;

/** Bytes of a shard with its journal; 0 if it does not exist. */
export const shardBytes = (file: string): number =>
	[file, journalOf(file)].reduce((sum, each) => sum + (fs.statSync(each, {throwIfNoEntry: false})?.size ?? 0), 0);

/** Removes a shard with its journal. */
export const removeShard = (file: string): void => {
	fs.rmSync(file, {force: true});
	fs.rmSync(journalOf(file), {force: true});
};

/**
Creates a shard.

@param file Path of the new file, which must not exist.
@param begins Time of the first sample, in milliseconds since 1970.
@param maxBytes Maximum size in bytes.
@param facts Rows of the table `meta`.
*/
export const createShard = (file: string, begins: number, maxBytes: number, facts: ShardFacts): ShardWriter => {
	// SQLite would create it with the permissions of the umask, which may let others read it.
	fs.closeSync(fs.openSync(file, 'wx', 0o600));
	const database = openDatabase(file, {isReadOnly: false});
	try {
		prepare(database, maxBytes, facts);
	} catch (error) {
		database.close();
		removeShard(file);
		throw error;
	}

	const add = createAdd(database);
	return {
		file,
		begins,
		add(sample) {
			add(sample);
		},
		bytes: () => shardBytes(file),
		close() {
			database.close();
			fs.rmSync(journalOf(file), {force: true});
		},
	};
};

/** Writes the schema. Uses a rollback journal, because SQLite before 3.51.3 may damage a file with a write-ahead log that two programs have open. */
const prepare = (database: Database, maxBytes: number, facts: ShardFacts): void => {
	database.exec('PRAGMA page_size = 4096; PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -4000;');
	database.exec(`PRAGMA max_page_count = ${Math.max(32, Math.floor(maxBytes / 4096))}`);
	inTransaction(database, () => {
		database.exec(`PRAGMA application_id = ${shardMagic}; PRAGMA user_version = ${shardVersion};`);
		database.exec(schema);
		const insert = database.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
		for (const [key, value] of Object.entries(facts)) {
			insert.run(key, value);
		}
	});
};

const createAdd = (database: Database): ((sample: ShardSample) => void) => {
	const numberOf = createTextNumbers(database);
	const insertFrame = database.prepare(`INSERT INTO frame (time, run, number, is_key, elapsed, sockets, opened, closed, resets, problems, dropped, body)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
	const insertLife = database.prepare(`INSERT OR REPLACE INTO life (run, socket, opened, closed, is_older, is_short, cookie, namespace, protocol, state, local, local_port,
		peer, peer_port, process, pid, other_owners, user, uid, cgroup, unit, container, sent, received, rtt, retransmits, reason)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);

	const addLife = (run: number, life: LifeRow): void => {
		insertLife.run(...[
			run,
			life.socket,
			Math.round(life.opened),
			life.closed === undefined ? undefined : Math.round(life.closed),
			Number(life.isOlder),
			Number(life.isShort),
			life.cookie,
			numberOf(life.namespace),
			numberOf(life.protocol),
			numberOf(life.state),
			numberOf(life.local),
			life.localPort,
			numberOf(life.peer),
			life.peerPort,
			numberOf(life.process),
			life.pid,
			life.otherOwners,
			numberOf(life.user),
			life.uid,
			numberOf(life.cgroup),
			numberOf(life.unit),
			numberOf(life.container),
			life.sent,
			life.received,
			life.rtt,
			life.retransmits,
			numberOf(life.reason),
		].map(value => value ?? null));
	};

	return ({frame, elapsed, counts, lives}) => {
		try {
			inTransaction(database, () => {
				insertFrame.run(
					Math.round(frame.wall), frame.session, frame.number, Number(frame.kind === 'key'), elapsed === undefined ? null : Math.round(elapsed), counts.sockets, counts.opened, counts.closed, counts.resets, counts.problems, counts.dropped, frame.bytes,
				);
				for (const life of lives) {
					addLife(frame.session, life);
				}
			});
		} catch (error) {
			numberOf.forget();
			throw error;
		}
	};
};

/** Creates the cache of numbers in the table `text`. After a failed transaction, call `forget`: its texts are not in the table. */
const createTextNumbers = (database: Database) => {
	const numbers = new Map<string, number>();
	let select: Statement | undefined;
	let insert: Statement | undefined;

	const find = (text: string): number => {
		select ??= database.prepare('SELECT id FROM text WHERE string = ?');
		insert ??= database.prepare('INSERT INTO text (string) VALUES (?)');
		const id: SqlValue | undefined = select.get(text)?.id;
		return typeof id === 'number' ? id : Number(insert.run(text).lastInsertRowid);
	};

	const numberOf = (text: string | undefined) => {
		if (text === undefined) {
			return null;
		}

		const known = numbers.get(text);
		if (known !== undefined) {
			return known;
		}

		if (numbers.size >= maxTexts) {
			numbers.clear();
		}

		const number = find(text);
		numbers.set(text, number);
		return number;
	};

	return Object.assign(numberOf, {
		forget(): void {
			numbers.clear();
		},
	});
};
