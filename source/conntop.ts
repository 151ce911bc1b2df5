#!/usr/bin/env node
/* eslint-disable n/prefer-global/process -- Old versions of Node.js do not know `node:` and are told so here. */
/**
The launcher. It is written for every Node.js that knows modules, so that an old one is told what is missing instead of failing on syntax.
*/
import {runBundle} from './code/run-bundle.js';

const [major] = process.versions.node.split('.', 1);

const refusal = Number(major) < 22
	? `conntop needs Node.js 22 or newer; this is ${process.version}.`
	: (process.platform === 'linux' ? undefined : `conntop reads the sockets of Linux; this system is ${process.platform}.`);

if (refusal === undefined) {
	await runBundle(new URL('main.js', import.meta.url));
} else {
	process.stderr.write(`${refusal}\n`);
	process.exitCode = 1;
}
