import type {DiagSocket} from '../../source/netlink/diag-socket.js';

/** Both ways to dump, from one that answers at once. */
export const inParts = (dump: DiagSocket['dump']): Pick<DiagSocket, 'dump' | 'dumpInParts'> => ({
	dump,
	* dumpInParts(...dumping) {
		const outcome = dump(...dumping);
		yield;
		return outcome;
	},
});
