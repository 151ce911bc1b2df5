/* eslint-disable no-control-regex, regexp/no-control-character -- Sequences of the terminal have them. */
import test from 'ava';
import {notificationForm, notificationSequence, titleSequence} from '../../../source/screen/terminal/notification.js';

test('a terminal gets the notification sequence that it supports; unknown terminals get none', t => {
	const forms = [
		[{TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app'}, 'OSC 9'],
		[{TERM: 'xterm-256color', LC_TERMINAL: 'iTerm2'}, 'OSC 9'],
		[{TERM: 'xterm-256color', TERM_PROGRAM: 'WezTerm'}, 'OSC 777'],
		[{TERM: 'xterm-ghostty'}, 'OSC 777'],
		[{TERM: 'xterm-kitty'}, 'OSC 777'],
		[{TERM: 'foot-extra'}, 'OSC 777'],
		[{TERM: 'rxvt-unicode-256color'}, 'OSC 777'],
		[{TERM: 'xterm-256color', VTE_VERSION: '7600'}, 'OSC 777'],
		[{TERM: 'xterm-256color', KONSOLE_VERSION: '230800'}, 'OSC 777'],
		[{
			TERM: 'tmux-256color', TERM_PROGRAM: 'tmux', TMUX: 'x', KITTY_WINDOW_ID: '1',
		}, 'OSC 777'],
		[{TERM: 'xterm-256color'}, undefined],
		[{TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal'}, undefined],
		[{TERM: 'xterm-256color', TERM_PROGRAM: 'vscode'}, undefined],
		[{}, undefined],
	] as const;
	for (const [variables, form] of forms) {
		t.is(notificationForm(variables), form, JSON.stringify(variables));
	}

	t.is(notificationSequence('x', {TERM: 'xterm-256color'}), undefined);
	t.is(notificationSequence('x', {TERM: 'linux', VTE_VERSION: '7600'}), undefined);
});

test('a foreign text cannot end its sequence, or begin another', t => {
	const hostile = 'a\u{7}\u{1B}\\\u{9C};b\n\u{1B}]0;gone';
	for (const variables of [{TERM: 'xterm', TERM_PROGRAM: 'iTerm.app'}, {TERM: 'foot'}]) {
		const sequence = notificationSequence(hostile, variables) ?? '';
		t.regex(sequence, /^\u{1B}\](?:9;conntop: |777;notify;conntop;)[^\p{Control};]+\u{7}$/v);
	}

	t.regex(titleSequence(hostile, {TERM: 'xterm'}), /^\u{1B}\]2;[^\p{Control};]+\u{7}$/v);
	t.is(titleSequence('x', {TERM: 'dumb'}), '');
	t.true((notificationSequence('x'.repeat(10_000), {TERM: 'foot'}) ?? '').length < 300);
});

test('tmux passes it on to the outer terminal', t => {
	t.is(
		notificationSequence('x', {TERM: 'tmux-256color', TMUX: '/tmp/x', WEZTERM_PANE: '0'}),
		'\u{1B}Ptmux;\u{1B}\u{1B}]777;notify;conntop;x\u{7}\u{1B}\\',
	);
});
