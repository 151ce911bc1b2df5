import test from 'ava';
import {parseAddress} from '../../source/addresses/address.js';
import {isOpenAddress} from '../../source/addresses/reach.js';

const isOpen = (address: string): boolean => {
	const bytes = new Uint8Array(20);
	const family = parseAddress(address, bytes, 2);
	return isOpenAddress(bytes, 2, family ?? 0);
};

test('what others can reach', t => {
	for (const address of ['0.0.0.0', '::', '8.8.8.8', '172.32.0.1', '100.128.0.1', '192.169.0.1', '2001:db8::1', '::ffff:8.8.8.8', '::2']) {
		t.true(isOpen(address), `reach of ${address}`);
	}
});

test('what only this machine and private networks can reach', t => {
	for (const address of ['127.0.0.53', '::1', '10.0.0.1', '172.16.0.1', '172.31.255.1', '192.168.1.1', '169.254.0.1', '100.64.0.1', 'fe80::1', 'fd00::1', '::ffff:127.0.0.1']) {
		t.false(isOpen(address), `reach of ${address}`);
	}
});
