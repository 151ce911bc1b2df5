/**
Loads koffi when this module first runs. An `import` would be hoisted to the top of the bundle, and conntop would not start at all on a system for which
koffi has no binary, although it could read `ss` there.
*/
import {createRequire} from 'node:module';
import type koffiModule from 'koffi';

const nativeRequire = createRequire(import.meta.url);

export const koffi = nativeRequire('koffi') as typeof koffiModule;
