/** Describes how a socket closed. */
import type {Inspected} from '../../contract/inspected.js';
import {formatDuration} from '../../text/duration.js';
import {formatBytesWithUnit} from '../../text/units.js';

/** Formats a duration, with tenths of a second below 10 seconds. */
export const spanText = (milliseconds: number): string => {
	const span = Math.max(0, milliseconds);
	return span < 10_000 ? `${(span / 1000).toFixed(1)}s` : formatDuration(span);
};

/** Facts about the close, most important first: `closed by peer`, `12.4MB sent`, `1.2KB received`, `lived 3m05`; empty while the socket is open. */
export const closeFacts = ({life: {closedAt, openedAt, isOlder, isShortLived, closeReason}, values}: Inspected): readonly string[] => {
	if (closedAt === undefined) {
		return [];
	}

	const number = (id: string): number | undefined => {
		const value = values.find(each => each.id === id)?.value;
		return typeof value === 'number' ? value : undefined;
	};

	const sent = number('bytesSent');
	const received = number('bytesReceived');
	return [
		...(closeReason === undefined ? [] : [closeReason]),
		...(sent === undefined ? [] : [`${formatBytesWithUnit(sent)} sent`]),
		...(received === undefined ? [] : [`${formatBytesWithUnit(received)} received`]),
		...(isShortLived ? ['it opened and closed between two samples'] : (openedAt === undefined ? [] : [`lived ${spanText(closedAt - openedAt)}${isOlder ? ' or more' : ''}`])),
	];
};

/** Alternative sentences about the close, with all facts, then with fewer and fewer: `closed 3s ago: closed by peer, 12.4MB sent`; empty while the socket is open. */
export const closeSentences = (inspected: Inspected): readonly string[] => {
	const {life: {closedAt, now}, isGone} = inspected;
	if (closedAt === undefined) {
		return isGone ? ['no longer in the list'] : [];
	}

	const facts = closeFacts(inspected);
	const closed = `closed ${formatDuration(Math.max(0, now - closedAt))} ago`;
	return [...facts.map((_, index) => `${closed}: ${facts.slice(0, facts.length - index).join(', ')}`), closed];
};
