import test from 'ava';
import {ssArguments} from '../../../source/sources/ss/arguments.js';
import {formatVersion, parseKernelVersion, parseSsVersion} from '../../../source/sources/ss/version.js';

const versions = [
	['ss utility, iproute2-ss111117', 0],
	['ss utility, iproute2-ss161212', 408],
	['ss utility, iproute2-ss180813', 418],
	['ss utility, iproute2-ss190107', 420],
	['ss utility, iproute2-ss190319', 500],
	['ss utility, iproute2-ss190708', 502],
	['ss utility, iproute2-ss190924', 502],
	['ss utility, iproute2-ss191125', 504],
	['ss utility, iproute2-ss200127', 505],
	['ss utility, iproute2-ss200602', 507],
	['ss utility, iproute2-v5.7.0-77-gb687d1067169', 507],
	['ss utility, iproute2-5.15.0, libbpf 0.5.0', 515],
	['ss utility, iproute2-6.1.0\n', 601],
	['ss utility, iproute2-7.10.0', 710],
	['BusyBox v1.36.1', undefined],
	['', undefined],
] as const;

for (const [text, version] of versions) {
	test(`"${text.trim()}" is version ${version}`, t => {
		t.is(parseSsVersion(text), version);
	});
}

test('reads and writes versions', t => {
	t.is(parseKernelVersion('6.12.48-amd64'), 612);
	t.is(parseKernelVersion('4.18.0-553.el8_10.x86_64'), 418);
	t.is(parseKernelVersion('unknown'), 0);
	t.is(formatVersion(504), '5.4');
	t.is(formatVersion(710), '7.10');
});

test('asks for one line only where ss can, and for memory only when it is wanted', t => {
	t.deepEqual(ssArguments(601, new Set(['cwnd'])), ['-H', '-n', '-a', '-t', '-u', '-e', '-i', '-o', '-p', '-O']);
	t.true(ssArguments(601, new Set(['cwnd', 'drops'])).includes('-m'));
	t.false(ssArguments(500, new Set()).includes('-O'));
	t.true(ssArguments(502, new Set()).includes('-O'));
});
