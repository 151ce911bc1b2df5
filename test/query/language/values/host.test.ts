import test from 'ava';
import fc from '../../../helpers/property.js';
import {parsePrefix} from '../../../../source/addresses/prefix.js';
import {formatHost, splitHost} from '../../../../source/query/language/values/host.js';

test('hosts are split into their parts', t => {
	t.deepEqual(splitHost('[::1]%lo/64:80'), {
		address: '::1', zone: 'lo', length: 64, port: '80',
	});
	t.deepEqual(splitHost('*'), {
		address: '*', zone: undefined, length: undefined, port: undefined,
	});
	t.is(splitHost('[::1'), undefined);
	t.is(splitHost('a:b:c/x'), undefined);
	t.is(splitHost(':'.repeat(101)), undefined);
});

test('a formatted host parses to the same host', t => {
	const addresses = fc.oneof(fc.tuple(fc.ipV4(), fc.nat(32)), fc.tuple(fc.ipV6(), fc.nat(128)));
	fc.assert(fc.property(addresses, fc.option(fc.nat(65_535), {nil: undefined}), ([address, length], port) => {
		const prefix = parsePrefix(address, length);
		const parts = splitHost(formatHost({...(prefix && {prefix}), ...(port !== undefined && {port})}));
		t.deepEqual(parts && parsePrefix(parts.address, parts.length), prefix);
		t.is(parts?.port, port?.toString());
	}));
});
