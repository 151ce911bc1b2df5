/** Bars that show how full a socket's buffers and windows are. */
import type {InspectedValue} from '../../contract/inspected.js';
import type {Tone} from '../../fields/model/field.js';
import {formatBytesWithUnit, formatCount} from '../../text/units.js';
import type {Item} from './item.js';

type Values = ReadonlyMap<string, InspectedValue>;

const numberOf = (values: Values, id: string): number | undefined => {
	const value = values.get(id)?.value;
	return typeof value === 'number' ? value : undefined;
};

type Bar = {
	readonly key: string;
	readonly label: string;
	readonly used: number | undefined;
	readonly limit: number | undefined;
	readonly meaning: string;
	/** Formats an amount. */
	readonly format: (amount: number) => string;
	/** A full window is normal; a full buffer blocks the process or the peer. */
	readonly isWindow?: boolean;
};

const toneOf = (share: number, isWindow: boolean): Tone => {
	if (isWindow || share < 0.5) {
		return share === 0 ? 'dim' : 'good';
	}

	return share < 0.9 ? 'warning' : 'bad';
};

const barItem = ({key, label, used, limit, meaning, format, isWindow = false}: Bar): readonly Item[] => {
	if (used === undefined || limit === undefined || limit === 0) {
		return [];
	}

	const share = used / limit;
	return [{
		key: `buffer:${key}`,
		label,
		text: `${Math.round(share * 100)}%, ${format(used)} of ${format(limit)}`,
		copy: `${used} of ${limit}`,
		meaning,
		share: Math.min(1, share),
		tone: toneOf(share, isWindow),
	}];
};

/** The bars for which the socket has both numbers. */
export const bufferItems = (values: Values): readonly Item[] => {
	const number = (id: string): number | undefined => numberOf(values, id);
	if (values.get('state')?.value === 'LISTEN') {
		return barItem({
			key: 'accept',
			label: 'Accept queue',
			used: number('recvQ'),
			limit: number('sendQ'),
			format: formatCount,
			meaning: 'Connections that wait for accept(), and the backlog limit. When the queue is full, the kernel drops new connections.',
		});
	}

	const segment = number('sendMss');
	const flight = number('unacked');
	return [
		...barItem({
			key: 'receive',
			label: 'Recv-Q',
			used: number('recvQ'),
			limit: number('receiveBuffer'),
			format: formatBytesWithUnit,
			meaning: 'Bytes that the process has not read yet, and the limit of the receive buffer. A full buffer stops the peer.',
		}),
		...barItem({
			key: 'receiveMemory',
			label: 'Recv memory',
			used: number('receiveMemory'),
			limit: number('receiveBuffer'),
			format: formatBytesWithUnit,
			meaning: 'Memory used by received data, including overhead, and the limit of the receive buffer.',
		}),
		...barItem({
			key: 'send',
			label: 'Send-Q',
			used: number('sendQ'),
			limit: number('sendBuffer'),
			format: formatBytesWithUnit,
			meaning: 'Bytes that the peer has not acknowledged yet, and the limit of the send buffer. A full buffer blocks the process.',
		}),
		...barItem({
			key: 'sendMemory',
			label: 'Send memory',
			used: number('writeQueued'),
			limit: number('sendBuffer'),
			format: formatBytesWithUnit,
			meaning: 'Memory used by data to send, including overhead, and the limit of the send buffer.',
		}),
		...barItem({
			key: 'congestion',
			label: 'Cong. window',
			used: flight,
			limit: number('cwnd'),
			format: formatCount,
			isWindow: true,
			meaning: 'Segments in flight, and the maximum that congestion control allows.',
		}),
		...barItem({
			key: 'peerWindow',
			label: 'Peer window',
			used: flight === undefined || segment === undefined ? undefined : flight * segment,
			limit: number('sendWindow'),
			format: formatBytesWithUnit,
			isWindow: true,
			meaning: 'Bytes in flight (segments in flight times the segment size), and the receive window of the peer.',
		}),
	];
};
