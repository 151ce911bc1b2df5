import type koffiModule from 'koffi';
import {createProcCalls} from './proc-calls.js';
import {createProcFiles} from './proc-files.js';
import type {Proc} from './proc.js';

/** Loads koffi on demand, because it has no binary for some systems. */
const loadKoffi = async (): Promise<typeof koffiModule> => {
	const {koffi} = await import('../system/koffi.js');
	return koffi;
};

/** Creates the fastest access to /proc that this machine supports. */
export const createProc = async (load = loadKoffi): Promise<Proc> => {
	try {
		return createProcCalls(await load());
	} catch {
		return createProcFiles();
	}
};
