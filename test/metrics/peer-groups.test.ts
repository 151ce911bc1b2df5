import test from 'ava';
import {parseAddress} from '../../source/addresses/address.js';
import {createPeerGroups} from '../../source/metrics/peer-groups.js';
import {emptyServeSection, readServeSection} from '../../source/preferences/serve-section.js';

const groupsOf = (peerGroups: Record<string, unknown>) => {
	const {peerGroups: read} = readServeSection('serve', {'peer-groups': peerGroups}, (_, message) => {
		throw new Error(message());
	});
	const groupOf = createPeerGroups(read);
	return (text: string): string => {
		const bytes = new Uint8Array(32);
		// Not at the start of the column.
		return groupOf(bytes, 16, parseAddress(text, bytes, 16) ?? 0);
	};
};

test('without settings, peers are loopback, private or public', t => {
	const groupOf = groupsOf({});
	t.deepEqual(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].map(each => groupOf(each)), Array.from({length: 4}, () => 'loopback'));
	t.deepEqual(['10.1.2.3', '172.31.0.1', '192.168.0.1', '169.254.1.1', '100.64.0.1', 'fd00::1', 'fe80::1', '::ffff:10.0.0.1'].map(each => groupOf(each)), Array.from({length: 8}, () => 'private'));
	t.deepEqual(['192.0.2.1', '172.32.0.1', '2001:db8::1', '::', '::ffff:192.0.2.1'].map(each => groupOf(each)), Array.from({length: 5}, () => 'public'));
});

test('the smallest named network applies, and named networks take precedence', t => {
	const groupOf = groupsOf({office: ['10.0.0.0/8', '2001:db8::/32'], database: ['10.1.0.0/16'], primary: '10.1.0.7'});
	t.is(groupOf('10.9.0.1'), 'office');
	t.is(groupOf('10.1.9.9'), 'database');
	t.is(groupOf('10.1.0.7'), 'primary');
	t.is(groupOf('2001:db8:1::1'), 'office');
	t.is(groupOf('192.168.0.1'), 'private');
});

test('invalid settings are reported and ignored', t => {
	const mistakes: ReadonlyArray<readonly [section: unknown, sentence: RegExp]> = [
		[3, /^serve is a table: /v],
		[{peers: {}}, /^serve has no "peers"/v],
		[{'peer-groups': 3}, /^peer-groups is a table: a line \[serve\.peer-groups\], /v],
		[{'peer-groups': {a: ['10.0.0.0/33']}}, /^a takes a list, such as office = /v],
		[{'peer-groups': {a: ['example.org']}}, /^a takes a list/v],
		[{'peer-groups': {a: [true]}}, /^a takes a list/v],
		[{services: {web: [0]}}, /^web takes a list, such as web = \[8080, "8443\/tcp"\]$/v],
		[{services: {web: ['80/tcp/x']}}, /^web takes a list/v],
		[{services: Object.fromEntries(Array.from({length: 101}, (_, index) => [`s${index}`, [1]]))}, /^services takes at most 100 names; got 101$/v],
	];
	for (const [section, sentence] of mistakes) {
		const said: string[] = [];
		const read = readServeSection('serve', section, (_, message) => {
			said.push(message());
		});
		t.is(said.length, 1, JSON.stringify(section));
		t.regex(said[0], sentence);
		t.deepEqual(read, emptyServeSection);
	}

	t.deepEqual(readServeSection('serve', {services: {shop: [8080, '8443/tcp'], dns: '53/udp'}}, (_, message) => {
		throw new Error(message());
	}).services, [{name: 'shop', port: 8080}, {name: 'shop', port: 8443, transport: 'tcp'}, {name: 'dns', port: 53, transport: 'udp'}]);
});
