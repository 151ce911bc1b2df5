/** Describes the targets of an action exactly, so that moving rows and reused pids cannot change them. */
import {cookieText} from '../fields/records/identity.js';
import type {FieldContext} from '../fields/model/field.js';
import {findField} from '../fields/registry.js';
import type {Owner} from '../owners/owner.js';
import {shownName} from '../owners/process-details.js';
import {protocolNames} from '../table/columns/protocols.js';
import {stateName} from '../table/columns/states.js';
import type {TargetProcess, TargetSocket} from '../contract/acting.js';

/** Clock ticks per second of process start times (USER_HZ), the same on all machines that Node.js supports. */
const ticksPerSecond = 100;

/** An endpoint as the table shows it; `*` if it has no name. */
const endpointText = (context: FieldContext, slot: number, id: 'local' | 'peer'): string => {
	const field = findField(id);
	return (field?.kind === 'text' ? field.read(context, slot) : undefined) ?? '*';
};

/** Describes a socket for the confirmation dialog. */
export const describeSocket = (context: FieldContext, slot: number): TargetSocket => {
	const {core} = context.table;
	const cookie = cookieText(context, slot);
	const owner = context.owners.of(core.owners[slot]).at(0);
	return {
		id: core.id[slot],
		protocol: protocolNames[core.protocol[slot]],
		state: stateName(core.state[slot]),
		local: endpointText(context, slot, 'local'),
		peer: endpointText(context, slot, 'peer'),
		...(cookie !== undefined && {cookie}),
		...(owner && {owner: `${shownName(owner, context.processDetails)}/${owner.pid}`}),
	};
};

/** A process that holds some of the given sockets. */
type Holder = {readonly owner: Owner; readonly sockets: number[]};

const holdersOf = (context: FieldContext, slots: readonly number[]): readonly Holder[] => {
	const holders = new Map<string, Holder>();
	for (const slot of slots) {
		const seen = new Set<string>();
		for (const owner of context.owners.of(context.table.core.owners[slot])) {
			const key = `${owner.pid} ${owner.startTime ?? ''}`;
			const holder = holders.get(key) ?? {owner, sockets: []};
			holders.set(key, holder);
			if (!seen.has(key)) {
				seen.add(key);
				holder.sockets.push(slot);
			}
		}
	}

	return holders.values().toArray();
};

/**
Describes the processes that hold sockets, each identified by its start time.

@param startTimeOf Returns the start time of the process that has a pid now, in clock ticks since boot; undefined if there is none.
@param bootedAt Boot time of the machine in milliseconds since 1970.
*/
export const describeProcesses = (
	context: FieldContext, slots: readonly number[], startTimeOf: (pid: number) => number | undefined, bootedAt: number,
): readonly TargetProcess[] => holdersOf(context, slots).flatMap(({owner, sockets}) => {
	const startTime = startTimeOf(owner.pid);
	// The process has ended, or another one has its pid.
	if (startTime === undefined || (owner.startTime !== undefined && owner.startTime !== startTime)) {
		return [];
	}

	return [{
		pid: owner.pid,
		startTime,
		name: shownName(owner, context.processDetails),
		startedAt: bootedAt + (startTime / ticksPerSecond * 1000),
		sockets: sockets.length,
	}];
});
