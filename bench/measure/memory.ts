import fs from 'node:fs';

/** Resident memory of a process in MB (1,000,000 bytes). */
export const residentMemory = (pid: number): number => {
	const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
	const kibibytes = /^VmRSS:\s+(?<size>\d+) kB/mv.exec(status)?.groups?.size;
	return Number(kibibytes) * 1024 / 1e6;
};

/** Memory of a process that no other process shares, in MB (1,000,000 bytes). */
export const privateMemory = (pid: number): number => {
	const rollup = fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
	return rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(?<size>\d+) kB/gmv).reduce((sum, {groups}) => sum + Number(groups?.size), 0) * 1024 / 1e6;
};
