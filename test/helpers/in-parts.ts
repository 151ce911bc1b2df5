import type {DiagSocket} from '../../source/netlink/diag-socket.js';

/** Creates `dump` and `dumpInParts` from one function. */
export const inParts = (dump: DiagSocket['dump']): Pick<DiagSocket, 'dump' | 'dumpInParts'> => ({
	dump,
	* dumpInParts(...dumping) {
		const outcome = dump(...dumping);
		yield;
		return outcome;
	},
});
