/** A recording as a source: each sample fills the table with the sockets of a frame, and the time is that of the frame. */
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

/** A source that shows a chosen moment. */
export type ReplaySource = Source & {
	/** Sets the state for the next sample. The state must not change until then. */
	readonly show: (state: FrameState) => void;
};

export type ReplayFacts = Pick<Facts, 'hostname' | 'kernelRelease' | 'file' | 'title'>;

/** Names of numbers on the recorded machine. */
const namesIn = (names: () => ReadonlyMap<string, string>): SourceNames => ({
	...noNames,
	userName: uid => names().get(userKey(uid)),
	interfaceName: (index, namespace) => names().get(interfaceKey(index, namespace)),
	namespace: number => readNamespaceText(names().get(namespaceKey(number))),
	cgroupPath: id => names().get(cgroupKey(id)),
});

/** Range of socket ids reserved for each run of a recorder. */
const idsPerRun = 2 ** 26;

/** @param facts Facts about the recorded machine. */
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
				// Each run has its own clock, with an arbitrary start. The table's clock must not go back.
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
			// The caller closes the recording.
		},
	};
};
