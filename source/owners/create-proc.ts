import type koffiModule from 'koffi';
import {createProcCalls} from './proc-calls.js';
import {createProcFiles} from './proc-files.js';
import type {Proc} from './proc.js';

/** Koffi is loaded when it is needed and not before, because there are systems for which it has no binary. */
const loadKoffi = async (): Promise<typeof koffiModule> => {
	const {koffi} = await import('../system/koffi.js');
	return koffi;
};

/** The cheapest way to read /proc that this machine offers. */
export const createProc = async (load = loadKoffi): Promise<Proc> => {
	try {
		return createProcCalls(await load());
	} catch {
		return createProcFiles();
	}
};
