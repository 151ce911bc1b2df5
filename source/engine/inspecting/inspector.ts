/** Follows the one socket that the screen's inspector shows. What is not inspected costs nothing. */
import {columnsFor, fields} from '../../fields/registry.js';
import type {World} from '../../fields/model/field.js';
import type {Owner} from '../../owners/owner.js';
import type {ProcessBackground} from '../../owners/process-background.js';
import type {Source} from '../../sources/source.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import {protocolNames, protocolTables} from '../../table/columns/protocols.js';
import type {Changes} from '../../table/socket-table.js';
import type {Inspected} from '../../contract/inspected.js';
import {
	readFarEnd,
	readHealth,
	readOwners,
	readValues,
	type Subject,
} from './facts.js';
import {remember} from './from-journal.js';
import {createHistories} from './histories.js';
import {createLife, type LifeRecord} from './life.js';

export type InspectorOptions = {
	readonly world: World;
	readonly source: Pick<Source, 'examine'>;
	/** The entries of the journal, as fields read them. */
	readonly journalWorld?: World | undefined;
	/** Where a process comes from; absent where sockets are not this machine's. */
	readonly background?: ((owner: Owner) => ProcessBackground | undefined) | undefined;
	/** Milliseconds since 1970 of a moment on the table's clock. */
	readonly wallTime: (moment: number) => number;
};

export type Inspector = {
	/** Inspects the socket with this id from now on, and no other; none without an id. To be called when no sample is under way: it reads the socket at once. */
	readonly follow: (id: number | undefined) => void;
	/** Takes in a sample that has ended: reads the socket again. To be called for each, so that gaps are as long as they were. */
	readonly add: (changes: Changes) => void;
	/** The optional columns that the samples must fill, where the socket cannot be read by itself. */
	readonly neededColumns: () => ReadonlySet<OptionalColumn>;
	/** What is known; undefined while nothing is inspected. */
	readonly read: () => Inspected | undefined;
	readonly close: () => void;
};

/** A socket that has, or had, a row. */
type Inspection = {
	readonly id: number;
	readonly subject: Subject;
	readonly life: LifeRecord;
	readonly columns: ReadonlySet<OptionalColumn>;
	/** What was known when the row was last there. */
	last: Inspected | undefined;
};

const noColumns: ReadonlySet<OptionalColumn> = new Set();

const unixProtocols: readonly string[] = protocolTables.unix;

/**
Where a socket cannot be read by itself (`ss` reads all or nothing, and of most families the kernel lists but all), the samples must fill what its fields need. Of
a UNIX socket they must but tell who waits at it, so that these are found and named.
*/
const columnsOf = (protocol: number, isExamined: boolean): ReadonlySet<OptionalColumn> => {
	const name = protocolNames[protocol];
	if (isExamined) {
		return unixProtocols.includes(name) ? new Set<OptionalColumn>(['pendingConnections']) : noColumns;
	}

	return columnsFor(fields.filter(({protocols}) => protocols?.includes(name) ?? true));
};

export const createInspector = ({world, source, journalWorld, background, wallTime}: InspectorOptions): Inspector => {
	const {table} = world;
	const histories = createHistories(world);
	let inspection: Inspection | undefined;
	/** What the journal alone remembers of a socket. */
	let remembered: Inspected | undefined;

	const isThere = ({id, subject: {slot}}: Inspection): boolean => table.core.id[slot] === id && table.isUsed(slot);

	const open = (id: number): Inspection | undefined => {
		const slot = table.core.id.subarray(0, table.used).indexOf(id);
		if (slot === -1 || !table.isUsed(slot)) {
			return undefined;
		}

		const examination = source.examine?.(slot);
		histories.hold(id, slot);
		return {
			id,
			subject: {world, slot, ...(examination && {examination})},
			life: createLife(table, slot, journalWorld, wallTime),
			columns: columnsOf(table.core.protocol[slot], examination !== undefined),
			last: undefined,
		};
	};

	const close = (): void => {
		inspection?.subject.examination?.close();
		inspection = undefined;
		remembered = undefined;
	};

	/** Reads the socket, and notes how it fares. */
	const look = ({id, subject}: Inspection): void => {
		subject.examination?.read(table.now);
		histories.note(id, subject);
	};

	const readNow = ({id, subject, life}: Inspection): Inspected => {
		const health = table.isClosed(subject.slot) ? undefined : readHealth(subject);
		const farEnd = readFarEnd(subject, background);
		return {
			id,
			values: readValues(subject),
			...(health !== undefined && {health}),
			life: life.read(),
			owners: readOwners(subject, background),
			...(farEnd !== undefined && {farEnd}),
			history: histories.read(id),
			isGone: false,
		};
	};

	return {
		follow(id) {
			if (id === (inspection ?? remembered)?.id) {
				return;
			}

			close();
			if (id === undefined) {
				return;
			}

			inspection = open(id);
			if (inspection === undefined) {
				remembered = {...remember(id, journalWorld), history: histories.read(id)};
			} else {
				look(inspection);
			}
		},
		add(changes) {
			histories.count();
			const id = (inspection ?? remembered)?.id;
			if (id === undefined) {
				return;
			}

			histories.noteOthers(id);
			if (inspection === undefined || !isThere(inspection)) {
				return;
			}

			inspection.life.add(changes);
			look(inspection);
		},
		neededColumns: () => inspection?.columns ?? noColumns,
		read() {
			if (inspection === undefined) {
				return remembered && {...remembered, life: {...remembered.life, now: wallTime(table.now)}};
			}

			if (isThere(inspection)) {
				inspection.last = readNow(inspection);
				return inspection.last;
			}

			const {last} = inspection;
			return last && {...last, life: {...last.life, now: wallTime(table.now)}, isGone: true};
		},
		close,
	};
};
