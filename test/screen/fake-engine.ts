/** An engine for tests of the screen: it holds made-up sockets and answers queries at once or when told to. */
import type {Tone} from '../../source/fields/model/field.js';
import type {Inspected} from '../../source/contract/inspected.js';
import type {
	FromEngine,
	GroupHead,
	Marks,
	SelectedEndpoints,
	Status,
	Summary,
	ToEngine,
	View,
} from '../../source/contract/messages.js';
import type {OtherEnd} from '../../source/query/window/other-end.js';
import type {CursorRequest, FilterProblem, Query} from '../../source/query/query.js';
import type {EngineLink} from '../../source/contract/engine-link.js';
import {stateByName} from '../../source/table/columns/states.js';
import {netlinkFacts} from '../helpers/source-facts.js';
import {makeInspected} from './fake-inspected.js';

export type FakeSocket = {
	readonly id: number;
	/** By field id. */
	readonly values: Readonly<Record<string, string | number | undefined>>;
	readonly tones?: Readonly<Record<string, Tone>>;
	readonly marks?: Partial<Marks>;
	/** For the head of a group, and for its members. */
	readonly group?: GroupHead;
	readonly groups?: readonly number[];
	/** For an entry of the journal: the id of its socket, while that has a row. */
	readonly socket?: number;
	/** For an entry of the journal: the id that its socket has or had. */
	readonly about?: number;
	/** Id of the socket at the other end. */
	readonly otherEnd?: number;
	/** Additional data for the inspector. */
	readonly inspected?: Parameters<typeof makeInspected>[1];
};

type FieldContext = {
	readonly sockets: readonly FakeSocket[];
	/** For an entry of the journal. */
	readonly entries: readonly FakeSocket[];
	readonly summary: Partial<Summary>;
	readonly status: Partial<Status>;
};

export type FakeEngine = {
	readonly link: EngineLink;
	/** All that the screen has sent. */
	readonly sent: readonly ToEngine[];
	/** The last query. */
	readonly query: () => Query;
	/** Takes another sample: what is given changes, and the screen gets a view. */
	readonly sample: (change?: Partial<FieldContext>) => void;
	/** Answers the last query, or one with an earlier number. Needed only if the engine is manual. */
	readonly answer: (sequence?: number) => void;
	readonly fail: (message: string) => void;
	/** Sends a message that is no answer to a query. */
	readonly post: (message: FromEngine) => void;
	/** Whether the screen still listens. */
	readonly isHeard: () => boolean;
};

const unmarked: Marks = {
	fresh: false, established: false, closed: false, found: false, waiting: false,
};

/** A socket of made-up sorts. */
export const makeSocket = (id: number, values: FakeSocket['values'] = {}, marks: Partial<Marks> = {}): FakeSocket => ({
	id,
	values: {
		protocol: 'tcp',
		state: 'ESTAB',
		recvQ: 0,
		sendQ: 0,
		local: '10.0.0.1:443',
		peer: `192.0.2.${id % 256}:${40_000 + id}`,
		rxRate: 0,
		txRate: 0,
		rtt: 10,
		age: id * 1000,
		process: `nginx/${id}`,
		...values,
	},
	marks,
});

/** So many sockets, with numbers from 1. */
export const makeSockets = (count: number): FakeSocket[] => Array.from({length: count}, (_, index) => makeSocket(index + 1));

/** The moment that a mark with this number stands for, in milliseconds since 1970. */
export const markedAt = (number: number): number => 1_700_000_000_000 + (number * 1000);

const textOf = ({values}: FakeSocket): string => Object.values(values).join(' ').toLowerCase();

const wordsOf = (text: string): readonly string[] => text.toLowerCase().split(/\s+/v).filter(word => word !== '');

const isFound = (socket: FakeSocket, search: string): boolean => {
	const words = wordsOf(search);
	return words.length > 0 && words.every(word => textOf(socket).includes(word));
};

/** The word `wrong` is no filter. */
export const problemIn = (filter: string): FilterProblem | undefined => {
	const start = filter.indexOf('wrong');
	return start === -1 ? undefined : {message: 'this word is wrong', start, end: start + 5};
};

