import {readFileSync} from 'node:fs';

const recording = readFileSync(new URL('../fixtures/netlink/destroy-events.nl', import.meta.url));

/** The values of a destroy event. */
export type TestDestroyEvent = {
	readonly cookie: number;
	readonly ports: readonly [local: number, peer: number];
	readonly sent?: number;
	readonly received?: number;
	/** Bytes in Recv-Q, for example that of an unread FIN. */
	readonly recvQ?: number;
	/** Data segments received. Default: those of the recording. */
	readonly dataSegmentsIn?: number;
	/** Acknowledged bytes that are not payload: SYN and FIN. */
	readonly acknowledgedBesides?: number;
	readonly protocol?: 'tcp' | 'udp';
	/** IPv4 addresses. Default: 127.0.0.1. */
	readonly local?: readonly number[];
	readonly peer?: readonly number[];
};

/** Creates a destroy event from the first message of the recording, or the first of UDP. Both are of 127.0.0.1. */
export const destroyEvent = (
	{cookie, ports: pair, sent = 0, received = 0, recvQ = 0, dataSegmentsIn, acknowledgedBesides, protocol = 'tcp', local: from = [], peer: to = []}: TestDestroyEvent,
): Uint8Array => {
	const [local, peer] = pair;
	let start = 0;
	while (protocol === 'udp' && recording.readUInt32LE(start) > 150) {
		start += recording.readUInt32LE(start);
	}

	const message = Uint8Array.from(recording.subarray(start, start + recording.readUInt32LE(start)));
	const view = new DataView(message.buffer);
	view.setUint16(20, local);
	view.setUint16(22, peer);
	message.set(from, 24);
	message.set(to, 40);
	view.setUint32(60, cookie, true);
	view.setUint32(72, recvQ, true);
	for (let attribute = 88; attribute + 4 <= message.byteLength; attribute += (view.getUint16(attribute, true) + 3) & ~3) {
		if (view.getUint16(attribute + 2, true) === 2) {
			view.setUint32(attribute + 4 + 200, sent, true);
			view.setUint32(attribute + 4 + 128, received, true);
			if (dataSegmentsIn !== undefined) {
				view.setUint32(attribute + 4 + 152, dataSegmentsIn, true);
			}

			if (acknowledgedBesides !== undefined) {
				view.setUint32(attribute + 4 + 120, sent + acknowledgedBesides, true);
			}
		}
	}

	return message;
};
