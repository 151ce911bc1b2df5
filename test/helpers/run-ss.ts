/** A program that runs another one in the same way as `ss`, and prints its output. */
import process from 'node:process';
import {createSsRunner} from '../../source/sources/ss/runner.js';

await createSsRunner({file: process.argv[2]})([], text => {
	process.stdout.write(text);
}, new AbortController().signal);
