import test from 'ava';
import {isProcessViewConfined, outsideSentence} from '../../source/owners/pid-namespace.js';

const links = (targets: Readonly<Record<string, string>>) => (path: string): string => {
	const target = targets[path];
	if (target === undefined) {
		throw new Error(`EACCES ${path}`);
	}

	return target;
};

test('the view is confined where /proc is that of another PID namespace than the machine\'s', t => {
	t.false(isProcessViewConfined(links({'/proc/1/ns/pid': 'pid:[4026531836]', '/proc/self/ns/pid': 'pid:[4026531836]'})));
	t.true(isProcessViewConfined(links({'/proc/1/ns/pid': 'pid:[4026532441]', '/proc/self/ns/pid': 'pid:[4026532441]'})));
});

test('a program in a PID namespace of its own that sees the /proc of the machine sees all processes', t => {
	t.false(isProcessViewConfined(links({'/proc/1/ns/pid': 'pid:[4026531836]', '/proc/self/ns/pid': 'pid:[4026532441]'})));
});

test('where the first process is not for us to know, the own one tells; where nothing does, nothing is said', t => {
	t.true(isProcessViewConfined(links({'/proc/self/ns/pid': 'pid:[4026532441]'})));
	t.false(isProcessViewConfined(links({'/proc/self/ns/pid': 'pid:[4026531836]'})));
	t.false(isProcessViewConfined(links({})));
});

test('one sentence, for one socket and for several', t => {
	t.is(outsideSentence(1), 'the owner of 1 socket is outside this PID namespace (--pid=host shows it)');
	t.is(outsideSentence(12), 'owners of 12 sockets are outside this PID namespace (--pid=host shows them)');
});
