/** Follows the one socket that the screen's inspector shows. Sockets that are not inspected cost nothing. */
import {columnsFor, fields} from '../../fields/registry.js';
import type {FieldContext} from '../../fields/model/field.js';
import type {Owner} from '../../owners/owner.js';
import type {ProcessBackground} from '../../owners/process-background.js';
import type {Source} from '../../sources/source.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import {protocolNames, protocolTables} from '../../table/columns/protocols.js';
import type {Changes} from '../../table/changes.js';
import type {Inspected} from '../../contract/inspected.js';
import {
	readOtherEnd,
	readHealth,
	readOwners,
	readValues,
	type Subject,
} from './facts.js';
import {readFromJournal} from './from-journal.js';
import {createHistories} from './histories.js';
import {createLife, type LifeRecord} from './life.js';

export type InspectorOptions = {
	readonly context: FieldContext;
	readonly source: Pick<Source, 'examine'>;
	/** The field context of the entries of the journal. */
	readonly journalContext?: FieldContext | undefined;
	/** The background of a process; absent if the sockets are not on this machine. */
	readonly background?: ((owner: Owner) => ProcessBackground | undefined) | undefined;
	/** Converts a moment of the table's clock to milliseconds since 1970. */
	readonly wallTime: (moment: number) => number;
};

export type Inspector = {
	/** Inspects the socket with this id from now on, instead of any other; none if undefined. Call it between samples: it reads the socket at once. */
	readonly follow: (id: number | undefined) => void;
	/** Adds a completed sample, and reads the socket again. Call it for every sample, so that gaps in the history have the right length. */
	readonly add: (changes: Changes) => void;
	/** The optional columns that samples must fill because the socket cannot be read on its own. */
	readonly neededColumns: () => ReadonlySet<OptionalColumn>;
	/** Everything that is known; undefined if no socket is inspected. */
	readonly read: () => Inspected | undefined;
	readonly close: () => void;
};

/** A socket that has, or had, a row. */
type Inspection = {
	readonly id: number;
	readonly subject: Subject;
	readonly life: LifeRecord;
	readonly columns: ReadonlySet<OptionalColumn>;
	/** What was known when the row last existed. */
	last: Inspected | undefined;
};

const noColumns: ReadonlySet<OptionalColumn> = new Set();

const unixProtocols: readonly string[] = protocolTables.unix;

/**
If a socket cannot be read on its own (`ss` reads all or nothing, and the kernel lists most families only as a whole), samples must fill the columns of its
fields. For a UNIX socket that can be read on its own, they only need the connections that wait for accept, so that these can be found and named.
*/
const columnsOf = (protocol: number, isExamined: boolean): ReadonlySet<OptionalColumn> => {
	const name = protocolNames[protocol];
	if (isExamined) {
		return unixProtocols.includes(name) ? new Set<OptionalColumn>(['pendingConnections']) : noColumns;
	}

	return columnsFor(fields.filter(({protocols}) => protocols?.includes(name) ?? true));
};

export const createInspector = ({context, source, journalContext, background, wallTime}: InspectorOptions): Inspector => {
	const {table} = context;
	const histories = createHistories(context);
	let inspection: Inspection | undefined;
	/** A socket that only the journal has. */
	let remembered: Inspected | undefined;

	const hasRow = ({id, subject: {slot}}: Inspection): boolean => table.core.id[slot] === id && table.isUsed(slot);

	const open = (id: number): Inspection | undefined => {
		const slot = table.core.id.subarray(0, table.used).indexOf(id);
		if (slot === -1 || !table.isUsed(slot)) {
			return undefined;
		}

		const examination = source.examine?.(slot);
		histories.keep(id, slot);
		return {
			id,
			subject: {context, slot, ...(examination && {examination})},
			life: createLife(table, slot, journalContext, wallTime),
			columns: columnsOf(table.core.protocol[slot], examination !== undefined),
			last: undefined,
		};
	};

	const close = (): void => {
		inspection?.subject.examination?.close();
		inspection = undefined;
		remembered = undefined;
	};

	/** Reads the socket, and records its history. */
	const readSocket = ({id, subject}: Inspection): void => {
		subject.examination?.read(table.now);
		histories.note(id, subject);
	};

	const readNow = ({id, subject, life}: Inspection): Inspected => {
		const health = table.isClosed(subject.slot) ? undefined : readHealth(subject);
		const otherEnd = readOtherEnd(subject, background);
		return {
			id,
			values: readValues(subject),
			...(health !== undefined && {health}),
			life: life.read(),
			owners: readOwners(subject, background),
			...(otherEnd !== undefined && {otherEnd}),
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
				remembered = {...readFromJournal(id, journalContext), history: histories.read(id)};
			} else {
				readSocket(inspection);
			}
		},
		add(changes) {
			histories.count();
			const id = (inspection ?? remembered)?.id;
			if (id === undefined) {
				return;
			}

			histories.noteOthers(id);
			if (inspection === undefined || !hasRow(inspection)) {
				return;
			}

			inspection.life.add(changes);
			readSocket(inspection);
		},
		neededColumns: () => inspection?.columns ?? noColumns,
		read() {
			if (inspection === undefined) {
				return remembered && {...remembered, life: {...remembered.life, now: wallTime(table.now)}};
			}

			if (hasRow(inspection)) {
				inspection.last = readNow(inspection);
				return inspection.last;
			}

			const {last} = inspection;
			return last && {...last, life: {...last.life, now: wallTime(table.now)}, isGone: true};
		},
		close,
	};
};
