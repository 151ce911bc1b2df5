/** A program that runs another one as `ss` is run, and prints what that prints. */
import process from 'node:process';
import {createSsRunner} from '../../source/sources/ss/runner.js';

await createSsRunner({file: process.argv[2]})([], text => {
	process.stdout.write(text);
}, new AbortController().signal);