const isShown = (socket: FakeSocket, {port, classes, filter, mark}: Query, goodFilter: string): boolean => {
	const {values} = socket;
	const ports = [values.local, values.peer].map(endpoint => String(endpoint).split(':').at(-1) ?? '');
	return (mark?.shown !== 'new' || values.sinceMark === 'opened')
		&& (mark?.shown !== 'difference' || values.sinceMark !== undefined)
		&& (port === undefined || ports.some(each => port.exact ? each === port.digits : each.startsWith(port.digits)))
		&& values.protocol !== undefined && new Set<unknown>(classes.protocols).has(values.protocol)
		&& (classes.states.length === 0 || classes.states.includes(stateByName(String(values.state)) ?? -1))
		&& wordsOf(problemIn(filter) === undefined ? filter : goodFilter).every(word => textOf(socket).includes(word));
};

const compare = (a: FakeSocket, b: FakeSocket, {field, descending}: Query['sort']): number => {
	const [first, second] = [a, b].map(({values}) => typeof values[field] === 'number' ? values[field] : String(values[field]));
	const order = first < second ? -1 : (first > second ? 1 : 0);
	return order === 0 ? a.id - b.id : (descending ? -order : order);
};

/** Place of the cursor in the list, or -1. */
const placeOf = (list: readonly FakeSocket[], cursor: CursorRequest, search: string): number => {
	const find = (id: number | undefined): number => list.findIndex(socket => socket.id === id);
	switch (cursor.kind) {
		case 'none': {
			return -1;
		}

		case 'first': {
			return list.length === 0 ? -1 : 0;
		}

		case 'last': {
			return list.length - 1;
		}

		case 'row': {
			const place = find(cursor.id);
			return place === -1 ? -1 : Math.max(0, Math.min(list.length - 1, place + cursor.by));
		}

		case 'match': {
			const start = Math.max(0, find(cursor.id));
			const step = cursor.direction === -1 ? -1 : 1;
			for (let count = cursor.direction === 0 ? 0 : 1; count <= list.length; count++) {
				const place = (start + (count * step) + list.length * 2) % list.length;
				if (list.length > 0 && isFound(list[place], search)) {
					return place;
				}
			}

			return find(cursor.id);
		}
	}
};

/** Where the other end of a socket is, in the form of an answer. */
const otherEndOf = (socket: FakeSocket, list: readonly FakeSocket[], all: readonly FakeSocket[]): OtherEnd | undefined => {
	if (socket.otherEnd === undefined || socket.otherEnd === socket.id) {
		return socket.otherEnd === undefined ? undefined : {place: 'itself'};
	}

	const isEnd = ({id}: FakeSocket): boolean => id === socket.otherEnd;
	return list.some(other => isEnd(other)) ? {place: 'shown', id: socket.otherEnd} : {place: all.some(other => isEnd(other)) ? 'hidden' : 'closed'};
};

const endpointsOf = ({values: {protocol, local, peer}}: FakeSocket): SelectedEndpoints => ({
	protocol: String(protocol), local: String(local), peer: String(peer), ...(protocol === 'tcp' && {filter: `tcp and src ${local} and dst ${peer}`}),
});

