#!/usr/bin/env node
/* eslint-disable n/prefer-global/process -- Old versions of Node.js do not know `node:` and are told so here. */
/**
The launcher. It is built for old versions of Node.js as well, so that they tell what is missing instead of failing on syntax.
*/
import path from 'node:path';
import {runBundle} from './code/run-bundle.js';

const [major] = process.versions.node.split('.', 1);

const refusal = Number(major) < 22
	? `conntop needs Node.js 22 or newer; this is ${process.version}.`
	: (process.platform === 'linux' ? undefined : `conntop reads the sockets of Linux; this system is ${process.platform}.`);

if (refusal === undefined) {
	void runBundle(path.join(import.meta.dirname, 'main.js'));
} else {
	process.stderr.write(`${refusal}\n`);
	process.exitCode = 1;
}
