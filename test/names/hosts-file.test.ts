import test from 'ava';
import fc from '../helpers/property.js';
import {createHostsFile, parseHosts} from '../../source/names/hosts-file.js';

test('takes the first name of an address, in any spelling of the address', t => {
	const names = parseHosts('127.0.0.1 localhost box\n# 10.0.0.9 no\n127.0.0.1\tother\n 0:0:0:0:0:0:0:1  ip6-localhost # comment\n10.0.0.5\n300.1.1.1 wrong\nnonsense\n2001:DB8::0:1 db\n');
	t.deepEqual([...names], [['127.0.0.1', 'localhost'], ['::1', 'ip6-localhost'], ['2001:db8::1', 'db']]);
});

test('accepts any text and limits the names', t => {
	fc.assert(fc.property(fc.string(), text => {
		t.notThrows(() => parseHosts(text));
	}));
	t.is(parseHosts(Array.from({length: 60_000}, (_, number) => `10.${number >> 16}.${(number >> 8) & 255}.${number & 255} h${number}`).join('\n')).size, 50_000);
});

test('reads the file again after a change', t => {
	const state = {text: '10.0.0.1 one', version: '1', time: 0};
	const name = createHostsFile({file: {version: () => state.version, read: () => state.text}, now: () => state.time});
	t.is(name('10.0.0.1'), 'one');
	t.is(name('10.0.0.2'), undefined);
	Object.assign(state, {text: '10.0.0.1 uno', version: '2', time: 1000});
	t.is(name('10.0.0.1'), 'uno');
});
