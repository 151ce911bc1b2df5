#!/usr/bin/env node
/* eslint-disable n/prefer-global/process -- Old versions of Node.js do not know `node:` and are told so here. */
/**
The launcher. It is written for every Node.js that knows modules, so that an old one is told what is missing instead of failing on syntax.
*/
import module from 'node:module';
import v8 from 'node:v8';

const [major] = process.versions.node.split('.', 1);

const refusal = Number(major) < 22
	? `conntop needs Node.js 22 or newer; this is ${process.version}.`
	: (process.platform === 'linux' ? undefined : `conntop reads the sockets of Linux; this system is ${process.platform}.`);

if (refusal === undefined) {
	// What survives a start is code. V8 takes it for a sign of much work to come and gives its nursery 14 MB, which nothing here ever needs.
	v8.setFlagsFromString('--semi-space-growth-factor=1');
	// A tick a second is little work for a compiler to earn its own back: with 1,000 sockets the best code took 9 ms a second in the first minute, and saved less
	// than 1. Loops over 100,000 sockets reach these numbers in their first samples.
	v8.setFlagsFromString('--invocation-count-for-maglev=1500');
	v8.setFlagsFromString('--invocation-count-for-turbofan=100000');
	// Compiling the bundle takes as long as all else before the first rows: Node.js 22.1 keeps the result.
	module.enableCompileCache?.();
	// A path that the bundler does not follow: the main bundle stands beside this file.
	const main = './main.js';
	await import(main);
} else {
	process.stderr.write(`${refusal}\n`);
	process.exitCode = 1;
}
