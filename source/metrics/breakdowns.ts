/**
The breakdowns of connections: by service, by owner and by network of the peer. Each is a grouping of the table's totals; a socket stays in the group in which it was
first counted.
*/
import {ownersOf} from '../fields/model/owner-text.js';
import type {FieldContext} from '../fields/model/field.js';
import {findField} from '../fields/registry.js';
import {protocolNames} from '../table/columns/protocols.js';
import {State} from '../table/columns/states.js';
import type {Counts} from '../table/totals/group-totals.js';
import type {Counting} from '../table/totals/totals.js';
import {LabelSets} from './label-sets.js';
import {unknownValue, type LabelName} from './labels.js';
import {createPeerGroups, type NamedNetworks} from './peer-groups.js';
import type {NameOfService, Role, Roles} from './roles.js';

export const breakdownNames = ['service', 'owner', 'peer'] as const;

export type BreakdownName = (typeof breakdownNames)[number];

/** The labels of each breakdown. With several network namespaces, `namespace` comes last. */
export const breakdownLabels = {
	service: ['transport', 'direction', 'port', 'service'],
	owner: ['unit', 'container', 'process', 'direction'],
	peer: ['peer_group', 'direction'],
} as const satisfies Readonly<Record<BreakdownName, readonly LabelName[]>>;

/** Counts of one combination of labels. */
export type Tally = {-readonly [Name in keyof Counts]: Counts[Name]} & {
	readonly values: readonly string[];
	/** Current number of connections. */
	connections: number;
};

export type Breakdown = {
	/** The counts so far, by combination of labels. `living` are the slots of open sockets. */
	readonly read: (living: readonly number[]) => readonly Tally[];
	/** Combinations of labels beyond the cap. */
	readonly folded: () => number;
};

/** The group of sockets that are not counted: without a peer, or not matching the filter. */
const notCounted = 0xFF_FF_FF_FF;

/** The same, while a socket may still get a peer. */
const notYetCounted = -notCounted;

/** Numbers of sessions and transient units: each would be a series of its own. */
const transientUnits: ReadonlyArray<readonly [pattern: RegExp, name: string]> = [
	[/^session-[a-z]?\d+\.scope$/v, 'session.scope'],
	[/^user-runtime-dir@\d+\.service$/v, 'user-runtime-dir@.service'],
];

/** The names of programs that make units for each session, the longest first. */
const prefixes = ['libpod-conmon', 'cri-containerd', 'tmux-spawn', 'vte-spawn', 'docker', 'libpod', 'crio', 'run'];

/** The number or the id of a session, at the end. */
const sessionPart = /-[a-z]?(?:\d+|[\da-f]{12,64})$/v;

/** A unit without what is different in each session. */
export const lastingUnit = (unit: string): string => {
	const found = transientUnits.find(([pattern]) => pattern.test(unit));
	if (found !== undefined) {
		return found[1];
	}

	const kind = ['.scope', '.service'].find(each => unit.endsWith(each));
	const prefix = prefixes.find(each => unit.startsWith(`${each}-`));
	return kind !== undefined && prefix !== undefined && sessionPart.test(unit.slice(0, -kind.length)) ? `${prefix}${kind}` : unit;
};

const textOf = (id: 'unit' | 'container' | 'namespace', context: FieldContext, slot: number): string => {
	const text = findField(id)?.read(context, slot);
	return typeof text === 'string' ? text : '';
};

export type BreakdownOptions = {
	readonly context: FieldContext;
	readonly roles: Roles;
	readonly nameOfService: NameOfService;
	readonly networks: readonly NamedNetworks[];
	/** Whether several network namespaces are read. */
	readonly hasNamespaces: boolean;
	/** Whether a socket matches the filter; called after each sample. */
	readonly isWanted: (slot: number) => boolean;
};

/** Reads the label values of a socket with a peer. `isFinal` is false while a later sample may know more. */
type ReadValues = (slot: number, role: Role) => {readonly values: readonly string[]; readonly isFinal: boolean};

