import type {OptionalColumn} from '../../table/columns/columns.js';
import type {FieldRecord, NumberField, NumberUnit} from '../model/field.js';
import {formatPrefixedHex} from '../model/hexadecimal.js';
import {internedText, optionalText} from '../model/optional-text.js';
import {optionalField} from '../model/optional-field.js';

const modes: Readonly<Record<number, string>> = {0: 'SMC-R', 1: 'TCP', 2: 'SMC-D'};

/** SMC_CLC_DECL_* in the kernel's `net/smc/smc_clc.h`: the reasons that a user can act on. Others are shown as numbers. */
const reasons: Readonly<Record<number, string>> = {
	0x01_01_00_00: 'out of memory',
	0x02_01_00_00: 'link confirmation timed out',
	0x02_02_00_00: 'adding a link timed out',
	0x03_00_00_00: 'configuration error',
	0x03_01_00_00: 'peer does not speak SMC',
	0x03_02_00_00: 'IPsec in use',
	0x03_03_00_00: 'no SMC device',
	0x03_03_00_01: 'no SMC-D device',
	0x03_03_00_02: 'no SMC-R device',
	0x03_04_00_00: 'modes do not match',
	0x03_06_00_00: 'option not supported',
	0x03_07_00_00: 'other IP prefix',
	0x04_00_00_00: 'synchronization error',
	0x05_00_00_00: 'peer declined',
};

const writeReason = (code: number): string | undefined => code === 0 ? undefined : reasons[code] ?? formatPrefixedHex(code);

const number = (id: OptionalColumn, title: string, meaning: string, unit: NumberUnit): NumberField => optionalField({
	id, title, meaning, unit, since: '4.11',
});

/** Fields that only SMC sockets have. `ss` does not know SMC. */
export const smcFields: readonly FieldRecord[] = [
	optionalText({
		id: 'smcMode',
		title: 'SMC',
		meaning: 'How an SMC socket transfers data: SMC-R (RDMA), SMC-D (ISM), or TCP after a fallback.',
		width: {min: 5, max: 5},
		since: '4.11',
		write: mode => modes[mode],
	}),
	optionalText({
		id: 'smcFallback',
		title: 'Fallback',
		meaning: 'Why an SMC socket fell back to TCP.',
		width: {min: 10, max: 27},
		since: '4.19',
		write: writeReason,
	}),
	optionalText({
		id: 'smcPeerDiagnosis',
		title: 'PeerDiag',
		meaning: 'Why an SMC socket fell back to TCP, as reported by the peer.',
		width: {min: 10, max: 27},
		since: '4.19',
		write: writeReason,
	}),
	number('smcToken', 'SmcToken', 'Token by which the peer identifies an SMC connection, hexadecimal.', 'hexadecimal'),
	number('smcSendBuffer', 'SmcSndBuf', 'Size of the send buffer of an SMC connection.', 'bytes'),
	number('smcReceiveBuffer', 'SmcRcvBuf', 'Size of the receive buffer (RMB element) of an SMC connection.', 'bytes'),
	number('smcPeerReceiveBuffer', 'SmcPeerBuf', 'Size of the peer\'s receive buffer of an SMC connection.', 'bytes'),
	internedText({
		id: 'smcLink',
		title: 'SmcLink',
		meaning: 'Link group of an SMC-R connection: link, role, device and its port, GIDs of both endpoints.',
		width: {min: 10, max: 200},
	}),
	internedText({
		id: 'smcDmb',
		title: 'SmcDmb',
		meaning: 'Link group of an SMC-D connection: link, GIDs and memory tokens of both endpoints, hexadecimal.',
		width: {min: 10, max: 200},
		since: '4.19',
	}),
];
