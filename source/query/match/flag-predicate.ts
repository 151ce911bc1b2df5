import {Life, type OptionalColumn} from '../../table/columns/columns.js';
import {isNew} from '../../table/freshness.js';
import {healthColumns} from '../../table/health/columns.js';
import {isSick} from '../../table/health/verdicts.js';
import {hasInetEnds, protocols, type Domain} from '../../table/columns/protocols.js';
import {localPortsIn} from '../../fields/model/chosen-port.js';
import type {World} from '../../fields/model/field.js';
import type {FlagName} from '../language/flags.js';
import {memoize} from './memoize.js';
import type {SlotPredicate} from './selection-filter.js';

/** Whether a socket is what a word says; good until the table changes. */
export const bindFlag = (flag: FlagName): ((world: World) => SlotPredicate) => binders[flag];

/** The optional columns that the words read. */
export const flagColumns: Readonly<Record<FlagName, readonly OptionalColumn[]>> = {
	autobound: ['portAsked'], new: [], closed: [], local: [], unhealthy: healthColumns,
};

const afterColon = (text: string): number => Number(text.slice(text.lastIndexOf(':') + 1));

/** Names that the kernel gives to sockets of families without addresses, when a program does not care: `run_ssfilter` in misc/ss.c of iproute2. */
const chosenNames: Readonly<Partial<Record<Domain, (name: string) => boolean>>> = {
	unix: name => name === '' || /^@[\da-f]{5}$/v.test(name),
	packet: name => name === '[0]',
	// Where a process has a port already, its others get negative ones.
	netlink: name => afterColon(name) > 0x7F_FF_FF_FF,
	vsock: name => afterColon(name) > 1023,
};

/** The kernel chose the local port: it is in the range of such ports, and the kernel does not tell that a program asked for it. */
const autobound = (world: World): SlotPredicate => {
	const {core, texts} = world.table;
	const {protocol, localName, localPort, namespace} = core;
	const portsOf = memoize((number: number) => localPortsIn(world, number));
	const asked = world.table.optional('portAsked');
	const bindName = (domain: Domain) => {
		const isChosen = chosenNames[domain];
		return isChosen && memoize((number: number) => isChosen(number === 0 ? '' : texts.of(number)));
	};

	const names = protocols.map(({domain}) => bindName(domain));
	return slot => {
		if (!hasInetEnds(protocol[slot])) {
			return names[protocol[slot]]?.(localName[slot]) ?? false;
		}

		const {from, to} = portsOf(namespace[slot]);
		return localPort[slot] >= from && localPort[slot] <= to && asked?.[slot] !== 1;
	};
};

const unhealthy = ({table}: World): SlotPredicate => {
	const verdict = table.optional('verdict');
	return slot => verdict !== undefined && isSick(verdict[slot]);
};

const binders: Readonly<Record<FlagName, (world: World) => SlotPredicate>> = {
	autobound,
	new: ({table}) => slot => isNew(table, slot),
	local: ({table: {pairs}}) => slot => pairs.isLocal(slot),
	unhealthy,
	closed({table}) {
		const {life} = table.core;
		return slot => (life[slot] & Life.closed) !== 0;
	},
};
