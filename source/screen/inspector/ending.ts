/** How a socket ended, in a sentence. */
import type {Inspected} from '../../engine/inspecting/inspected.js';
import {formatDuration} from '../../text/duration.js';
import {formatBytesWithUnit} from '../../text/units.js';
import {spanText} from './life.js';

/** `closed 3s ago: closed by peer, 12.4MB sent, 1.2KB received, lived 3m05`; undefined while it lives. */
export const endSentence = (inspected: Inspected): string | undefined => {
	const {life: {closedAt, openedAt, isOlder, isUnseen, now, ending}, values} = inspected;
	if (closedAt === undefined) {
		return inspected.isGone ? 'its row is gone' : undefined;
	}

	const number = (id: string): number | undefined => {
		const value = values.find(each => each.id === id)?.value;
		return typeof value === 'number' ? value : undefined;
	};

	const sent = number('bytesSent');
	const received = number('bytesReceived');
	const facts = [
		...(ending === undefined ? [] : [ending]),
		...(sent === undefined ? [] : [`${formatBytesWithUnit(sent)} sent`]),
		...(received === undefined ? [] : [`${formatBytesWithUnit(received)} received`]),
		...(isUnseen ? ['it came and went between two samples'] : (openedAt === undefined ? [] : [`lived ${spanText(closedAt - openedAt)}${isOlder ? ' or more' : ''}`])),
	];
	return `closed ${formatDuration(Math.max(0, now - closedAt))} ago${facts.length === 0 ? '' : `: ${facts.join(', ')}`}`;
};
