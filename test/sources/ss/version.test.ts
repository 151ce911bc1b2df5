import test from 'ava';
import {selectTables, ssArguments} from '../../../source/sources/ss/arguments.js';
import {formatVersion, parseKernelVersion, parseSsVersion} from '../../../source/sources/ss/version.js';

/** The date in `include/SNAPSHOT.h`, by release. */
const snapshots = {
	408: 161_009,
	409: 161_212,
	410: 170_220,
	411: 170_501,
	412: 170_705,
	413: 170_905,
	414: 171_112,
	415: 180_129,
	416: 180_402,
	417: 180_608,
	418: 180_813,
	419: 181_023,
	420: 190_107,
	500: 190_319,
	501: 190_510,
	502: 190_708,
	503: 190_924,
	504: 191_125,
	505: 200_127,
	506: 200_330,
	507: 200_602,
} as const;

for (const [version, date] of Object.entries(snapshots)) {
	test(`the snapshot ${date}, and one of the next day, is ${formatVersion(Number(version))}`, t => {
		t.is(parseSsVersion(`ss utility, iproute2-ss${date}`), Number(version));
		t.is(parseSsVersion(`ss utility, iproute2-ss${date + 1}`), Number(version));
		t.true((parseSsVersion(`ss utility, iproute2-ss${date - 1}`) ?? NaN) < Number(version));
	});
}

const versions = [
	['ss utility, iproute2-ss111117', 0],
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

test('parses and formats versions', t => {
	t.is(parseKernelVersion('6.12.48-amd64'), 612);
	t.is(parseKernelVersion('4.18.0-553.el8_10.x86_64'), 418);
	t.is(parseKernelVersion('unknown'), 0);
	t.is(formatVersion(504), '5.4');
	t.is(formatVersion(710), '7.10');
});

test('requests one line per socket only if ss supports it, and memory only if it is wanted', t => {
	t.deepEqual(ssArguments(601, new Set(['cwnd'])), ['-H', '-n', '-a', '-t', '-u', '-e', '-i', '-o', '-p', '-O']);
	t.true(ssArguments(601, new Set(['cwnd', 'drops'])).includes('-m'));
	t.false(ssArguments(500, new Set()).includes('-O'));
	t.true(ssArguments(502, new Set()).includes('-O'));
});

test('requests a table only if this ss has it', t => {
	const unknown = (version: number): string => selectTables(new Set(['sctp', 'v_str', 'ti_st', 'xdp', 'mptcp']), version).unknown.join(' ');
	t.is(unknown(408), 'sctp v_str ti_st xdp mptcp');
	t.is(unknown(409), 'v_str ti_st xdp mptcp');
	t.is(unknown(415), 'ti_st xdp mptcp');
	t.is(unknown(417), 'xdp mptcp');
	t.is(unknown(501), 'mptcp');
});
