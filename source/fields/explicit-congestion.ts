import type {Field} from './field.js';
import {optionalField} from './optional-field.js';

const since = '6.18';

/** Marks of congestion on the way (ECN), as counters of accurate ECN tell them; `ss` prints none of these. */
export const explicitCongestionFields: readonly Field[] = [
	optionalField({
		id: 'receivedCe',
		title: 'RcvCE',
		meaning: 'Segments received with a mark of congestion.',
		unit: 'segments',
		since,
		tone: 'notice',
	}),
	optionalField({
		id: 'deliveredCeBytes',
		title: 'DelivCE B',
		meaning: 'Bytes that reached the peer with a mark of congestion, as the peer counts (accurate ECN).',
		unit: 'bytes',
		since,
		tone: 'notice',
	}),
	optionalField({
		id: 'deliveredE0Bytes',
		title: 'DelivE0 B',
		meaning: 'Bytes that reached the peer as ECT(0), as the peer counts (accurate ECN).',
		unit: 'bytes',
		since,
	}),
	optionalField({
		id: 'deliveredE1Bytes',
		title: 'DelivE1 B',
		meaning: 'Bytes that reached the peer as ECT(1), as the peer counts (accurate ECN).',
		unit: 'bytes',
		since,
	}),
	optionalField({
		id: 'receivedCeBytes',
		title: 'RcvCE B',
		meaning: 'Bytes received with a mark of congestion.',
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
];
