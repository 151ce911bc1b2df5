import type {FieldRecord, FieldContext} from '../model/field.js';
import {optionalField} from '../model/optional-field.js';
import {optionalText} from '../model/optional-text.js';
import {isListening, readOptional} from '../model/read.js';

/** Bits of `tcpi_options` (`include/uapi/linux/tcp.h`), lowest first, named as in `ss`. */
const optionNames = ['ts', 'sack', 'wscale', 'ecn', 'ecnseen', 'fastopen', 'usec_ts', 'tfo_child'] as const;

const windowScaleBit = 4;

/** `enum tcp_fastopen_client_fail` (`include/uapi/linux/tcp.h`); 0 is none. */
const fastopenFailures: ReadonlyArray<string | undefined> = [undefined, 'no cookie', 'data not acked', 'SYN resent'];

const readOptions = (context: FieldContext, slot: number): number | undefined =>
	isListening(context, slot) ? undefined : readOptional(context, slot, 'tcpOptions');

/** What both sides negotiated in the handshake, and the sizes that follow from it. */
export const agreementFields: readonly FieldRecord[] = [
	{
		id: 'tcpOptions',
		kind: 'text',
		title: 'Options',
		meaning: 'TCP options in use: ts (timestamps), sack, wscale, ecn, ecnseen, fastopen, usec_ts, tfo_child.',
		width: {min: 14, max: 30},
		aliases: ['options'],
		columns: ['tcpOptions'],
		read(context, slot) {
			const options = readOptions(context, slot) ?? 0;
			return options === 0 ? undefined : optionNames.filter((_, bit) => (options & (1 << bit)) !== 0).join(' ');
		},
	},
	{
		id: 'windowScale',
		kind: 'text',
		title: 'Wscale',
		meaning: 'Window scale factors as powers of two: the peer\'s, then the local one.',
		width: {min: 6, max: 6},
		aliases: ['wscale'],
		ss: 'wscale',
		columns: ['windowScale', 'tcpOptions'],
		read(context, slot) {
			const scale = readOptional(context, slot, 'windowScale');
			const hasScale = ((readOptions(context, slot) ?? 0) & windowScaleBit) !== 0;
			return scale === undefined || !hasScale ? undefined : `${scale & 0xF},${scale >> 4}`;
		},
	},
	optionalText({
		id: 'fastopenFailure',
		title: 'TFOfail',
		meaning: 'Why data in the SYN (TCP Fast Open) failed: no cookie, data not acked, or SYN resent; absent if it worked or was not tried.',
		width: {min: 14, max: 14},
		since: '5.5',
		write: code => fastopenFailures[code],
	}),
	optionalField({
		id: 'sendMss',
		title: 'MSS',
		meaning: 'Maximum size of the segments that are sent.',
		unit: 'bytes',
		ss: 'mss',
		aliases: ['mss'],
	}),
	optionalField({
		id: 'receiveMss',
		title: 'RcvMSS',
		meaning: 'Size of the segments that are received, as estimated by the kernel.',
		unit: 'bytes',
		ss: 'rcvmss',
		aliases: ['rcvMss'],
	}),
	optionalField({
		id: 'advertisedMss',
		title: 'AdvMSS',
		meaning: 'Maximum segment size advertised to the peer.',
		unit: 'bytes',
		ss: 'advmss',
		aliases: ['advMss'],
	}),
	optionalField({
		id: 'pathMtu',
		title: 'PMTU',
		meaning: 'Largest packet that fits the path to the peer.',
		unit: 'bytes',
		ss: 'pmtu',
		aliases: ['pmtu'],
	}),
];
