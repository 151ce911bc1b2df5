import test from 'ava';
import {makeSocket} from '../fake-engine.js';
import {drive} from '../drive.js';
import {keys} from '../open-screen.js';

test('y copies the row, its tuple, or a filter for it', t => {
	const screen = drive({query: {columns: ['state', 'local', 'process']}});
	t.regex(screen.press('y').state().notice ?? '', /No row is selected/v);
	screen.press(keys.down).press('y\r');
	t.is(screen.state().copied?.text, 'ESTAB\t10.0.0.1:443\tnginx/1');
	t.is(screen.state().notice, 'Copied: ESTAB 10.0.0.1:443 nginx/1');
	t.is(screen.state().mode, 'table');
	t.is(screen.press(`y${keys.down}\r`).state().copied?.text, 'tcp 10.0.0.1:443 192.0.2.1:40001');
	t.is(screen.press(`y${keys.down}${keys.down}\r`).state().copied?.text, 'tcp and src 10.0.0.1:443 and dst 192.0.2.1:40001');
});

test('a notice says if there is nothing to copy, and foreign text is escaped', t => {
	const screen = drive({sockets: [makeSocket(1, {protocol: 'udp', local: '/run/\u{1B}x', peer: ''})]});
	screen.press(keys.down).press(`y${keys.down}${keys.down}\r`);
	t.is(screen.state().copied, undefined);
	t.regex(screen.state().notice ?? '', /no filter/v);
	screen.press(`y${keys.down}\r`);
	t.notRegex(screen.state().copied?.text ?? '\u{1B}', /\p{Control}/v);
});