/** Makes an engine. With `isManual` it answers only when told to. */
export const createFakeEngine = (sockets: readonly FakeSocket[], {isManual = false}: {readonly isManual?: boolean} = {}): FakeEngine => {
	const sent: ToEngine[] = [];
	const listeners = new Set<(message: FromEngine) => void>();
	let context: FieldContext = {
		sockets, entries: [], summary: {}, status: {},
	};
	let samples = 1;
	let last: {readonly sequence: number; readonly query: Query} | undefined;
	let goodFilter = '';

	const post = (message: FromEngine): void => {
		for (const listener of listeners) {
			listener(structuredClone(message));
		}
	};

	const view = (sequence: number, query: Query): View => {
		const problem = problemIn(query.filter);
		goodFilter = problem === undefined ? query.filter : goodFilter;
		const list = (query.journal === undefined ? context.sockets : context.entries).filter(socket => isShown(socket, query, goodFilter)).toSorted((a, b) => compare(a, b, query.sort));
		const {height, cursor} = query.window;
		const place = placeOf(list, cursor, query.search);
		const otherEnd = place === -1 ? undefined : otherEndOf(list[place], list, context.sockets);
		const offset = Math.max(0, Math.min(list.length - height, cursor.kind === 'row' ? cursor.top ?? place - Math.floor(height / 2) : place - Math.floor(height / 2)));
		const living = context.sockets.filter(({marks}) => marks?.closed !== true);
		const states = new Map<string, number>();
		for (const {values: {protocol, state}} of living) {
			if (protocol === 'tcp') {
				states.set(String(state), (states.get(String(state)) ?? 0) + 1);
			}
		}

		return {
			sequence,
			rows: list.slice(offset, offset + height).map(socket => ({
				id: socket.id,
				...(socket.about !== undefined && {about: socket.about}),
				...(socket.group && {group: socket.group}),
				...(socket.groups && {groups: socket.groups}),
				values: query.columns.map(id => socket.group && typeof socket.values[id] !== 'number' ? undefined : socket.values[id]),
				tones: query.columns.map(id => socket.tones?.[id]),
				marks: {...unmarked, ...socket.marks, found: isFound(socket, query.search)},
			})),
			offset,
			length: list.length,
			matching: list.length,
			known: context.sockets.length,
			// As if 40 of them were the servers' ends.
			...(query.connections && {knownRows: Math.max(1, context.sockets.length - 40)}),
			...(place !== -1 && {
				selected: {
					id: list[place].id, index: place, ...(otherEnd && {otherEnd}), endpoints: endpointsOf(list[place]),
				},
			}),
			...(query.tagged && {tagged: query.tagged.filter(id => context.sockets.some(socket => socket.id === id))}),
			...(query.journal && {journal: true as const, ...(place !== -1 && list[place].socket !== undefined && {about: list[place].socket, socket: list[place].socket})}),
			...(query.recent && {
				recent: context.entries.slice(0, Math.max(0, query.window.height - list.length - 2)).map(entry => ({
					id: entry.id, values: query.recent?.map(id => entry.values[id]) ?? [], tones: [], marks: {...unmarked, ...entry.marks},
				})),
			}),
			...(query.search !== '' && {found: list.filter(socket => isFound(socket, query.search)).length}),
			...(problem !== undefined && {filterProblem: problem}),
			...(query.mark && {markedAt: markedAt(query.mark.number)}),
			...(query.inspect !== undefined && {inspected: inspect(query.inspect)}),
			summary: {
				protocols: {tcp: living.filter(({values}) => values.protocol === 'tcp').length, udp: living.filter(({values}) => values.protocol === 'udp').length},
				states: [...states].map(([state, count]) => ({state, count})),
				openedPerSecond: 0,
				closedPerSecond: 0,
				history: {
					receiveRate: [], sendRate: [], opened: [], closed: [],
				},
				...context.summary,
			},
			status: {
				source: netlinkFacts, samples, intervalAsked: 1000, interval: 1000, sampleTime: 1, paused: false, hiddenOwners: 0, problems: [], ...context.status,
			},
		};
	};

	/** There is no data about a socket that no longer exists. */
	const inspect = (id: number): Inspected => {
		const socket = context.sockets.find(each => each.id === id);
		if (socket === undefined) {
			return makeInspected(id, {isGone: true, values: [], owners: []});
		}

		const otherEnd = socket.otherEnd === undefined
			? undefined
			: {
				id: socket.otherEnd, isItself: socket.otherEnd === id, state: 'ESTAB', owners: [],
			};
		return makeInspected(id, {...(otherEnd && {otherEnd}), ...socket.inspected});
	};

	const answer = (sequence = last?.sequence): void => {
		if (last !== undefined && sequence !== undefined) {
			post({type: 'view', view: view(sequence, last.query)});
		}
	};

	return {
		link: {
			send(message) {
				sent.push(message);
				if (message.type !== 'query') {
					return;
				}

				last = structuredClone(message);
				if (!isManual) {
					setImmediate(answer);
				}
			},
			subscribe(listener) {
				listeners.add(listener);
				return () => {
					listeners.delete(listener);
				};
			},
		},
		sent,
		query() {
			if (last === undefined) {
				throw new Error('The screen has not asked yet.');
			}

			return last.query;
		},
		sample(change = {}) {
			context = {...context, ...change};
			samples++;
			answer();
		},
		answer,
		post,
		fail(message) {
			post({type: 'failed', message});
		},
		isHeard: () => listeners.size > 0,
	};
};
