import type {DiagSocket} from '../../source/netlink/diag-socket.js';
import {
	allStates,
	Attribute,
	bothFamiliesRequest,
	dumpRequest,
	extensionBit,
} from '../../source/netlink/inet-request.js';
import {Family} from '../../source/addresses/family.js';

const udp = 17;

/** Sends the requests of a sample, TCP of both families in one walk and UDP in two, and discards the answers. Returns their bytes. */
export const discardSample = (socket: DiagSocket): number => {
	const extensions = extensionBit(Attribute.info);
	let bytes = 0;
	const request = (make: (sequence: number) => Uint8Array): void => {
		const sequence = socket.nextSequence();
		bytes += socket.discard(make(sequence), sequence);
	};

	request(sequence => bothFamiliesRequest({states: allStates, extensions}, sequence));
	for (const family of [Family.inet, Family.inet6]) {
		request(sequence => dumpRequest({
			family, ipProtocol: udp, states: allStates, extensions,
		}, sequence));
	}

	return bytes;
};
