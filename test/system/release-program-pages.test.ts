import fs from 'node:fs';
import process from 'node:process';
import vm from 'node:vm';
import test from 'ava';
import {execa} from 'execa';
import {releaseProgramPages, unchangedMappings} from '../../source/system/release-program-pages.js';

type Given = {readonly head: string; readonly anonymous?: number; readonly swap?: number};

const smapsOf = (mappings: readonly Given[]): string => mappings.map(({head, anonymous = 0, swap = 0}) => [
	head, 'Size:               8 kB', 'Rss:                8 kB', `Anonymous:       ${String(anonymous).padStart(5)} kB`, 'LazyFree:           0 kB', `Swap:            ${String(swap).padStart(5)} kB`, 'VmFlags: rd mr mw me ', '',
].join('\n')).join('');

const file = '/opt/node 24/bin/node';

test('finds what is mapped from the file and was never changed', t => {
	t.deepEqual(unchangedMappings(smapsOf([
		{head: `00400000-00500000 r--p 00000000 fe:00 260386                     ${file}`},
		{head: `7f0000500000-7f0000800000 r-xp 00100000 fe:00 260386             ${file}`},
	]), file), [{start: 0x40_00_00, end: 0x50_00_00}, {start: 0x7F_00_00_50_00_00, end: 0x7F_00_00_80_00_00}]);
});

test('leaves all that would be lost', t => {
	t.deepEqual(unchangedMappings(smapsOf([
		{head: `00400000-00500000 rw-p 00000000 fe:00 260386                     ${file}`},
		{head: `00600000-00700000 r--s 00000000 fe:00 260386                     ${file}`},
		{head: `00800000-00900000 r--p 00000000 fe:00 260386                     ${file}`, anonymous: 4},
		{head: `00a00000-00b00000 r--p 00000000 fe:00 260386                     ${file}`, swap: 4},
		{head: `00b00000-00c00000 r-xp 00000000 fe:00 260386                     ${file} (deleted)`},
		{head: '00c00000-00d00000 r--p 00000000 00:00 0 '},
		{head: '00d00000-00e00000 r-xp 00000000 00:00 0                          [vdso]'},
	]), file), []);
	t.deepEqual(unchangedMappings('', file), []);
	t.deepEqual(unchangedMappings(smapsOf([{head: `00400000-00500000 r--p 00000000 fe:00 260386 ${file}`}]).replace(/^Swap.*\n/mv, ''), file), [], 'a kernel that does not tell');
});

const residentFilePages = (): number => Number(/^RssFile:\s+(?<size>\d+) kB$/mv.exec(fs.readFileSync('/proc/self/status', 'utf8'))?.groups?.size);

test('the program needs less memory and goes on', async t => {
	const before = residentFilePages();
	releaseProgramPages();
	t.true(residentFilePages() < before);
	// Compiles, creates a process and formats by the rules of a language: all of it uses pages that were given back.
	const {stdout} = await execa(process.execPath, ['--version']);
	t.is(stdout, process.version);
	t.is(new Intl.NumberFormat('de').format(1234.5), '1.234,5');
	releaseProgramPages();
	t.is(vm.runInThisContext('[3, 1, 2].toSorted().join()'), '1,2,3');
});
