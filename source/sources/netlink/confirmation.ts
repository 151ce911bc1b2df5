/**
Settles what became of sockets that the dumps did not contain. Dumps lose living sockets while others come and go, and there is no single proof:

- A TCP connection is looked up exactly. When it is gone, its destroy event is waited for until the next sample: it carries the last counters, and comes some
milliseconds late. None comes while a process keeps the descriptor of a connection that is over; then the counts of the kernel must say why it is.
- A listener, or a UDP socket, that shares its port with others cannot be looked up: the kernel picks any member of the group. Groups are what dumps lose
most. While no news are lost, such a socket lives until the news of its end; should there be none (the process shut it down but holds it), it is given up
after many samples.
*/
import {constants} from 'node:os';
import type {DiagSocket} from '../../netlink/diag-socket.js';
import {lookUpSockets} from '../../netlink/inet-lookup.js';
import {Life} from '../../table/columns/columns.js';
import {Protocol} from '../../table/columns/protocols.js';
import type {Scope, SocketTable} from '../../table/socket-table.js';
import {State} from '../../table/columns/states.js';
import {isMini} from './mini-sockets.js';

/** More than this wait for the next sample. */
const lookupsPerSample = 1024;

/** For how many samples a socket that cannot be looked up is believed to live although no dump contains it: with the news of ends, and without. */
const patience = {withNews: 20, withoutNews: 1} as const;

const {ENOENT, ESTALE} = constants.errno;

const settled: ReadonlySet<number> = new Set([Protocol.tcp, Protocol.udp, Protocol.udplite]);

export type SettleOptions = {
	/** `idiag_ext` of the look-ups. */
	readonly extensions: number;
	/** Whether the kernel sends news of ends and none were lost. */
	readonly hasNews: boolean;
	/** Slots whose news this sample has merged; they may be of scopes that it was not about. */
	readonly finished: readonly number[];
	/** Merges an answer about a socket of this protocol. */
	readonly parse: (protocol: number, start: number, end: number) => void;
	/** Takes the slots of TCP connections that are gone and have had no event so far. */
	readonly vanished: (slots: readonly number[]) => void;
};

export type Confirmation = {
	/** Looks up the TCP and UDP sockets of these scopes that the current sample has not seen. */
	readonly settle: (complete: readonly Scope[], options: SettleOptions) => void;
	/** Whether connections are gone of which no event has come since the sample before: their sockets may be bound still. */
	readonly hasVanished: () => boolean;
};

export const createConfirmation = (table: SocketTable, socket: DiagSocket): Confirmation => {
	/** Row → samples in a row that have missed it and could not find out why. */
	let believed = new Map<number, number>();
	/** Slots and ids of the connections that vanished in the last sample. */
	let vanished: ReadonlyArray<readonly [slot: number, id: number]> = [];

	return {
		settle(complete, {extensions, hasNews, finished, parse, vanished: takeVanished}) {
			const missing = [
				...finished.filter(slot => !table.isClosed(slot) && table.core.seenIn[slot] !== table.sample && !isIn(complete, table, slot)),
				...complete.filter(({protocol}) => settled.has(protocol)).flatMap(scope => table.unseen(scope)),
			].slice(0, lookupsPerSample);
			const stillBelieved = new Map<number, number>();
			const gone: number[] = [];

			const believe = (slot: number): void => {
				const id = table.core.id[slot];
				const times = (believed.get(id) ?? 0) + 1;
				stillBelieved.set(id, times);
				if (times <= (hasNews ? patience.withNews : patience.withoutNews)) {
					table.vouch(slot);
				}
			};

			lookUpSockets(socket, table, {slots: missing, extensions}, (slot, result) => {
				const {protocol, state, life} = table.core;
				if ('start' in result) {
					parse(protocol[slot], result.start, result.end);
				} else if (protocol[slot] !== Protocol.tcp) {
					if (result.errno === ESTALE) {
						believe(slot);
					}
				} else if (result.errno === ENOENT) {
					const isEnded = (life[slot] & Life.ended) !== 0 || isMini(table, slot);
					const isAlone = state[slot] !== State.listen && state[slot] !== State.unconnected;
					if (isEnded || (isAlone && (!hasNews || (life[slot] & Life.missed) !== 0))) {
						table.close(slot);
					} else if (isAlone) {
						gone.push(slot);
					} else {
						believe(slot);
					}
				}
			});
			believed = stillBelieved;
			vanished = gone.map(slot => [slot, table.core.id[slot]]);
			takeVanished(gone);
		},
		hasVanished: () => vanished.some(([slot, id]) => table.core.id[slot] === id && (table.core.life[slot] & (Life.closed | Life.ended)) === 0),
	};
};

const isIn = (scopes: readonly Scope[], {core}: SocketTable, slot: number): boolean => scopes.some(({protocol, family, states, namespace = 0}) =>
	namespace === core.namespace[slot] && protocol === core.protocol[slot] && family === core.family[slot] && ((states >>> core.state[slot]) & 1) === 1);
