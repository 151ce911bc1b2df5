/**
Koffi, loaded when this module first runs. An `import` would be hoisted to the top of the bundle: then nothing would start on a system for which koffi has
no binary, though `ss` could be read there, and the screen's thread would load what only the engine needs.
*/
import {createRequire} from 'node:module';
import type koffiModule from 'koffi';

const nativeRequire = createRequire(import.meta.url);

/** RTLD_NOW and RTLD_NODELETE of dlopen(3). */
const forGood = 0x2 | 0x10_00;

/**
Loads koffi, and keeps its code in memory after the thread that loaded it has ended. Node.js unloads a thread's native code before it runs the thread's last
callbacks, the end of koffi's own watch on a descriptor among them: a worker that is stopped while it watches would take the process with it (SIGSEGV).
*/
const loadForGood = (): typeof koffiModule => {
	const loaded = nativeRequire('koffi') as typeof koffiModule;
	const binary = Object.keys(nativeRequire.cache).find(path => path.endsWith('/koffi.node'));
	if (binary !== undefined) {
		loaded.load(null).func('void *dlopen(const char *path, int flags)')(binary, forGood);
	}

	return loaded;
};

export const koffi = loadForGood();
