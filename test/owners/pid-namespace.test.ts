import test from 'ava';
import {isProcessViewConfined, outsideSentence} from '../../source/owners/pid-namespace.js';

const links = (targets: Readonly<Record<string, string>>) => (path: string): string => {
	const target = targets[path];
	if (target === undefined) {
		throw new Error(`EACCES ${path}`);
	}

	return target;
};

test('the view is confined if /proc belongs to another PID namespace than the machine\'s', t => {
	t.false(isProcessViewConfined(links({'/proc/1/ns/pid': 'pid:[4026531836]', '/proc/self/ns/pid': 'pid:[4026531836]'})));
	t.true(isProcessViewConfined(links({'/proc/1/ns/pid': 'pid:[4026532441]', '/proc/self/ns/pid': 'pid:[4026532441]'})));
});

test('the view is not confined in a nested PID namespace with the /proc of the machine', t => {
	t.false(isProcessViewConfined(links({'/proc/1/ns/pid': 'pid:[4026531836]', '/proc/self/ns/pid': 'pid:[4026532441]'})));
});

test('falls back to its own namespace if process 1 is not readable, then to false', t => {
	t.true(isProcessViewConfined(links({'/proc/self/ns/pid': 'pid:[4026532441]'})));
	t.false(isProcessViewConfined(links({'/proc/self/ns/pid': 'pid:[4026531836]'})));
	t.false(isProcessViewConfined(links({})));
});

test('has a sentence for one socket and for several', t => {
	t.is(outsideSentence(1), 'the owner of 1 socket is outside this PID namespace (--pid=host shows it)');
	t.is(outsideSentence(12), 'owners of 12 sockets are outside this PID namespace (--pid=host shows them)');
});
