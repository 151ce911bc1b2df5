/** One moment of a recording as a source. */
import path from 'node:path';
import {FrameError} from '../recording/frames/bytes.js';
import {findPosition} from '../recording/archive/find-position.js';
import {openRecording, RecordingError, type Recording} from '../recording/archive/recording.js';
import {createReplaySource, type ReplayFacts} from '../recording/replay/replay-source.js';
import {InputError, type Source} from '../sources/source.js';
import type {OwnerSink} from '../owners/owner.js';
import type {SocketTable} from '../table/socket-table.js';

/**
Opens a recording that the user named.

@throws InputError
*/
export const openNamedRecording = (place: string): Recording => {
	try {
		return openRecording(place);
	} catch (error) {
		throw error instanceof RecordingError ? new InputError(error.message) : error;
	}
};

export const factsOfRecording = ({hostname, kernelRelease, path: place}: Recording): ReplayFacts => ({
	title: 'recording', hostname, kernelRelease, file: path.basename(place),
});

/**
Opens a source with the sockets at a moment of a recording.

@throws InputError if there is no recording, or if nothing was recorded at that moment.
*/
export const openRecordedMoment = (
	{path: place, at}: {readonly path: string; readonly at?: number}, {table, owners}: {readonly table: SocketTable; readonly owners: OwnerSink},
): Source => {
	const recording = openNamedRecording(place);
	const found = findPosition(recording, at);
	if ('problem' in found) {
		recording.close();
		throw new InputError(found.problem);
	}

	const source = createReplaySource(table, owners, factsOfRecording(recording));
	const shown = showLast(recording, found.index, position => {
		source.show(recording.stateAt(position));
	});
	if (shown === -1) {
		recording.close();
		throw new InputError(recording.losses.join('; '));
	}

	return {
		...source,
		async sample(filled, request) {
			const report = await source.sample(filled, request);
			return {...report, problems: [...report.problems, ...(found.notice === undefined ? [] : [found.notice]), ...recording.losses]};
		},
		close() {
			recording.close();
		},
	};
};

/** Shows the last undamaged frame at or before an index. Returns its index, or -1 if there is none. */
const showLast = ({positions}: Recording, from: number, show: (position: Recording['positions'][number]) => void): number => {
	for (let index = from; index >= 0; index--) {
		try {
			show(positions[index]);
			return index;
		} catch (error) {
			if (!(error instanceof FrameError)) {
				throw error;
			}
		}
	}

	return -1;
};
