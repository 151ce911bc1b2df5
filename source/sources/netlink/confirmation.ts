/**
Finds out what became of sockets that the dumps did not contain. Dumps lose living sockets while others come and go, and there is no single proof:

- A TCP connection is looked up exactly. If it is gone, its destroy event is awaited until the next sample: it carries the last counters, and comes some
milliseconds late. No event comes while a process keeps the descriptor of a connection that has ended; then the close reason is found from the kernel's counts.
- A listener or UDP socket that shares its port with others cannot be looked up: the kernel picks any member of the group. Dumps lose members of groups most
often. As long as no events are dropped, such a socket counts as alive until its destroy event. If none comes (the process shut it down but holds it), it is
given up after many samples.
*/
import {constants} from 'node:os';
import type {DiagSocket} from '../../netlink/diag-socket.js';
import {lookUpSockets} from '../../netlink/inet-lookup.js';
import {Life} from '../../table/columns/columns.js';
import {Protocol} from '../../table/columns/protocols.js';
import type {Scope} from '../../table/identified-sockets.js';
import type {SocketTable} from '../../table/socket-table.js';
import {State} from '../../table/columns/states.js';
import {isMini} from './mini-sockets.js';

/** Limit of look-ups; further sockets wait for the next sample. */
const lookupsPerSample = 1024;

/** For how many samples a socket that cannot be looked up counts as alive although no dump contains it: with destroy events, and without. */
const missedSamples = {withEvents: 20, withoutEvents: 1} as const;

const {ENOENT, ESTALE} = constants.errno;

const confirmable: ReadonlySet<number> = new Set([Protocol.tcp, Protocol.udp, Protocol.udplite]);

export type ConfirmOptions = {
	/** `idiag_ext` of the look-ups. */
	readonly extensions: number;
	/** Whether the kernel sends destroy events and none were dropped. */
	readonly hasEvents: boolean;
	/** Slots of sockets whose destroy events this sample has merged; they may be outside the scopes of the sample. */
	readonly finished: readonly number[];
	/** Parses an answer about a socket of this protocol into the table. */
	readonly parse: (protocol: number, start: number, end: number) => void;
	/** Takes the slots of TCP connections that are gone and have had no event so far: those found now, and those that the sample closes. */
	readonly vanished: (slots: readonly number[]) => void;
};

export type Confirmation = {
	/** Looks up the TCP and UDP sockets of these scopes that are missing from the current sample. */
	readonly confirm: (complete: readonly Scope[], options: ConfirmOptions) => void;
	/** Whether connections ended without an event since the previous sample: their sockets may still be bound. */
	readonly hasVanished: () => boolean;
};

export const createConfirmation = (table: SocketTable, socket: DiagSocket): Confirmation => {
	/** By id of the row: in how many samples in a row it was missing and could not be found. */
	let assumedAlive = new Map<number, number>();
	/** Slots and ids of the connections that vanished in the last sample. */
	let vanished: ReadonlyArray<readonly [slot: number, id: number]> = [];

	return {
		confirm(complete, {extensions, hasEvents, finished, parse, vanished: takeVanished}) {
			const missing = [
				...finished.filter(slot => !table.isClosed(slot) && table.core.seenIn[slot] !== table.sample && !isIn(complete, table, slot)),
				...complete.filter(({protocol}) => confirmable.has(protocol)).flatMap(scope => table.missing(scope)),
			].slice(0, lookupsPerSample);
			const stillAssumed = new Map<number, number>();
			const gone: number[] = [];
			const ending: number[] = [];

			const assumeAlive = (slot: number): void => {
				const id = table.core.id[slot];
				const times = (assumedAlive.get(id) ?? 0) + 1;
				stillAssumed.set(id, times);
				if (times <= (hasEvents ? missedSamples.withEvents : missedSamples.withoutEvents)) {
					table.markAlive(slot);
				}
			};

			lookUpSockets(socket, table, {slots: missing, extensions}, (slot, result) => {
				const {protocol, state, life} = table.core;
				if ('start' in result) {
					parse(protocol[slot], result.start, result.end);
				} else if (protocol[slot] !== Protocol.tcp) {
					if (result.errno === ESTALE) {
						assumeAlive(slot);
					}
				} else if (result.errno === ENOENT || result.errno === ESTALE) {
					// ESTALE: another socket has the endpoints now, such as its minisocket.
					const isEnded = (life[slot] & Life.ended) !== 0 || isMini(table, slot);
					const isConnection = state[slot] !== State.listen && state[slot] !== State.unconnected;
					if (isEnded) {
						table.close(slot);
					} else if (isConnection && (!hasEvents || (life[slot] & Life.missed) !== 0)) {
						ending.push(slot);
					} else if (isConnection) {
						gone.push(slot);
					} else {
						assumeAlive(slot);
					}
				}
			});
			assumedAlive = stillAssumed;
			vanished = gone.map(slot => [slot, table.core.id[slot]]);
			takeVanished([...gone, ...ending]);
			for (const slot of ending) {
				table.close(slot);
			}
		},
		hasVanished: () => vanished.some(([slot, id]) => table.core.id[slot] === id && (table.core.life[slot] & (Life.closed | Life.ended)) === 0),
	};
};

const isIn = (scopes: readonly Scope[], {core}: SocketTable, slot: number): boolean => scopes.some(({protocol, family, states, namespace = 0}) =>
	namespace === core.namespace[slot] && protocol === core.protocol[slot] && family === core.family[slot] && ((states >>> core.state[slot]) & 1) === 1);
