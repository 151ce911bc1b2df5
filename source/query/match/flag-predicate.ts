import {Life, type OptionalColumn} from '../../table/columns/columns.js';
import {isNew} from '../../table/freshness.js';
import {healthColumns} from '../../table/health/columns.js';
import {isSick} from '../../table/health/problems.js';
import {hasInetEnds, protocols, type Domain} from '../../table/columns/protocols.js';
import {localPortsIn} from '../../fields/model/chosen-port.js';
import type {FieldContext} from '../../fields/model/field.js';
import type {FlagName} from '../language/flags.js';
import {memoize} from './memoize.js';
import type {SlotPredicate} from './selection-filter.js';

/** Binds a flag; valid until the table changes. */
export const bindFlag = (flag: FlagName): ((context: FieldContext) => SlotPredicate) => binders[flag];

/** The optional columns that the flags read. */
export const flagColumns: Readonly<Record<FlagName, readonly OptionalColumn[]>> = {
	autobound: ['portAsked'], new: [], closed: [], local: [], unhealthy: healthColumns,
};

const afterColon = (text: string): number => Number(text.slice(text.lastIndexOf(':') + 1));

/** Names that the kernel assigns to sockets of families without addresses if the program does not choose one: `run_ssfilter` in misc/ss.c of iproute2. */
const chosenNames: Readonly<Partial<Record<Domain, (name: string) => boolean>>> = {
	unix: name => name === '' || /^@[\da-f]{5}$/v.test(name),
	packet: name => name === '[0]',
	// If a process already has a port, its further ports are negative.
	netlink: name => afterColon(name) > 0x7F_FF_FF_FF,
	vsock: name => afterColon(name) > 1023,
};

/** The kernel chose the local port: the port is in the range for such ports, and the kernel does not report that a program portAsked for it. */
const autobound = (context: FieldContext): SlotPredicate => {
	const {core, texts} = context.table;
	const {protocol, localName, localPort, namespace} = core;
	const portsOf = memoize((number: number) => localPortsIn(context, number));
	const portAsked = context.table.optional('portAsked');
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
		return localPort[slot] >= from && localPort[slot] <= to && portAsked?.[slot] !== 1;
	};
};

const unhealthy = ({table}: FieldContext): SlotPredicate => {
	const healthProblem = table.optional('healthProblem');
	return slot => healthProblem !== undefined && isSick(healthProblem[slot]);
};

const binders: Readonly<Record<FlagName, (context: FieldContext) => SlotPredicate>> = {
	autobound,
	new: ({table}) => slot => isNew(table, slot),
	local: ({table: {pairs}}) => slot => pairs.isLocal(slot),
	unhealthy,
	closed({table}) {
		const {life} = table.core;
		return slot => (life[slot] & Life.closed) !== 0;
	},
};
