import fs from 'node:fs';

/** Resident memory of a process in MB (1,000,000 bytes). */
export const residentMemory = (pid: number): number => {
	const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
	const kibibytes = /^VmRSS:\s+(?<size>\d+) kB/mv.exec(status)?.groups?.size;
	return Number(kibibytes) * 1024 / 1e6;
};
