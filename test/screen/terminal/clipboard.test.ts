import {Buffer} from 'node:buffer';
import test from 'ava';
import {clipboardSequence} from '../../../source/screen/terminal/clipboard.js';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

test('any text is copied in base64', t => {
	t.is(clipboardSequence('a\u{1B}]é\n', {TERM: 'xterm-256color'}), `\u{1B}]52;c;${base64('a\u{1B}]é\n')}\u{7}`);
});

test('tmux gets it twice: for itself, and to pass on', t => {
	const plain = `\u{1B}]52;c;${base64('x')}\u{7}`;
	t.is(clipboardSequence('x', {TERM: 'tmux-256color', TMUX: '/tmp/tmux'}), `${plain}\u{1B}Ptmux;\u{1B}${plain}\u{1B}\\`);
});

test('GNU screen gets it in parts of limited length', t => {
	const sequence = clipboardSequence('x'.repeat(2000), {TERM: 'screen', STY: '1.tty'}) ?? '';
	const parts = sequence.split('\u{1B}\\').slice(0, -1);
	t.true(parts.length > 1);
	t.true(parts.every(part => part.startsWith('\u{1B}P') && part.length < 768));
	t.is(parts.map(part => part.slice(2)).join(''), clipboardSequence('x'.repeat(2000), {TERM: 'xterm'}) ?? '');
});

test('terminals without a clipboard get nothing', t => {
	for (const terminal of ['linux', 'dumb', '']) {
		t.is(clipboardSequence('x', {TERM: terminal}), undefined);
	}
});
