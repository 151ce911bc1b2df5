/**
Gives back the pages of the program file that only the start needed. Node.js reads some 50 MB of its file while it starts and compiles, and afterwards uses half of
it; the kernel keeps what is mapped, and counts it as resident, until memory runs short. A page that is needed again comes from the page cache.
*/
import fs from 'node:fs';
import {koffi} from './koffi.js';

/** Pages of a file that were never written to, as addresses of this process: [start, end). */
export type Mapping = {readonly start: number; readonly end: number};

/** MADV_DONTNEED in linux/mman-common.h: the pages are read from the file again when they are used, so it must not be done to pages that were written to. */
const dontNeed = 4;

const heading = /^(?<start>[\da-f]+)-(?<end>[\da-f]+) r-[\-x]p (?:\S+ ){3} *(?<path>\S.*)$/v;

/** Whether no page of a mapping differs from the file, in memory or swapped out. */
const isUnchanged = (block: string): boolean => /^Anonymous: +0 kB$/mv.test(block) && /^Swap: +0 kB$/mv.test(block);

/**
Finds the mappings of a file that cannot be written to and never were. The dynamic linker makes some pages read-only after it has changed them.

@param smaps The contents of /proc/PID/smaps (proc_pid_smaps(5)).
@param file Path of the file.
*/
export const unchangedMappings = (smaps: string, file: string): readonly Mapping[] =>
	smaps.split(/^(?=[\da-f]+-[\da-f]+ )/mv).flatMap(block => {
		const [first = ''] = block.split('\n', 1);
		const {start = '', end = '', path} = heading.exec(first)?.groups ?? {};
		return path === file && isUnchanged(block) ? [{start: Number.parseInt(start, 16), end: Number.parseInt(end, 16)}] : [];
	});

/** Gives back the resident pages of the program file. Does nothing where /proc cannot be read. */
export const releaseProgramPages = (): void => {
	let mappings: readonly Mapping[];
	try {
		mappings = unchangedMappings(fs.readFileSync('/proc/self/smaps', 'utf8'), fs.readlinkSync('/proc/self/exe'));
	} catch {
		return;
	}

	const advise = koffi.load(null).func('int madvise(uintptr_t address, size_t length, int advice)') as (address: number, length: number, advice: number) => number;
	for (const {start, end} of mappings) {
		advise(start, end - start, dontNeed);
	}
};
