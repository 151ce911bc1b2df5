import test from 'ava';
import {isMapped, mappedOffset} from '../../source/addresses/mapped.js';
import {parseAddress} from '../../source/addresses/address.js';

const isMappedText = (text: string): boolean => {
	const bytes = new Uint8Array(20).fill(0xFF);
	parseAddress(text, bytes, 4);
	return isMapped(bytes, 4);
};

test('only ::ffff:0:0/96 is mapped', t => {
	t.true(isMappedText('::ffff:10.1.2.3'));
	t.true(isMappedText('::ffff:0.0.0.0'));
	for (const text of ['::', '::1', '::ff:10.1.2.3', '::ff00:10.1.2.3', '::1:ffff:10.1.2.3', '1::ffff:10.1.2.3', '::10.1.2.3', '64:ff9b::1.2.3.4']) {
		t.false(isMappedText(text), `"${text}"`);
	}

	t.is(mappedOffset, 12);
});
