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

/** What is known of a recording from its beginning. */
export type ShardFacts = Readonly<Record<string, string | number>>;

/** What one sample adds. */
export type ShardSample = {
	readonly frame: Frame;
	/** Milliseconds since the sample before. */
	readonly elapsed: number | undefined;
	readonly counts: SampleCounts;
	readonly lives: readonly LifeRow[];
};

export type ShardWriter = {
	readonly file: string;
	/** Milliseconds since 1970 of its first sample. */
	readonly begins: number;
	/**
	Adds a sample, or nothing of it.

	@throws Error of SQLite: `ResultCode.full` where the disk is full, or the shard has as many bytes as it may.
	*/
	readonly add: (sample: ShardSample) => void;
	/** Bytes of the file, and of the journal that SQLite keeps beside it. */
	readonly bytes: () => number;
	readonly close: () => void;
};

/** Texts whose numbers are kept in memory. */
const mostTexts = 50_000;

const journalOf = (file: string): string => `${file}-journal`;

/** Bytes of a shard with its journal; 0 for one that is gone. */
export const shardBytes = (file: string): number =>
	[file, journalOf(file)].reduce((sum, each) => sum + (fs.statSync(each, {throwIfNoEntry: false})?.size ?? 0), 0);

/** Removes a shard with its journal. */
export const removeShard = (file: string): void => {
	fs.rmSync(file, {force: true});
	fs.rmSync(journalOf(file), {force: true});
};

/**
Makes a shard.

@param file Its path, at which there is nothing yet.
@param begins Milliseconds since 1970 of its first sample.
@param mostBytes What it may have.
@param facts What the table `meta` has.
*/
export const createShard = (file: string, begins: number, mostBytes: number, facts: ShardFacts): ShardWriter => {
	// SQLite would make it readable for others, by the umask.
	fs.closeSync(fs.openSync(file, 'wx', 0o600));
	const database = openDatabase(file, {isReadOnly: false});
	try {
		prepare(database, mostBytes, facts);
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

/** A rollback journal, because SQLite before 3.51.3 may damage a file with a write-ahead log that two programs have open. */
const prepare = (database: Database, mostBytes: number, facts: ShardFacts): void => {
	database.exec('PRAGMA page_size = 4096; PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -4000;');
	database.exec(`PRAGMA max_page_count = ${Math.max(32, Math.floor(mostBytes / 4096))}`);
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

/** The numbers of texts in the table `text`. What a transaction that failed has added is not there. */
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

		if (numbers.size >= mostTexts) {
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
