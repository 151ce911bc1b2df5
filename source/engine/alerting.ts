/** Finds new sockets that match the armed alert, after each sample and independent of the shown list. */
import {maxAlerted, type Alerted, type AlertRequest} from '../contract/alert.js';
import {formatValue} from '../fields/model/format.js';
import {readCell} from '../fields/model/cell.js';
import type {FieldContext} from '../fields/model/field.js';
import {findField} from '../fields/registry.js';
import type {Lookups} from '../names/lookups.js';
import {createFilterReader} from '../query/match/current-filter.js';
import {compileQuery} from '../query/match/matcher.js';
import {filterLiving, filterSlots} from '../query/match/selection-filter.js';
import {columnsWith} from '../query/window/needed-columns.js';
import {withDefault, withNamedProtocols} from '../query/match/wanted-protocols.js';
import type {Needs} from '../sampling/loop.js';
import {CloseEvidence} from '../table/close-reasons.js';
import {Life} from '../table/columns/columns.js';
import {Protocol} from '../table/columns/protocols.js';
import {State} from '../table/columns/states.js';
import type {Changes} from '../table/changes.js';
import {readSelected} from './selected.js';

export type Alerting = {
	/** Arms the alert; sockets that already match are not reported. Undefined disarms it. */
	readonly arm: (request: AlertRequest | undefined) => void;
	/** What a sample must read for the alert. */
	readonly needs: () => Needs;
	/** Checks the table after a sample. Returns the new matches; undefined if there are none. */
	readonly take: (changes: Pick<Changes, 'shortLived'>) => Alerted | undefined;
};

type Armed = {
	readonly request: AlertRequest;
	/** By slot: the id of the last socket that matched. */
	known: Uint32Array;
	/** Whether the sockets that matched when the alert was armed have been recorded. */
	isSettled: boolean;
};

/** @param lookups Resolves names in filters. */
export const createAlerting = (context: FieldContext, lookups: Lookups): Alerting => {
	const {table} = context;
	let armed: Armed | undefined;
	let readFilter = createFilterReader(lookups);
	let buffer = new Uint32Array(0);

	const needsOf = ({classes, filter: text, port}: AlertRequest): Needs => {
		const {filter} = readFilter(text, classes.protocols);
		return {
			columns: columnsWith({
				filter: text, ...(port && {port}), search: '', classes, sort: {field: 'state', descending: false}, columns: [], window: {height: 0, cursor: {kind: 'none'}, frozen: false},
			}, filter),
			protocols: withDefault(withNamedProtocols(classes, filter).protocols),
		};
	};

	const compile = ({filter, ...request}: AlertRequest) => compileQuery(request, readFilter(filter, request.classes.protocols).filter)(context);

	/** Slots of sockets that match for the first time. */
	const newSlots = (armedNow: Armed, slots: Uint32Array): number[] => {
		const {core: {id, life, openedAt}, now} = table;
		const {known} = armedNow;
		const found: number[] = [];
		for (const slot of slots) {
			const isKnown = known[slot] === id[slot];
			known[slot] = id[slot];
			// Lingering closed rows are not new, nor are sockets from the first complete sample of a table.
			const isOld = isKnown || (life[slot] & (Life.closed | Life.shortLived)) === Life.closed || ((life[slot] & Life.initial) !== 0 && openedAt[slot] === now);
			if (!isOld) {
				found.push(slot);
			}
		}

		return found;
	};

	const matching = (request: AlertRequest): Uint32Array => {
		if (buffer.length < table.used) {
			buffer = new Uint32Array(table.capacity);
		}

		const {kept} = filterLiving(table.core.life, table.used, compile(request), buffer);
		return buffer.subarray(0, kept);
	};

	/**
	Short-lived TCP connections that match if their state is ESTAB. No sample has seen that state, and the destroy event does not report it, but they were in it
	unless their handshake failed.
	*/
	const matchingWhileEstablished = (request: AlertRequest, shortLived: readonly number[]): Uint32Array => {
		const {protocol, state, peerPort, closeEvidence} = table.core;
		const connections = Uint32Array.from(shortLived.filter(slot => protocol[slot] === Protocol.tcp && state[slot] === State.unconnected
			&& peerPort[slot] !== 0 && closeEvidence[slot] !== CloseEvidence.neverConnected)).toSorted();
		for (const slot of connections) {
			state[slot] = State.established;
		}

		const kept = filterSlots(connections, compile(request));
		for (const slot of connections) {
			state[slot] = State.unconnected;
		}

		return kept;
	};

	const grow = (armedNow: Armed): void => {
		if (!(armedNow.known.length < table.capacity)) {
			return;
		}

		const larger = new Uint32Array(table.capacity);
		larger.set(armedNow.known);
		armedNow.known = larger;
	};

	return {
		arm(request) {
			armed = undefined;
			if (request === undefined) {
				return;
			}

			readFilter = createFilterReader(lookups);
			armed = {request, known: new Uint32Array(table.capacity), isSettled: table.sample > 0 && [...needsOf(request).columns].every(column => table.optional(column) !== undefined)};
			newSlots(armed, matching(request));
		},
		needs: () => armed === undefined ? {columns: new Set(), protocols: []} : needsOf(armed.request),
		take({shortLived}) {
			if (armed === undefined) {
				return undefined;
			}

			grow(armed);
			const slots = newSlots(armed, matching(armed.request));
			if (shortLived.length > 0) {
				slots.push(...newSlots(armed, matchingWhileEstablished(armed.request, shortLived)));
			}

			const newest = slots.at(-1);
			const {isSettled, request: {number}} = armed;
			armed.isSettled = true;
			return newest === undefined || !isSettled
				? undefined
				: {
					number, count: slots.length, ids: slots.slice(-maxAlerted).map(slot => table.core.id[slot]), newest: describe(context, newest),
				};
		},
	};
};

const describe = (context: FieldContext, slot: number): Alerted['newest'] => {
	const {protocol, local, peer} = readSelected(context, slot);
	const field = findField('process');
	const process = field === undefined ? '' : formatValue(field, readCell(field, context, slot));
	return {
		protocol, local, peer, ...(process !== '' && process !== '-' && {process}),
	};
};
