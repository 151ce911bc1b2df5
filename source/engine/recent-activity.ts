/** Counts what has happened in the last seconds and is not visible in rows: short-lived sockets, and destroy events that the kernel dropped. */
import type {FieldContext} from '../fields/model/field.js';
import type {SocketTable} from '../table/socket-table.js';
import type {Recent} from '../contract/messages.js';

/** Milliseconds for which something counts as recent: long enough to be read, short enough to be current. */
export const recentTime = 10_000;

/** The short-lived sockets of one sample, by service port. */
type Batch = {readonly time: number; readonly count: number; readonly byPort: ReadonlyMap<number, number>; readonly dropped: number};

export type RecentActivity = {
	/**
	Adds a sample.

	@param shortLived Slots of the sockets that opened and closed between two samples.
	@param dropped Number of destroy events dropped so far.
	@param now Milliseconds of any clock.
	*/
	readonly add: (shortLived: readonly number[], dropped: number, now: number) => void;
	/** Recent activity at a time of the same clock; undefined if there is none. */
	readonly read: (now: number) => Recent | undefined;
};

/** The lower port, because clients have high ports. */
const servicePort = (local: number, peer: number): number => local === 0 || peer === 0 ? local + peer : Math.min(local, peer);

const mostFrequent = (counts: ReadonlyMap<number, number>): readonly [port: number, count: number] | undefined => {
	let busiest: readonly [number, number] | undefined;
	for (const entry of counts) {
		busiest = busiest === undefined || entry[1] > busiest[1] ? entry : busiest;
	}

	return busiest;
};

export const createRecentActivity = (table: Pick<SocketTable, 'core'>, owners: FieldContext['owners']): RecentActivity => {
	let batches: readonly Batch[] = [];
	let droppedBefore = 0;
	/** Name of a process that held a short-lived socket with a service port. */
	const ownersAt = new Map<number, string>();

	return {
		add(shortLived, dropped, now) {
			const {core} = table;
			const byPort = new Map<number, number>();
			for (const slot of shortLived) {
				const port = servicePort(core.localPort[slot], core.peerPort[slot]);
				byPort.set(port, (byPort.get(port) ?? 0) + 1);
				const [owner] = core.owners[slot] === 0 ? [] : owners.of(core.owners[slot]);
				if (owner !== undefined) {
					ownersAt.set(port, owner.name);
				}
			}

			const batch = {
				time: now, count: shortLived.length, byPort, dropped: dropped - droppedBefore,
			};
			droppedBefore = dropped;
			batches = [...batches.filter(({time}) => now - time < recentTime), ...(batch.count > 0 || batch.dropped > 0 ? [batch] : [])];
			if (batches.length === 0) {
				ownersAt.clear();
			}
		},
		read(now) {
			const current = batches.filter(({time}) => now - time < recentTime);
			const byPort = new Map<number, number>();
			for (const batch of current) {
				for (const [port, count] of batch.byPort) {
					byPort.set(port, (byPort.get(port) ?? 0) + count);
				}
			}

			const shortLived = current.reduce((sum, {count}) => sum + count, 0);
			const dropped = current.reduce((sum, batch) => sum + batch.dropped, 0);
			const busiest = mostFrequent(byPort);
			const process = busiest === undefined ? undefined : ownersAt.get(busiest[0]);
			return current.length === 0
				? undefined
				: {
					...(busiest !== undefined && {
						shortLived: {
							count: shortLived, port: busiest[0], atPort: busiest[1], ...(process !== undefined && {process}),
						},
					}),
					...(dropped > 0 && {dropped}),
				};
		},
	};
};
