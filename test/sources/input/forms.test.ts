/** The same sockets in various forms of saved texts: wrapped, with headers, prompts, names, several outputs. */
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from '../../helpers/property.js';
import {readFixture} from '../../helpers/ss-replay.js';
import {readSaved} from '../../helpers/saved-text.js';

/** A recorded output, as on the screen. */
const recorded = (name: string): string => `${Buffer.from(readFixture(name), 'latin1').toString().trimEnd()}\n`;

const header = 'Netid State      Recv-Q Send-Q Local Address:Port  Peer Address:Port Process\n';

/** Breaks lines after a number of characters, like fold(1). */
const fold = (text: string, width: number): string => text.split('\n').map(line => line.replaceAll(new RegExp(`.{${width}}(?=.)`, 'gv'), '$&\n')).join('\n');

/** Breaks lines at blanks, which are removed, like mailers do. */
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

/** Only IP rows: names of UNIX sockets cannot be distinguished from the text around them. */
const inetRows = (text: string): string => text.split('\n').filter(line => /^(?:tcp|udp|raw|icmp6|\?\?\?)/v.test(line)).map(line => `${line}\n`).join('');

const forms: ReadonlyArray<readonly [name: string, form: (text: string) => string]> = [
	['with a header', text => header + text],
	['with a header in two lines', text => `Netid  State   Recv-Q  Send-Q   Local Address:Port\n   Peer Address:Port Process\n${text}`],
	['with a header that runs together', text => `NetidState Recv-QSend-Q Local Address:PortPeer Address:PortProcess\n${text}`],
	['with CRLF', text => text.replaceAll('\n', '\r\n')],
	['with a byte order mark', text => `\u{FEFF}${header}${text}`],
	['between two prompts', text => `root@box:~# ss -tuwanpemoi\n${header}${text}root@box:~# \n`],
	['after a prompt in brackets', text => `[root@box ~]# sudo ss -tuwanpemoi | cat\n${header}${text}[root@box ~]# exit\n`],
	['in a log of script(1)', text => `Script started on 2024-01-01\n\u{1B}[?2004h\u{1B}]0;root@box\u{7}# ss -a\r\n\u{1B}[?2004l\r${header}${text}`],
	['between empty lines', text => `\n\n${header}\n${text.replaceAll('\n', '\n\n')}\n`],
	['without padding', withoutPadding],
	['folded after 80 characters', text => fold(text, 80)],
	['folded after 132 characters', text => fold(text, 132)],
	['folded, without padding', text => withoutPadding(fold(withoutPadding(text), 80))],
	['flowed', text => flow(text, 78)],
	['with the processes on separate lines', text => text.replaceAll(' users:', '\n users:')],
	['with processes at the start of lines', text => text.replaceAll(' users:', '   \nusers:')],
];

for (const [name, form] of forms) {
	test(`is parsed the same ${name}`, async t => {
		for (const fixture of ['ss-6.12.0', 'ss-4.20.0', 'ss-5.4.0-multiline'] as const) {
			const text = fixture.endsWith('multiline') ? recorded(fixture).replace(/^u_[\s\S]*?(?=^tcp|^udp|^raw)/mv, '') : inetRows(recorded(fixture));
			const [expected, formed] = await Promise.all([readSaved(text), readSaved(form(text))]);
			t.true(expected.lines.length > 30);
			t.deepEqual(formed.everything, expected.everything, `${fixture} ${name}`);
			const unexpected = name.includes('log of script(1)') ? 1 : 0;
			t.is(formed.report.problems.length, unexpected + (expected.report.problems.length), `${fixture} ${name}`);
		}
	});
}

test('is parsed the same folded after any number of characters', async t => {
	// It is ambiguous whether a full line was cut within a name or at a blank.
	const text = inetRows(recorded('ss-6.1.0')).replaceAll('my app', 'my_app');
	const {everything} = await readSaved(text);
	await fc.assert(fc.asyncProperty(fc.integer({min: 60, max: 250}), async width => {
		t.deepEqual((await readSaved(fold(text, width))).everything, everything, String(width));
		t.deepEqual((await readSaved(flow(text, width))).everything, everything, `flowed ${width}`);
	}), {numRuns: 150});
});
