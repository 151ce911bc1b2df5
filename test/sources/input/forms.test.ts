/** The same sockets in the forms that saved texts have: wrapped, with headers, prompts, names, several outputs. */
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from '../../helpers/property.js';
import {readFixture} from '../../helpers/ss-replay.js';
import {readSaved} from '../../helpers/saved-text.js';

/** A recorded output, as it is on the screen. */
const recorded = (name: string): string => `${Buffer.from(readFixture(name), 'latin1').toString().trimEnd()}\n`;

const header = 'Netid State      Recv-Q Send-Q Local Address:Port  Peer Address:Port Process\n';

/** Breaks lines after so many characters, as fold(1) does. */
const fold = (text: string, width: number): string => text.split('\n').map(line => line.replaceAll(new RegExp(`.{${width}}(?=.)`, 'gv'), '$&\n')).join('\n');

/** Breaks lines at blanks, which go, as mailers do. */
const flow = (text: string, width: number): string => text.split('\n').map(line => {
	const lines = [''];
	for (const word of line.trim().split(/ +/v)) {
		const last = lines.at(-1) ?? '';
		if (last !== '' && last.length + word.length >= width) {
			lines.push(word);
		} else {
			lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
		}
	}

	return lines.join('\n');
}).join('\n');

const withoutPadding = (text: string): string => text.split('\n').map(line => line.trimEnd()).join('\n');

/** Rows of IP: names of UNIX sockets are not to be told from what wraps them. */
const inetRows = (text: string): string => text.split('\n').filter(line => /^(?:tcp|udp|raw|icmp6|\?\?\?)/v.test(line)).map(line => `${line}\n`).join('');

const forms: ReadonlyArray<readonly [name: string, form: (text: string) => string]> = [
	['with a header', text => header + text],
	['with a header in two lines', text => `Netid  State   Recv-Q  Send-Q   Local Address:Port\n   Peer Address:Port Process\n${text}`],
	['with a header that runs together', text => `NetidState Recv-QSend-Q Local Address:PortPeer Address:PortProcess\n${text}`],
	['with CRLF', text => text.replaceAll('\n', '\r\n')],
	['with a byte order mark', text => `\u{FEFF}${header}${text}`],
	['behind a prompt and before another', text => `root@box:~# ss -tuwanpemoi\n${header}${text}root@box:~# \n`],
	['behind a prompt in brackets', text => `[root@box ~]# sudo ss -tuwanpemoi | cat\n${header}${text}[root@box ~]# exit\n`],
	['in the protocol of a terminal', text => `Script started on 2024-01-01\n\u{1B}[?2004h\u{1B}]0;root@box\u{7}# ss -a\r\n\u{1B}[?2004l\r${header}${text}`],
	['between empty lines', text => `\n\n${header}\n${text.replaceAll('\n', '\n\n')}\n`],
	['without padding', withoutPadding],
	['folded after 80 characters', text => fold(text, 80)],
	['folded after 132 characters', text => fold(text, 132)],
	['folded, without padding', text => withoutPadding(fold(withoutPadding(text), 80))],
	['flowed', text => flow(text, 78)],
	['with the processes on lines of their own', text => text.replaceAll(' users:', '\n users:')],
	['with processes at the start of lines', text => text.replaceAll(' users:', '   \nusers:')],
];

for (const [name, form] of forms) {
	test(`is read the same ${name}`, async t => {
		for (const fixture of ['ss-6.12.0', 'ss-4.20.0', 'ss-5.4.0-multiline'] as const) {
			const text = fixture.endsWith('multiline') ? recorded(fixture).replace(/^u_[\s\S]*?(?=^tcp|^udp|^raw)/mv, '') : inetRows(recorded(fixture));
			const [expected, formed] = await Promise.all([readSaved(text), readSaved(form(text))]);
			t.true(expected.lines.length > 30);
			t.deepEqual(formed.everything, expected.everything, `${fixture} ${name}`);
			const unexpected = name.includes('protocol of a terminal') ? 1 : 0;
			t.is(formed.report.problems.length, unexpected + (expected.report.problems.length), `${fixture} ${name}`);
		}
	});
}

test('is read the same folded after any number of characters', async t => {
	// Whether a full line was cut within a name or at its blank cannot be told.
	const text = inetRows(recorded('ss-6.1.0')).replaceAll('my app', 'my_app');
	const {everything} = await readSaved(text);
	await fc.assert(fc.asyncProperty(fc.integer({min: 60, max: 250}), async width => {
		t.deepEqual((await readSaved(fold(text, width))).everything, everything, String(width));
		t.deepEqual((await readSaved(flow(text, width))).everything, everything, `flowed ${width}`);
	}), {numRuns: 150});
});
