import process from 'node:process';
import test from 'ava';
import {execa} from 'execa';
import {builtProgram} from '../helpers/conntop.js';

for (const [args, message] of [
	[['--bogus'], /unknown option '--bogus'/v],
	[['list', '--sort', 'nonsense'], /no field named "nonsense"/v],
	[['list', '--columns', 'state,nonsense'], /no field named "nonsense"/v],
	[['--source', 'magic'], /--source is one of .*"magic"/v],
	[['--interval', 'soon'], /--interval .*"soon"/v],
	[['--interval', '0'], /--interval .*"0"/v],
	[['list', '--input', '/nonexistent/file'], /\/nonexistent\/file/v],
	[['list', '--input', builtProgram], /is neither a file written by/v],
	[['list', '--json', '--csv'], /'--csv' cannot be used with option '--json'/v],
	[['list', '--at', '03:12'], /--at is a time in a recording; --input names the recording/v],
	[['events', '--from', '03:12'], /--from is a time in a recording; --input names the recording/v],
	[['events', '--to', '03:12'], /--to is a time in a recording; --input names the recording/v],
	[['list', '--at', '03:12', '--input', builtProgram], /--at is a time in a recording, and .* is not one/v],
	[['list', 'sport', '=='], /sport ==\n +\^/v],
	[['dst', '10.0.0.0/99'], /dst 10\.0\.0\.0\/99\n +\^/v],
] as const) {
	test.serial(`rejects ${args.join(' ').replace(builtProgram, 'FILE')} with exit code 2 and one sentence`, async t => {
		const {stdout, stderr, exitCode} = await execa(process.execPath, [builtProgram, ...args], {reject: false});
		t.is(exitCode, 2);
		t.is(stdout, '');
		t.regex(`${stderr}\n`, /^conntop: [^\n]+\n/v);
		t.regex(stderr, message);
	});
}

for (const args of [['--help'], ['--version'], ['help'], ['help', 'list'], ['list', '--help'], ['list', '-x'], ['list', '-x', '--json'], ['list', '-x', '--csv'], ['-x']]) {
	test.serial(`a full disk is reported in one sentence: conntop ${args.join(' ')} >/dev/full`, async t => {
		const {stderr, exitCode} = await execa('/bin/sh', ['-c', 'exec "$@" >/dev/full', 'sh', process.execPath, builtProgram, ...args], {reject: false, stdin: 'ignore'});
		t.is(exitCode, 1);
		t.is(stderr, 'conntop: standard output cannot be written: ENOSPC: no space left on device, write');
	});
}

test.serial('if even the error message cannot be written, the exit code is still set', async t => {
	const {exitCode} = await execa('/bin/sh', ['-c', 'exec "$@" 2>/dev/full', 'sh', process.execPath, builtProgram, '--bogus'], {reject: false});
	t.is(exitCode, 2);
});