/**
Returns the label values for the owner of a connection. A connection that no sample saw has those of its listener.

@param live Context of the sockets, which contain the listener; `context` may be that of the journal.
*/
export const ownerValues = (
	context: FieldContext, slot: number, {listener}: Role, live = context,
): readonly [unit: string, container: string, process: string] => {
	const holder = (read: (of: FieldContext, at: number) => string): string => {
		const own = read(context, slot);
		return own === '' && listener !== -1 ? read(live, listener) : own;
	};

	return [
		lastingUnit(holder((of, at) => textOf('unit', of, at))),
		holder((of, at) => textOf('container', of, at)),
		holder((of, at) => ownersOf(of, at).at(0)?.name ?? ''),
	];
};

/** Returns the label values for the service of a connection. */
export const serviceValues = (context: FieldContext, nameOfService: NameOfService, slot: number, {direction, port}: Role): readonly string[] => {
	const transport = protocolNames[context.table.core.protocol[slot]];
	return [transport, direction, port === 0 ? unknownValue : String(port), port === 0 ? '' : nameOfService(port, transport) ?? ''];
};

export const createBreakdowns = (options: BreakdownOptions): Readonly<Record<BreakdownName, Breakdown>> => {
	const {context, nameOfService, networks} = options;
	const {table} = context;
	const groupOf = createPeerGroups(networks);
	return {
		service: createBreakdown(options, breakdownLabels.service.length, (slot, role) => ({
			values: serviceValues(context, nameOfService, slot, role), isFinal: true,
		})),
		owner: createBreakdown(options, breakdownLabels.owner.length, (slot, role) => {
			const [unit, container, process] = ownerValues(context, slot, role);
			return {values: [unit, container, process === '' ? unknownValue : process, role.direction], isFinal: process !== ''};
		}),
		peer: createBreakdown(options, breakdownLabels.peer.length, (slot, {direction}) => ({
			// The columns are replaced when the table grows.
			values: [groupOf(table.core.peerAddress, slot * 16, table.core.family[slot]), direction], isFinal: true,
		})),
	};
};

const createBreakdown = ({context, roles, hasNamespaces, isWanted}: BreakdownOptions, size: number, readValues: ReadValues): Breakdown => {
	const {table} = context;
	const sets = new LabelSets(size + (hasNamespaces ? 1 : 0));
	const numberOf = (slot: number): number => {
		const role = roles.roleOf(slot);
		if (role === undefined) {
			return table.core.state[slot] === State.listen ? notCounted : notYetCounted;
		}

		if (!isWanted(slot)) {
			return notCounted;
		}

		const {values, isFinal} = readValues(slot, role);
		const number = sets.numberOf(hasNamespaces ? [...values, textOf('namespace', context, slot)] : values);
		return isFinal ? number : provisional(number);
	};

	const counting: Counting = table.totals.by(numberOf);
	return {
		folded: () => sets.folded,
		read(living) {
			const tallies = new Map<number, Tally>();
			const tallyOf = (number: number): Tally | undefined => {
				if (Math.abs(number) === notCounted) {
					return undefined;
				}

				const set = number < 0 ? provisional(number) : number;
				let tally = tallies.get(set);
				if (tally === undefined) {
					tally = {
						values: sets.valuesOf(set), connections: 0, opened: 0, closed: 0, bytesSent: 0, bytesReceived: 0, bytesRetransmitted: 0,
					};
					tallies.set(set, tally);
				}

				return tally;
			};

			for (const [number, counts] of counting.read()) {
				const tally = tallyOf(number);
				if (tally !== undefined) {
					tally.opened += counts.opened;
					tally.closed += counts.closed;
					tally.bytesSent += counts.bytesSent;
					tally.bytesReceived += counts.bytesReceived;
					tally.bytesRetransmitted += counts.bytesRetransmitted;
				}
			}

			for (const slot of living) {
				const tally = tallyOf(counting.numberAt(slot));
				if (tally !== undefined) {
					tally.connections++;
				}
			}

			return tallies.values().toArray();
		},
	};
};

/** The number of a group that a socket is in until more is known of it, and back: always negative. */
const provisional = (number: number): number => -1 - number;
