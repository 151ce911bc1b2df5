import process from 'node:process';
import test from 'ava';
import {execa} from 'execa';
import {builtProgram} from '../helpers/conntop.js';

for (const [args, complaint] of [
	[['--bogus'], /unknown option '--bogus'/v],
	[['list', '--sort', 'nonsense'], /no field named "nonsense"/v],
	[['list', '--columns', 'state,nonsense'], /no field named "nonsense"/v],
	[['--source', 'magic'], /--source is one of .*"magic"/v],
	[['--interval', 'soon'], /--interval .*"soon"/v],
	[['--interval', '0'], /--interval .*"0"/v],
	[['list', '--input', '/nonexistent/file'], /\/nonexistent\/file/v],
	[['list', '--input', builtProgram], /is not a file that/v],
	[['list', '--json', '--csv'], /'--csv' cannot be used with option '--json'/v],
	[['list', 'sport', '=='], /sport ==\n +\^/v],
	[['dst', '10.0.0.0/99'], /dst 10\.0\.0\.0\/99\n +\^/v],
] as const) {
	test.serial(`refuses ${args.join(' ').replace(builtProgram, 'FILE')} with exit code 2 and one sentence`, async t => {
		const {stdout, stderr, exitCode} = await execa(process.execPath, [builtProgram, ...args], {reject: false});
		t.is(exitCode, 2);
		t.is(stdout, '');
		t.regex(`${stderr}\n`, /^conntop: [^\n]+\n/v);
		t.regex(stderr, complaint);
	});
}
