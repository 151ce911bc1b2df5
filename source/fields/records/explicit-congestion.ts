import type {FieldRecord} from '../model/field.js';
import {bitNames, codeName, optionalText} from '../model/optional-text.js';
import {optionalField} from '../model/optional-field.js';

const since = '6.18';

/** TCP_ACCECN_*_FAIL_* in the kernel's `net/tcp_ecn.h`, lowest bit first: failures of the header's ACE counter, and of the option. */
const failureNames = ['ace_send', 'ace_receive', 'option_send', 'option_receive'] as const;

/** Congestion marks (ECN) as accurate ECN counts them; `ss` prints none of these. */
export const explicitCongestionFields: readonly FieldRecord[] = [
	optionalField({
		id: 'receivedCe',
		title: 'RcvCE',
		meaning: 'Segments received with a congestion mark (CE).',
		unit: 'segments',
		since,
		tone: 'notice',
	}),
	optionalField({
		id: 'deliveredCeBytes',
		title: 'DelivCE B',
		meaning: 'Bytes that reached the peer with a congestion mark (CE), as counted by the peer (accurate ECN).',
		unit: 'bytes',
		since,
		tone: 'notice',
	}),
	optionalField({
		id: 'deliveredE0Bytes',
		title: 'DelivE0 B',
		meaning: 'Bytes that reached the peer as ECT(0), as counted by the peer (accurate ECN).',
		unit: 'bytes',
		since,
	}),
	optionalField({
		id: 'deliveredE1Bytes',
		title: 'DelivE1 B',
		meaning: 'Bytes that reached the peer as ECT(1), as counted by the peer (accurate ECN).',
		unit: 'bytes',
		since,
	}),
	optionalField({
		id: 'receivedCeBytes',
		title: 'RcvCE B',
		meaning: 'Bytes received with a congestion mark (CE).',
		unit: 'bytes',
		since,
		tone: 'notice',
	}),
	optionalField({
		id: 'receivedE0Bytes',
		title: 'RcvE0 B',
		meaning: 'Bytes received as ECT(0).',
		unit: 'bytes',
		since,
	}),
	optionalField({
		id: 'receivedE1Bytes',
		title: 'RcvE1 B',
		meaning: 'Bytes received as ECT(1).',
		unit: 'bytes',
		since,
	}),
	optionalText({
		id: 'ecnMode',
		title: 'ECN',
		meaning: 'Explicit congestion notification in use: disabled, rfc3168, accecn (accurate) or pending (not negotiated yet).',
		width: {min: 7, max: 12},
		since: '7.0',
		write: codeName({
			0: 'disabled', 1: 'rfc3168', 2: 'accecn', 3: 'pending',
		}),
	}),
	optionalText({
		id: 'accEcnOptionSeen',
		title: 'AccEcnOpt',
		meaning: 'Whether the peer has sent the accurate ECN option: not seen, empty, counter, or fail.',
		width: {min: 9, max: 12},
		since,
		write: codeName({
			0: 'not seen', 1: 'empty', 2: 'counter', 3: 'fail',
		}),
	}),
	optionalText({
		id: 'accEcnFailures',
		title: 'AccEcnFail',
		meaning: `Parts of accurate ECN that do not work on the path: ${failureNames.join(', ')}.`,
		width: {min: 10, max: 47},
		since,
		write: bitNames(failureNames),
	}),
];
