import os from 'node:os';
import {createCgroupNames} from '../names/cgroups.js';
import {createInterfaceNames} from '../names/interfaces.js';
import {createLocalPorts} from '../names/local-ports.js';
import {createUserNames} from '../names/users.js';
import {createOwnNamespace} from '../namespaces/own.js';
import type {Owner} from '../owners/owner.js';
import {createProcessBackgrounds, type ProcessBackground} from '../owners/process-background.js';
import {createProcessDetails} from '../owners/process-details.js';
import {readCgroup, readProcess} from '../owners/read-process.js';
import type {SourceNames} from './source-names.js';
import {systemTime, type SourceTime} from './time.js';

/** The machine that this program runs on, as far as sources of its sockets need it; another one in tests. */
export type LocalMachine = {
	readonly hostname: string;
	/** What uname(2) calls the kernel's release. */
	readonly kernelRelease: string;
	readonly time: SourceTime;
	/** In the network namespace of this program. */
	readonly names: SourceNames;
	/** Index of an interface of that namespace by its name; undefined when there is none. */
	readonly interfaceIndex: (name: string) => number | undefined;
	/** Where a process comes from; undefined when it is gone and nothing was learnt of it before. */
	readonly background: (owner: Owner) => ProcessBackground | undefined;
};

/** The machine as it is. Nothing is read before a name is asked for. */
export const readLocalMachine = (): LocalMachine => {
	const interfaces = createInterfaceNames();
	const {now} = systemTime;
	return {
		hostname: os.hostname(),
		kernelRelease: os.release(),
		time: systemTime,
		names: {
			userName: createUserNames().name,
			interfaceName: interfaces.name,
			namespace: createOwnNamespace(),
			cgroupPath: createCgroupNames().path,
			localPorts: createLocalPorts(),
			processDetails: createProcessDetails(readProcess, now),
		},
		interfaceIndex: interfaces.index,
		background: createProcessBackgrounds({read: readProcess, readCgroup, now}),
	};
};
