/** A recording as a source: it fills the table with the sockets of one frame after the other, and its time is that of the frame. */
import type {OwnerSink} from '../../owners/owner.js';
import {noNames} from '../../sources/names-of.js';
import type {Facts} from '../../sources/source-facts.js';
import type {Source} from '../../sources/source.js';
import type {SourceNames} from '../../sources/source-names.js';
import type {SocketTable} from '../../table/socket-table.js';
import {
	cgroupKey,
	interfaceKey,
	namespaceKey,
	readNamespaceText,
	userKey,
} from '../frames/names.js';
import type {FrameState} from '../frames/state.js';
import {createTableFiller} from './fill-table.js';

/** A source whose moment is chosen. */
export type ReplaySource = Source & {
	/** The state that the next sample shows. It must not change until then. */
	readonly show: (state: FrameState) => void;
};

export type ReplayFacts = Pick<Facts, 'hostname' | 'kernelRelease' | 'file' | 'title'>;

/** What numbers stood for on the machine that was recorded. */
const namesIn = (names: () => ReadonlyMap<string, string>): SourceNames => ({
	...noNames,
	userName: uid => names().get(userKey(uid)),
	interfaceName: (index, namespace) => names().get(interfaceKey(index, namespace)),
	namespace: number => readNamespaceText(names().get(namespaceKey(number))),
	cgroupPath: id => names().get(cgroupKey(id)),
});

/** Rows of so many sockets have numbers of their own in each run of a recorder. */
const idsPerRun = 2 ** 26;

/** @param facts What is known of the machine that was recorded. */
export const createReplaySource = (table: SocketTable, owners: OwnerSink, facts: ReplayFacts): ReplaySource => {
	const fill = createTableFiller(table, owners);
	let state: FrameState | undefined;
	let names: ReadonlyMap<string, string> = new Map();
	let session = NaN;
	let clockOffset = 0;
	let runs = -1;
	let shownNow = 0;
	let lastWall = 0;

	return {
		facts: {
			...facts,
			names: 'own',
			owners: 'given',
			pace: 'source',
			appliesRestriction: false,
			canAct: false,
			whyNotActing: 'the sockets of a recording cannot be acted on',
		},
		time: {
			now: () => shownNow,
			wall: () => state?.wall ?? 0,
		},
		names: namesIn(() => names),
		show(next) {
			if (next.session !== session) {
				// The clock of another run begins anywhere. That of the table never goes back.
				const elapsed = state === undefined ? 0 : Math.max(1, next.wall - lastWall);
				clockOffset = state === undefined ? 0 : shownNow + elapsed - next.now;
				({session} = next);
				runs++;
			}

			state = next;
			lastWall = next.wall;
			({names} = next);
			shownNow = next.now + clockOffset;
		},
		sample(_table, {protocols = new Set()}) {
			if (state !== undefined) {
				fill(state, {protocols, clockOffset, idOffset: runs * idsPerRun});
			}

			return {complete: [], problems: []};
		},
		close() {
			// Whoever opened the recording closes it.
		},
	};
};
