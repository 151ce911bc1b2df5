/** What a person is about to act on: named exactly, and locked, so that rows that move and numbers that are given again change nothing. */
import {cookieText} from '../fields/records/identity.js';
import type {World} from '../fields/model/field.js';
import {findField} from '../fields/registry.js';
import type {Owner} from '../owners/owner.js';
import {shownName} from '../owners/process-details.js';
import {protocolNames} from '../table/columns/protocols.js';
import {stateName} from '../table/columns/states.js';
import type {TargetProcess, TargetSocket} from '../contract/acting.js';

/** Ticks a second of the clock in which the kernel tells when a process began (USER_HZ), on every machine that Node.js runs on. */
const ticksPerSecond = 100;

/** An end as the table shows it; `*` for one that has no name. */
const endText = (world: World, slot: number, id: 'local' | 'peer'): string => {
	const field = findField(id);
	return (field?.kind === 'text' ? field.read(world, slot) : undefined) ?? '*';
};

/** How a socket is named to the person. */
export const describeSocket = (world: World, slot: number): TargetSocket => {
	const {core} = world.table;
	const cookie = cookieText(world, slot);
	const owner = world.owners.of(core.owners[slot]).at(0);
	return {
		id: core.id[slot],
		protocol: protocolNames[core.protocol[slot]],
		state: stateName(core.state[slot]),
		local: endText(world, slot, 'local'),
		peer: endText(world, slot, 'peer'),
		...(cookie !== undefined && {cookie}),
		...(owner && {owner: `${shownName(owner, world.processDetails)}/${owner.pid}`}),
	};
};

/** One who holds sockets, with all of these that matter. */
type Holder = {readonly owner: Owner; readonly sockets: number[]};

const holdersOf = (world: World, slots: readonly number[]): readonly Holder[] => {
	const holders = new Map<string, Holder>();
	for (const slot of slots) {
		const seen = new Set<string>();
		for (const owner of world.owners.of(world.table.core.owners[slot])) {
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
The processes that hold sockets, each identified by its start.

@param world
@param slots
@param startTimeOf Start of the process that has a number now, in clock ticks since that of the machine; undefined when none has.
@param bootedAt When the machine was started, in milliseconds since 1970.
*/
export const describeProcesses = (
	world: World, slots: readonly number[], startTimeOf: (pid: number) => number | undefined, bootedAt: number,
): readonly TargetProcess[] => holdersOf(world, slots).flatMap(({owner, sockets}) => {
	const startTime = startTimeOf(owner.pid);
	// It has ended, or another one has its number.
	if (startTime === undefined || (owner.startTime !== undefined && owner.startTime !== startTime)) {
		return [];
	}

	return [{
		pid: owner.pid,
		startTime,
		name: shownName(owner, world.processDetails),
		startedAt: bootedAt + (startTime / ticksPerSecond * 1000),
		sockets: sockets.length,
	}];
});
