import test from 'ava';
import {parseNumber} from '../../source/query/language/numbers.js';

test('identifiers may be hexadecimal, measures may not', t => {
	t.is(parseNumber('0x1F', 'none'), 31);
	t.is(parseNumber('0xffffffff', 'none'), 0xFF_FF_FF_FF);
	t.is(parseNumber('0x', 'none'), undefined);
	t.is(parseNumber('0x1g', 'none'), undefined);
	t.is(parseNumber('0x1f', 'bytes'), undefined);
	t.is(parseNumber('0x1f', 'count'), undefined);
});
