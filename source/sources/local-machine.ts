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

/** This machine, as the sources that read its sockets need it; a fake one in tests. */
export type LocalMachine = {
	readonly hostname: string;
	/** Kernel release, as in uname(2). */
	readonly kernelRelease: string;
	readonly time: SourceTime;
	/** Names as seen from the network namespace of this program. */
	readonly names: SourceNames;
	/** Index of an interface of that namespace by its name, or undefined. */
	readonly interfaceIndex: (name: string) => number | undefined;
	/** The background of a process; undefined if the process is gone and was not read before. */
	readonly background: (owner: Owner) => ProcessBackground | undefined;
};

/** Describes the real machine. Nothing is read until it is needed. */
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
